//! Percent-encoding resolved, with the way back to where each byte came from.

use std::ops::Range;

/// A text with every `%XX` resolved. The bytes need not be UTF-8.
pub struct PercentDecoded {
    /// The decoded bytes.
    pub bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl PercentDecoded {
    /// Decodes; nothing when nothing is encoded.
    pub fn of(text: &str) -> Option<Self> {
        if !text.contains('%') {
            return None;
        }
        let text = text.as_bytes();
        let mut bytes = Vec::with_capacity(text.len());
        let mut offsets = Vec::with_capacity(text.len() + 1);
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            offsets.push(at);
            let encoded = (*byte == b'%').then(|| hexadecimal(text, at + 1)).flatten();
            bytes.push(encoded.unwrap_or(*byte));
            at += if encoded.is_some() { 3 } else { 1 };
        }
        offsets.push(text.len());
        (bytes.len() < text.len()).then_some(Self { bytes, offsets })
    }

    /// Where a range of the decoded bytes stands in the text that was decoded.
    pub fn origin(&self, span: &Range<usize>) -> Range<usize> {
        self.offsets[span.start]..self.offsets[span.end]
    }
}

/// The byte that two hexadecimal digits stand for.
fn hexadecimal(text: &[u8], at: usize) -> Option<u8> {
    let digit = |at| char::from(*text.get(at)?).to_digit(16);
    u8::try_from(digit(at)? * 16 + digit(at + 1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_resolved_and_know_where_they_came_from() {
        let decoded = PercentDecoded::of("a%20b%3az%").unwrap();
        assert_eq!(decoded.bytes, b"a b:z%");
        assert_eq!(decoded.origin(&(1..2)), 1..4);
        assert_eq!(decoded.origin(&(0..6)), 0..10);
    }

    #[test]
    fn what_is_not_encoded_is_left_alone() {
        for text in ["", "abc", "100 %", "%", "%2", "%zz", "%2z", "%\u{e6}a"] {
            assert!(PercentDecoded::of(text).is_none(), "{text}");
        }
        assert_eq!(PercentDecoded::of("%FF").unwrap().bytes, [0xff]);
    }
}
