//! The bytes of a checked answer, with holes.

use std::sync::Arc;

use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Known;
use crate::assertion::Check;
use crate::contract::TextRule;
use crate::http::Response;
use crate::snapshot::Form;

/// An answer that passed every check, and what of it may differ.
pub(super) struct AnswerTemplate {
    pub(super) status: u16,
    pub(super) content_type: Option<HeaderValue>,
    /// What stands before each hole.
    pub(super) pieces: Vec<(Vec<u8>, Hole)>,
    /// What stands after the last one.
    pub(super) end: Vec<u8>,
    pub(super) checks: Arc<[Check]>,
    pub(super) captures: Vec<Captured>,
}

/// A text between two quotes that may differ.
pub(super) struct Hole {
    /// The text that was checked.
    pub(super) text: Vec<u8>,
    /// What the snapshot takes for the same.
    pub(super) form: Form,
    /// What the contract says of it.
    pub(super) rule: TextRule,
}

/// Where a captured value is found.
pub(super) enum Captured {
    /// In the hole of that number.
    Hole(usize),
    /// It is always this.
    Value(Value),
}

impl AnswerTemplate {
    /// What is known of `response`, if it is this answer but for its holes.
    pub(super) fn recognise(&self, response: &Response) -> Option<Known> {
        if response.status != self.status || response.headers.get(CONTENT_TYPE) != self.content_type.as_ref()
        {
            return None;
        }
        let mut texts = [""; MOST_HOLES];
        let mut rest = &response.body[..];
        for ((literal, hole), text) in self.pieces.iter().zip(&mut texts) {
            rest = rest.strip_prefix(literal.as_slice())?;
            let end = rest.iter().position(|byte| !is_plain(*byte))?;
            (*text, rest) = (std::str::from_utf8(&rest[..end]).ok()?, &rest[end..]);
            if !hole.admits(text) {
                return None;
            }
        }
        (rest == self.end).then(|| Known {
            checks: Arc::clone(&self.checks),
            captured: self
                .captures
                .iter()
                .map(|captured| captured.value(&texts))
                .collect(),
        })
    }
}

/// The most holes of one template.
pub(super) const MOST_HOLES: usize = 128;

/// Whether a byte stands in JSON's text for itself, and is ASCII. The quote that ends a text is not among them.
pub(super) fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

impl Hole {
    fn admits(&self, text: &str) -> bool {
        self.form.admits(&self.text, text.as_bytes()) && self.rule.allows(text)
    }
}

impl Captured {
    fn value(&self, texts: &[&str]) -> Value {
        match self {
            Self::Hole(number) => texts.get(*number).copied().unwrap_or_default().into(),
            Self::Value(value) => value.clone(),
        }
    }
}
