//! Finds what may occur anywhere in a request: amounts, interest rates and attachments.
//!
//! They are known by the names of their fields, so that an information model may nest them as it likes.

use serde_json::Value;

use super::fields::CLAIM_REFERENCE;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Located<'a> {
    /// RFC 6901.
    pub(super) pointer: String,
    pub(super) value: &'a Value,
}

/// Everything found in one walk, each list in document order.
#[derive(Debug, Default)]
pub(super) struct Occurrences<'a> {
    pub(super) amounts: Vec<Located<'a>>,
    pub(super) rates: Vec<Located<'a>>,
    pub(super) attachments: Vec<Located<'a>>,
}

/// The number in a `BeloepValuta`, and in the elements that v1 gives as a bare number.
const AMOUNTS: &[&str] = &["beloep"];
const AMOUNTS_OF_V1: &[&str] = &[
    "paalydendeBeloep",
    "beloepSlutningGenerell",
    "beloepSlutningSaksomkostninger",
];

/// Percentages.
const RATES: &[&str] = &["avtaltRentesats", "beregnetMedAvtaltRentesats"];

/// Either of these makes an object an attachment.
const ATTACHMENT_FIELDS: &[&str] = &["filnavn", "uuid"];

impl<'a> Occurrences<'a> {
    pub(super) fn find(root: &'a Value) -> Self {
        let mut walk = Walk {
            found: Self::default(),
            path: Vec::new(),
            is_v1: is_v1(root),
        };
        walk.visit(root);
        walk.found
    }
}

/// Later models ignore the elements they dropped, so those are judged only in a request that v1's spelling marks.
fn is_v1(root: &Value) -> bool {
    super::fields::items(root, "kravTilInnkreving")
        .iter()
        .any(|claim| {
            super::fields::named(claim, CLAIM_REFERENCE).is_some_and(|(name, _)| name == "kravreferanse")
        })
}

enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

struct Walk<'a> {
    found: Occurrences<'a>,
    path: Vec<Step<'a>>,
    is_v1: bool,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, value: &'a Value) {
        match value {
            Value::Object(members) => {
                if ATTACHMENT_FIELDS.iter().any(|name| members.contains_key(*name)) {
                    let located = self.located(value);
                    self.found.attachments.push(located);
                }
                for (name, member) in members {
                    self.path.push(Step::Key(name));
                    self.visit_member(name, member);
                    self.path.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.visit(item);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }

    fn visit_member(&mut self, name: &str, value: &'a Value) {
        if !value.is_number() {
            return self.visit(value);
        }
        if AMOUNTS.contains(&name) || (self.is_v1 && AMOUNTS_OF_V1.contains(&name)) {
            let located = self.located(value);
            self.found.amounts.push(located);
        } else if RATES.contains(&name) {
            let located = self.located(value);
            self.found.rates.push(located);
        }
    }

    fn located(&self, value: &'a Value) -> Located<'a> {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            match step {
                Step::Key(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        Located { pointer, value }
    }
}
