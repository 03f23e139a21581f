//! An uploaded attachment and its life: received, virus checked, validated, converted to PDF; deleted or discarded.
//!
//! That these steps exist is documented (the conditions name them); their lengths, and when they come, are ours.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::clock::Clock;
use super::script::{Removal, Script};
use crate::begjaering::AttachmentState;
use crate::contract::{Contract, Vocabulary};

/// Every step takes this long on the attachment's own clock.
const STEP: SignedDuration = SignedDuration::from_secs(1);
/// An attachment that no case has named by then is discarded.
const KEPT_UNNAMED: SignedDuration = SignedDuration::from_hours(30 * 24);
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

/// How far an attachment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Arrived, not looked at.
    Received,
    /// Free of viruses.
    VirusChecked,
    /// Of a kind that can be converted.
    Validated,
    /// Done.
    Converted,
    /// The virus check found something.
    Infected,
    /// It could not be validated.
    Failed,
    /// Taken away by somebody.
    Deleted,
    /// Taken away because nobody used it.
    Discarded,
}

impl Progress {
    /// What the contract's words call it by.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::VirusChecked => "virus-checked",
            Self::Validated => "validated",
            Self::Converted => "converted",
            Self::Infected => "infected",
            Self::Failed => "failed",
            Self::Deleted => "deleted",
            Self::Discarded => "discarded",
        }
    }

    /// What it means to the conditions.
    pub fn judged(self) -> AttachmentState {
        match self {
            Self::Received | Self::VirusChecked | Self::Validated => AttachmentState::InProgress,
            Self::Converted => AttachmentState::Ready,
            Self::Failed => AttachmentState::Failed,
            Self::Infected | Self::Deleted | Self::Discarded => AttachmentState::Gone,
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
    /// Whether a case names it.
    pub named: bool,
    /// What was set beforehand for uploads with its reference.
    pub script: Arc<Script>,
    /// The contract it was uploaded under, which spells its states.
    pub contract: Arc<Contract>,
}

impl StoredAttachment {
    /// The status, as answers spell it.
    pub fn status(&self, real: Timestamp) -> &str {
        self.contract
            .word(Vocabulary::AttachmentState, self.progress(real).meaning())
    }

    /// How far it has come on its own clock.
    pub fn progress(&self, real: Timestamp) -> Progress {
        let age = self.clock.show(real).duration_since(self.received);
        if let Some(removed) = self.removed(age) {
            return removed;
        }
        let steps = age.as_millis() / STEP.as_millis();
        match (steps, self.fate) {
            (..1, _) => Progress::Received,
            (_, Fate::Virus) => Progress::Infected,
            (1, _) => Progress::VirusChecked,
            (_, Fate::Failed) => Progress::Failed,
            (2, _) => Progress::Validated,
            _ => Progress::Converted,
        }
    }

    /// What was ordered first, else the fate of what nobody names.
    fn removed(&self, age: SignedDuration) -> Option<Progress> {
        let due = self
            .script
            .after_upload
            .iter()
            .filter(|planned| planned.after <= age);
        match due
            .min_by_key(|planned| planned.after)
            .map(|planned| planned.step)
        {
            Some(Removal::Delete) => Some(Progress::Deleted),
            Some(Removal::Discard) => Some(Progress::Discarded),
            None => (!self.named && age >= KEPT_UNNAMED).then_some(Progress::Discarded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(content: &[u8], script: &serde_json::Value) -> StoredAttachment {
        StoredAttachment {
            organisation: "310000001".into(),
            filename: "a.pdf".into(),
            kind: "annet".into(),
            innsender_referanse: None,
            received: Timestamp::UNIX_EPOCH,
            clock: Clock::default(),
            fate: Fate::of(content),
            named: false,
            script: Arc::new(Script::parse(script).unwrap()),
            contract: Contract::builtin("v2").unwrap(),
        }
    }

    fn statuses(content: &[u8]) -> Vec<String> {
        let mut attachment = attachment(content, &serde_json::json!({}));
        (0..4)
            .map(|_| {
                let status = attachment.status(Timestamp::UNIX_EPOCH).to_owned();
                attachment.clock.advance(STEP);
                status
            })
            .collect()
    }

    #[test]
    fn it_is_deleted_or_discarded_when_told_and_discarded_when_nobody_names_it() {
        let sound = b"%PDF-1.7 x %%EOF";
        let script =
            serde_json::json!({"after_upload": [{"discard": {"after": "2m"}}, {"delete": {"after": "1m"}}]});
        let mut told = attachment(sound, &script);
        told.clock.advance(SignedDuration::from_secs(59));
        assert_eq!(told.progress(Timestamp::UNIX_EPOCH), Progress::Converted);
        told.clock.advance(SignedDuration::from_secs(1));
        assert_eq!(told.progress(Timestamp::UNIX_EPOCH), Progress::Deleted);

        let mut forgotten = attachment(sound, &serde_json::json!({}));
        forgotten.clock.advance(KEPT_UNNAMED);
        assert_eq!(forgotten.status(Timestamp::UNIX_EPOCH), "forkastet");
        assert_eq!(
            forgotten.progress(Timestamp::UNIX_EPOCH).judged(),
            AttachmentState::Gone
        );
        forgotten.named = true;
        assert_eq!(forgotten.progress(Timestamp::UNIX_EPOCH), Progress::Converted);
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
