//! The search through layers of encoding: text as it stands, percent-encoding resolved, base64 opened.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::redaction::Redaction;
use super::secrets;
use crate::identity::{PercentDecoded, find_identifiers};

/// How many encodings may lie over each other.
pub(super) const LAYERS: usize = 3;

/// The shortest base64 that could hold an identifier.
const SHORTEST_BASE64: usize = 12;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
static STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
static URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Everything in the text that must be masked, at most `layers` encodings deep.
pub(super) fn find(text: &str, layers: usize) -> Vec<Redaction> {
    let mut found = Vec::new();
    secrets::find(text, &mut found);
    found.extend(
        find_identifiers(text)
            .into_iter()
            .filter(|identifier| identifier.masked() != identifier.digits)
            .map(|identifier| Redaction {
                mask: Cow::Owned(identifier.masked().into_owned()),
                span: identifier.span,
            }),
    );
    if layers > 0 {
        find_in_percent_encoding(text, layers, &mut found);
        find_in_base64(text, layers, &mut found);
    }
    found
}

fn find_in_percent_encoding(text: &str, layers: usize, found: &mut Vec<Redaction>) {
    let Some(mut decoded) = PercentDecoded::of(text) else {
        return;
    };
    let hidden = find(&only_utf8(std::mem::take(&mut decoded.bytes)), layers - 1);
    found.extend(hidden.into_iter().map(|redaction| Redaction {
        span: decoded.origin(&redaction.span),
        ..redaction
    }));
}

/// The bytes as text, each byte that belongs to no character replaced by one that means nothing.
fn only_utf8(mut bytes: Vec<u8>) -> String {
    let mut from = 0;
    while let Err(error) = std::str::from_utf8(&bytes[from..]) {
        let start = from + error.valid_up_to();
        let end = error.error_len().map_or(bytes.len(), |length| start + length);
        bytes[start..end].fill(0x1a);
        from = end;
    }
    String::from_utf8(bytes).unwrap_or_default()
}

fn find_in_base64(text: &str, layers: usize, found: &mut Vec<Redaction>) {
    let bytes = text.as_bytes();
    let mut done = 0;
    // A token covers at least one of the bytes looked at.
    let mut at = SHORTEST_BASE64 - 1;
    while at < bytes.len() {
        if !is_base64(bytes[at]) {
            at += SHORTEST_BASE64;
            continue;
        }
        let start = at
            - bytes[done..at]
                .iter()
                .rev()
                .take_while(|b| is_base64(**b))
                .count();
        let end = at + bytes[at..].iter().take_while(|b| is_base64(**b)).count();
        let padding = bytes[end..].iter().take(2).take_while(|b| **b == b'=').count();
        if end - start >= SHORTEST_BASE64 && hides_something(&text[start..end], layers) {
            found.push(Redaction::secret(start..end + padding));
        }
        done = end;
        at = end + SHORTEST_BASE64;
    }
}

/// Of either alphabet.
fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

fn hides_something(token: &str, layers: usize) -> bool {
    let engine = if token.contains(['-', '_']) {
        &URL_SAFE
    } else {
        &STANDARD
    };
    engine
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .is_some_and(|text| !find(&text, layers - 1).is_empty())
}
