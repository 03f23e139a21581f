//! Nothing real leaves the machine: the search of an outgoing request for identifiers of living people and of
//! organisations that exist.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scan::{Found, IdentifierKind, find_real};

/// A piece of an outgoing request.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Where it is, in a reader's words: `body`, `path`, `header Klientid`, `attachment fullmakt.pdf`.
    pub place: &'a str,
    /// Its text as it will be sent.
    pub text: &'a str,
}

/// An exception that the settings make, with the reason that every report prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The digits, without separators.
    pub value: String,
    /// Why it may be sent.
    pub reason: String,
}

/// One identifier that must not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The place of the part it stands in.
    pub place: String,
    /// Person or organisation.
    pub kind: IdentifierKind,
    /// What may be shown of it.
    pub masked: String,
    /// Its bytes in the part's text.
    pub span: Range<usize>,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = match self.kind {
            IdentifierKind::NationalId => "person",
            IdentifierKind::OrganisationNumber => "organisation",
        };
        write!(
            f,
            "possible real {who} in the {} at byte {}: {}",
            self.place, self.span.start, self.masked
        )
    }
}

/// What the search lets pass, and the search itself.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    passing: BTreeSet<String>,
    exempt_keys: BTreeSet<String>,
}

impl Guard {
    /// A guard that lets pass the organisations the settings name as the vendor's own, the exceptions they make, and
    /// the values of the JSON keys that the contract types as account number, KID or IBAN, since their digits can look
    /// like anybody's.
    pub fn new(
        own_organisations: impl IntoIterator<Item = String>,
        allow: &[Allowed],
        exempt_keys: impl IntoIterator<Item = String>,
    ) -> Self {
        let allowed = allow.iter().map(|allowed| allowed.value.clone());
        Self {
            passing: own_organisations.into_iter().chain(allowed).collect(),
            exempt_keys: exempt_keys.into_iter().collect(),
        }
    }

    /// Searches the parts of one request; empty when it may be sent.
    pub fn check<'a>(&self, parts: impl IntoIterator<Item = Part<'a>>) -> Vec<Finding> {
        parts
            .into_iter()
            .flat_map(|part| {
                find_real(part.text)
                    .into_iter()
                    .filter(move |found| !self.lets_pass(part.text, found))
                    .map(move |found| Finding {
                        place: part.place.to_owned(),
                        kind: found.kind,
                        masked: found.masked().into_owned(),
                        span: found.span,
                    })
            })
            .collect()
    }

    fn lets_pass(&self, text: &str, found: &Found) -> bool {
        self.passing.contains(&found.digits)
            || key_of(text, &found.span).is_some_and(|key| self.exempt_keys.contains(key))
    }
}

/// The key, when the span is the whole value of a member of a JSON object: `"key": "12345678901"`.
fn key_of<'a>(text: &'a str, span: &Range<usize>) -> Option<&'a str> {
    let after = text.get(span.end..)?;
    let before = text.get(..span.start)?;
    let before = match (before.strip_suffix('"'), after.starts_with('"')) {
        (Some(before), true) => before,
        (None, false) => before,
        _ => return None,
    };
    let key = before
        .trim_ascii_end()
        .strip_suffix(':')?
        .trim_ascii_end()
        .strip_suffix('"')?;
    let (rest, key) = key.rsplit_once('"')?;
    // A quote with a backslash is part of some text that only looks like JSON.
    (!rest.ends_with('\\') && !key.ends_with('\\')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    // An official test vector with a birth date yet to come, and an obvious placeholder
    // with valid digits.
    const PERSON: &str = "02013299997";
    const ORGANISATION: &str = "999999999";

    fn guard() -> Guard {
        let keys = ["kontonummer", "kidnummer"].map(String::from);
        Guard::new(Vec::new(), &[], keys)
    }

    fn findings(guard: &Guard, text: &str) -> usize {
        guard.check([Part { place: "body", text }]).len()
    }

    #[test]
    fn a_finding_names_place_and_kind_but_not_the_number() {
        let path = format!("/innsyn/{PERSON}");
        let found = guard().check([
            Part {
                place: "body",
                text: "{}",
            },
            Part {
                place: "path",
                text: &path,
            },
            Part {
                place: "header Klientid",
                text: ORGANISATION,
            },
        ]);
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "possible real person in the path at byte 8: ***********",
                "possible real organisation in the header Klientid at byte 0: *********",
            ]
        );
    }

    #[test]
    fn what_the_settings_name_passes() {
        let own = Guard::new([ORGANISATION.to_owned()], &[], []);
        assert_eq!(findings(&own, ORGANISATION), 0);
        assert_eq!(findings(&own, PERSON), 1);
        let allowed = Allowed {
            value: PERSON.to_owned(),
            reason: "published test vector".to_owned(),
        };
        assert_eq!(findings(&Guard::new([], &[allowed], []), "020132 99997"), 0);
    }

    #[test]
    fn account_and_kid_fields_are_exempt_and_nothing_that_looks_like_them() {
        for (text, found) in [
            (r#"{"kontonummer":"02013299997"}"#, 0),
            (r#"{"kidnummer" : "02013299997"}"#, 0),
            (r#"{"kidnummer": 02013299997}"#, 0),
            (r#"{"verdi":"02013299997"}"#, 1),
            (r#"{"kontonummer":"for 02013299997"}"#, 1),
            (r#"{"kontonummer":"02013299997 x"}"#, 1),
            (r#"{"x":"\"kontonummer\":\"02013299997\""}"#, 1),
            (r#"{"x":"kontonummer\":02013299997"}"#, 1),
            ("kontonummer:02013299997", 1),
        ] {
            assert_eq!(findings(&guard(), text), found, "{text}");
        }
    }
}
