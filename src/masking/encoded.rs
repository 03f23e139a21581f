//! The search through layers of encoding: text as it stands, percent-encoding resolved, base64 opened.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use regex::Regex;

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
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

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
    static TOKEN: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!("[A-Za-z0-9+/_-]{{{SHORTEST_BASE64},}}={{0,2}}")).ok());
    let tokens = TOKEN.iter().flat_map(|token| token.find_iter(text));
    found.extend(
        tokens
            .filter(|token| hides_something(token.as_str(), layers))
            .map(|token| Redaction::secret(token.range())),
    );
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
