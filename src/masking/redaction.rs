//! Ranges of a text and what is put in their place.

use std::borrow::Cow;
use std::ops::Range;

use super::MASK;

/// One range to replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Redaction {
    pub(super) span: Range<usize>,
    pub(super) mask: Cow<'static, str>,
}

impl Redaction {
    /// A secret.
    pub(super) fn secret(span: Range<usize>) -> Self {
        Self {
            span,
            mask: Cow::Borrowed(MASK),
        }
    }
}

/// The text with the ranges replaced; nothing when that changes nothing. Ranges that overlap become one secret.
pub(super) fn apply(text: &str, mut redactions: Vec<Redaction>) -> Option<String> {
    redactions.sort_by_key(|redaction| (redaction.span.start, redaction.span.end));
    let mut merged: Vec<Redaction> = Vec::with_capacity(redactions.len());
    for redaction in redactions {
        match merged.last_mut() {
            Some(last) if *last == redaction => {}
            Some(last) if redaction.span.start < last.span.end => {
                let end = last.span.end.max(redaction.span.end);
                *last = Redaction::secret(last.span.start..end);
            }
            _ => merged.push(redaction),
        }
    }
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for redaction in &merged {
        masked.push_str(text.get(copied..redaction.span.start)?);
        masked.push_str(&redaction.mask);
        copied = redaction.span.end;
    }
    masked.push_str(text.get(copied..)?);
    (masked != text).then_some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_ranges_become_one_secret() {
        let part = |span, mask| Redaction {
            span,
            mask: Cow::Borrowed(mask),
        };
        let redactions = vec![
            Redaction::secret(4..6),
            part(1..3, "x"),
            part(1..3, "x"),
            part(5..8, "y"),
        ];
        assert_eq!(apply("0123456789", redactions).as_deref(), Some("0x3***89"));
        assert_eq!(apply("***", vec![Redaction::secret(0..3)]), None);
        assert_eq!(apply("abc", Vec::new()), None);
    }
}
