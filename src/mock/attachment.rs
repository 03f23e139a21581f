//! An uploaded attachment and its life: received, virus checked, validated, converted to PDF.
//!
//! That these steps exist is documented (the conditions name them); their names in answers and their lengths are ours.

use jiff::{SignedDuration, Timestamp};

use super::clock::Clock;
use crate::begjaering::AttachmentState;

/// Every step takes this long on the attachment's own clock.
const STEP: SignedDuration = SignedDuration::from_secs(1);
/// The start of the harmless file that every virus scanner reports (EICAR).
const EICAR: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR";
const PDF: &[u8] = b"%PDF-";
const PDF_END: &[u8] = b"%%EOF";

/// How an attachment ends, known when it arrives and told when its time comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Converted.
    Converted,
    /// The virus check finds something.
    Virus,
    /// The validation fails.
    Failed,
}

impl Fate {
    /// From the content: the EICAR text is a virus; an empty file and a PDF without its end are broken.
    pub fn of(content: &[u8]) -> Self {
        let contains = |needle: &[u8]| content.windows(needle.len()).any(|window| window == needle);
        if contains(EICAR) {
            return Self::Virus;
        }
        let broken_pdf = content.starts_with(PDF) && !contains(PDF_END);
        if content.is_empty() || broken_pdf {
            Self::Failed
        } else {
            Self::Converted
        }
    }
}

/// An attachment; its bytes are not kept.
#[derive(Debug, Clone)]
pub struct StoredAttachment {
    /// The organisation that uploaded it; nobody else sees it.
    pub organisation: String,
    /// The file's name.
    pub filename: String,
    /// The type it was uploaded as.
    pub kind: String,
    /// The request it belongs to.
    pub innsender_referanse: Option<String>,
    /// When it arrived, in its own time.
    pub received: Timestamp,
    /// Its clock.
    pub clock: Clock,
    /// How it ends.
    pub fate: Fate,
}

impl StoredAttachment {
    /// The status, as answers name it, and what it means to the conditions.
    pub fn status(&self, real: Timestamp) -> (&'static str, AttachmentState) {
        let age = self.clock.show(real).duration_since(self.received);
        let steps = age.as_millis() / STEP.as_millis();
        match (steps, self.fate) {
            (..1, _) => ("mottatt", AttachmentState::InProgress),
            (_, Fate::Virus) => ("virusFunnet", AttachmentState::Gone),
            (1, _) => ("virussjekket", AttachmentState::InProgress),
            (_, Fate::Failed) => ("feilet", AttachmentState::Failed),
            (2, _) => ("validert", AttachmentState::InProgress),
            _ => ("konvertert", AttachmentState::Ready),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses(content: &[u8]) -> Vec<&'static str> {
        let mut attachment = StoredAttachment {
            organisation: "310000001".into(),
            filename: "a.pdf".into(),
            kind: "annet".into(),
            innsender_referanse: None,
            received: Timestamp::UNIX_EPOCH,
            clock: Clock::default(),
            fate: Fate::of(content),
        };
        (0..4)
            .map(|_| {
                let (status, _) = attachment.status(Timestamp::UNIX_EPOCH);
                attachment.clock.advance(STEP);
                status
            })
            .collect()
    }

    #[test]
    fn a_sound_file_goes_the_whole_way_and_others_stop_where_they_fail() {
        assert_eq!(
            statuses(b"%PDF-1.7 x %%EOF"),
            ["mottatt", "virussjekket", "validert", "konvertert"]
        );
        assert_eq!(
            statuses(b"%PDF-1.7 x"),
            ["mottatt", "virussjekket", "feilet", "feilet"]
        );
        let eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
        assert_eq!(
            statuses(eicar),
            ["mottatt", "virusFunnet", "virusFunnet", "virusFunnet"]
        );
    }
}
