//! Searches any text for national identity numbers and organisation numbers.
//!
//! Found are eleven and nine digits with no digit beside them, also written `120579 00499` and `999 999 999`, also
//! percent-encoded, whose check digits (and date) are right. Digits inside a UUID or a long hexadecimal hash are not
//! looked at. Numbers of the series month +40 (health registers, other test populations) have no date and are not found.

use std::borrow::Cow;
use std::ops::Range;
use std::slice::from_ref;

use super::{NationalId, OrganisationNumber, PercentDecoded};

/// What a text was found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// A fødselsnummer or D-nummer.
    NationalId,
    /// An organisation number.
    OrganisationNumber,
}

/// One identifier in a text.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: IdentifierKind,
    /// The bytes it is written in, separators and percent-encoding included.
    pub span: Range<usize>,
    /// Its digits alone.
    pub digits: String,
    /// Whether it belongs to the test population.
    pub synthetic: bool,
    /// Whether it could belong to somebody real: a national identity number that is not synthetic, an organisation
    /// number of the series that is given out.
    pub possibly_real: bool,
}

impl Found {
    fn person(id: NationalId, span: Range<usize>) -> Self {
        Self {
            kind: IdentifierKind::NationalId,
            span,
            digits: id.to_string(),
            synthetic: id.is_synthetic(),
            possibly_real: !id.is_synthetic(),
        }
    }

    fn organisation(number: OrganisationNumber, span: Range<usize>) -> Self {
        Self {
            kind: IdentifierKind::OrganisationNumber,
            span,
            digits: number.to_string(),
            synthetic: number.is_synthetic(),
            possibly_real: number.is_in_real_series(),
        }
    }

    /// What may be shown of it: a synthetic person keeps day, month and last digit, enough to tell two apart in a
    /// report; a synthetic organisation keeps all; of a possibly real one only the kind remains.
    pub fn masked(&self) -> Cow<'_, str> {
        match (self.kind, self.synthetic) {
            (IdentifierKind::OrganisationNumber, true) => Cow::Borrowed(&self.digits),
            (IdentifierKind::NationalId, true) => {
                Cow::Owned(format!("{}******{}", &self.digits[..4], &self.digits[10..]))
            }
            (IdentifierKind::OrganisationNumber, false) => Cow::Borrowed("*********"),
            (IdentifierKind::NationalId, false) => Cow::Borrowed("***********"),
        }
    }
}

impl std::fmt::Debug for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {} at {:?}", self.kind, self.masked(), self.span)
    }
}

/// Every identifier that could belong to somebody real, in the order of the text.
pub fn find_real(text: &str) -> Vec<Found> {
    let mut found = find_identifiers(text);
    found.retain(|found| found.possibly_real);
    found
}

/// Every identifier, synthetic ones too, in the order of the text, none overlapping another.
pub fn find_identifiers(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    scan(text.as_bytes(), &mut found);
    if let Some(decoded) = PercentDecoded::of(text) {
        let mut in_decoded = Vec::new();
        scan(&decoded.bytes, &mut in_decoded);
        found.extend(in_decoded.into_iter().map(|found| Found {
            span: decoded.origin(&found.span),
            ..found
        }));
        keep_apart(&mut found);
    }
    found
}

/// Puts them in the order of the text and drops what overlaps an earlier or longer one.
fn keep_apart(found: &mut Vec<Found>) {
    found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let mut covered = 0;
    found.retain(|found| {
        let fresh = found.span.start >= covered;
        covered = covered.max(found.span.end);
        fresh
    });
}

/// The shortest run of digits that any written form begins with; every third byte is enough to find one.
const SHORTEST_RUN: usize = 3;

fn scan(text: &[u8], found: &mut Vec<Found>) {
    let mut at = SHORTEST_RUN - 1;
    let mut done = 0;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += SHORTEST_RUN;
            continue;
        }
        let start = at - digits_before(text, done, at);
        let end = at + digits_after(text, at);
        let matched = identifier_at(text, start, end);
        done = matched.as_ref().map_or(end, |found| found.span.end);
        at = done + SHORTEST_RUN;
        found.extend(matched);
    }
}

fn digits_before(text: &[u8], from: usize, at: usize) -> usize {
    text[from..at]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count()
}

fn digits_after(text: &[u8], at: usize) -> usize {
    text[at..].iter().take_while(|b| b.is_ascii_digit()).count()
}

/// The identifier whose first run of digits is `start..end`.
fn identifier_at(text: &[u8], start: usize, end: usize) -> Option<Found> {
    match end - start {
        11 if !is_in_hash(text, start, end) => person(text, from_ref(&(start..end))),
        9 if !is_in_hash(text, start, end) => organisation(text, from_ref(&(start..end))),
        6 => {
            let second = group_after(text, end, 5)?;
            person(text, &[start..end, second])
        }
        3 => {
            let second = group_after(text, end, 3)?;
            let third = group_after(text, second.end, 3)?;
            organisation(text, &[start..end, second, third])
        }
        _ => None,
    }
}

fn person(text: &[u8], groups: &[Range<usize>]) -> Option<Found> {
    let id = NationalId::from_digits(gather(text, groups)?).ok()?;
    Some(Found::person(id, groups.first()?.start..groups.last()?.end))
}

fn organisation(text: &[u8], groups: &[Range<usize>]) -> Option<Found> {
    let number = OrganisationNumber::from_digits(gather(text, groups)?).ok()?;
    Some(Found::organisation(
        number,
        groups.first()?.start..groups.last()?.end,
    ))
}

fn gather<const N: usize>(text: &[u8], groups: &[Range<usize>]) -> Option<[u8; N]> {
    let mut digits = [0; N];
    let mut bytes = groups.iter().flat_map(|group| &text[group.clone()]);
    for digit in &mut digits {
        *digit = bytes.next()? - b'0';
    }
    Some(digits)
}

/// A group of exactly `length` digits after one separator at `at`.
fn group_after(text: &[u8], at: usize, length: usize) -> Option<Range<usize>> {
    let start = at
        + match text.get(at..)? {
            [b' ' | b'-' | b'.' | b'+' | b'\t', ..] => 1,
            // No-break space and narrow no-break space in UTF-8.
            [0xC2, 0xA0, ..] => 2,
            [0xE2, 0x80, 0xAF, ..] => 3,
            _ => return None,
        };
    (digits_after(text, start) == length).then(|| start..start + length)
}

/// Whether the digits are part of a UUID or of a hexadecimal hash, where every value occurs by chance.
fn is_in_hash(text: &[u8], start: usize, end: usize) -> bool {
    const LONGEST: usize = 128;
    let part_of = |b: &&u8| b.is_ascii_hexdigit() || **b == b'-';
    let before = text[..start]
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(part_of)
        .count();
    let after = text[end..].iter().take(LONGEST).take_while(part_of).count();
    let token = &text[start - before..end + after];
    let is_uuid = token.len() == 36
        && token
            .iter()
            .enumerate()
            .all(|(at, b)| (*b == b'-') == matches!(at, 8 | 13 | 18 | 23));
    let is_hash = token.len() >= 32 && token.iter().any(u8::is_ascii_alphabetic) && !token.contains(&b'-');
    is_uuid || is_hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn digits(text: &str) -> Vec<String> {
        find_identifiers(text)
            .into_iter()
            .map(|found| found.digits)
            .collect()
    }

    #[test]
    fn every_written_form_is_found_with_its_place() {
        for (text, written) in [
            ("02013299997", "02013299997"),
            ("fnr=02013299997&x", "02013299997"),
            ("/sak/020132 99997/", "020132 99997"),
            ("020132\u{a0}99997.", "020132\u{a0}99997"),
            ("a%20020132%2099997", "020132%2099997"),
            ("a%3A02013299997", "02013299997"),
            ("%30%32013299997", "%30%32013299997"),
            ("x020132-99997x", "020132-99997"),
        ] {
            let found = find_real(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(&text[found[0].span.clone()], written);
            assert_eq!(found[0].digits, "02013299997");
            assert!(found[0].possibly_real && !found[0].synthetic);
        }
        // Valid digits in the series that is given out, though nobody is known by this one.
        for (text, written) in [
            ("NO999999999MVA", "999999999"),
            ("orgnr 999 999 999", "999 999 999"),
            ("999%20999%20999", "999%20999%20999"),
        ] {
            let found = find_real(text);
            assert_eq!(&text[found[0].span.clone()], written);
        }
    }

    #[test]
    fn digits_beside_it_and_wrong_numbers_are_no_match() {
        for text in [
            "",
            "1",
            "12",
            "002013299997",
            "020132999970",
            "02013299998",
            "03057738971",
            "020132  99997",
            "020132 999970",
            "00890772001",
            "69930570044",
            "999999998",
            "0999999999",
            "00000000000",
            "2026-11-23T10:00:00.123456789Z",
            "%",
            "%2",
            "100 % 5",
        ] {
            assert_eq!(digits(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn synthetic_ones_are_found_but_not_real() {
        let text = "30906197746 og 311758489, 44926701751";
        assert_eq!(digits(text), ["30906197746", "311758489", "44926701751"]);
        assert!(find_real(text).is_empty());
    }

    #[test]
    fn uuids_and_hashes_are_not_searched() {
        assert!(digits("1a107a2d-6398-4675-944c-a999999999ff").is_empty());
        assert!(digits("1a107a2d63984675944ca999999999ff").is_empty());
        assert_eq!(digits("ba999999999ff"), ["999999999"]);
    }

    #[test]
    fn a_mask_shows_no_more_than_it_should() {
        let masked = |text: &str| find_identifiers(text)[0].masked().into_owned();
        assert_eq!(masked("30906197746"), "3090******6");
        assert_eq!(masked("311758489"), "311758489");
        assert_eq!(masked("02013299997"), "***********");
        assert_eq!(masked("999999999"), "*********");
        assert!(!format!("{:?}", find_identifiers("02013299997")).contains("0201"));
    }

    proptest! {
        #[test]
        fn it_finds_what_it_should_anywhere(before in "[^0-9%]{0,12}", after in "[^0-9%]{0,12}") {
            let hashlike = |c: char| c.is_ascii_hexdigit() || c == '-';
            prop_assume!(!before.ends_with(hashlike) && !after.starts_with(hashlike));
            prop_assert_eq!(digits(&format!("{before}02013299997{after}")), ["02013299997"]);
        }

        #[test]
        fn spans_are_in_order_and_on_characters(text in "[0-9 %a-f\u{a0}-]{0,80}") {
            let mut last = 0;
            for found in find_identifiers(&text) {
                prop_assert!(found.span.start >= last);
                prop_assert!(text.get(found.span.clone()).is_some());
                last = found.span.end;
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            find_identifiers(&text);
        }
    }
}
