//! What was read from an error answer.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The shapes in which errors come, from the service or from what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ErrorShape {
    /// `{"kode", "melding", "korrelasjonsid"}`.
    KbJson,
    /// `<feil><kode/><melding/><korrelasjonsid/></feil>`, in any namespace or none.
    KbXml,
    /// Problem details (RFC 9457) with the violated conditions in `kontrollutslag`.
    ProblemWithKontrollutslag,
    /// Problem details with the code in `feilkode`.
    ProblemWithFeilkode,
    /// Plain text, as gateways send it.
    PlainText,
    /// A page, as proxies send it.
    Html,
    /// No body.
    #[default]
    Empty,
    /// JSON or XML that names no code in a known place.
    Unknown,
}

impl ErrorShape {
    /// Its name in reports: `kb-json`, `problem-with-kontrollutslag`, …
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KbJson => "kb-json",
            Self::KbXml => "kb-xml",
            Self::ProblemWithKontrollutslag => "problem-with-kontrollutslag",
            Self::ProblemWithFeilkode => "problem-with-feilkode",
            Self::PlainText => "plain-text",
            Self::Html => "html",
            Self::Empty => "empty",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the service itself is known to answer so; the others come from gateways and proxies, or from nobody known.
    pub fn is_documented(self) -> bool {
        matches!(
            self,
            Self::KbJson | Self::KbXml | Self::ProblemWithKontrollutslag | Self::ProblemWithFeilkode
        )
    }
}

/// What an error answer says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorReading {
    /// The shape the body has.
    pub shape: ErrorShape,
    /// The error code (`KB-006`, `DAS-002`), in NFC.
    pub code: Option<String>,
    /// The codes of the violated conditions, in the answer's order, repeats kept, in NFC.
    pub conditions: Vec<String>,
    /// The words for a person.
    pub message: Option<String>,
    /// The correlation id, from the body or else from the header.
    pub korrelasjonsid: Option<String>,
    /// The violated conditions with their words, in the answer's order.
    pub details: Vec<ConditionDetail>,
    /// The codes that came in another Unicode form than NFC, composed here.
    pub decomposed: Vec<String>,
}

/// One violated condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConditionDetail {
    /// Its code, in NFC.
    pub kode: String,
    /// Its short text.
    pub melding: Option<String>,
    /// Its long text, which usually names the offending element.
    pub beskrivelse: Option<String>,
}

impl ErrorReading {
    pub(super) fn of(shape: ErrorShape) -> Self {
        Self {
            shape,
            ..Self::default()
        }
    }

    /// Notes a code that came in another form than NFC.
    pub(super) fn note_form(&mut self, code: &str) {
        if !is_nfc(code) {
            self.decomposed.push(normal(code));
        }
    }

    pub(super) fn add_condition(&mut self, detail: ConditionDetail) {
        self.conditions.push(detail.kode.clone());
        self.details.push(detail);
    }
}

/// A code as it is compared: composed, since Æ, Ø and Å may come decomposed.
pub(super) fn normal(code: &str) -> String {
    code.trim().nfc().collect()
}

/// Whether a word has the form of a service's error code: two to four capitals, a hyphen, three digits.
pub(super) fn has_code_form(word: &str) -> bool {
    let Some((prefix, number)) = word.split_once('-') else {
        return false;
    };
    let letters = prefix.chars().count();
    (2..=4).contains(&letters)
        && prefix
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, 'Æ' | 'Ø' | 'Å'))
        && number.len() == 3
        && number.bytes().all(|b| b.is_ascii_digit())
}
