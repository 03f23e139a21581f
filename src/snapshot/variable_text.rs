//! Which texts of an answer may differ without the comparison with its snapshot noticing.

use serde_json::Value;
use serde_json_path::{JsonPath, NormalizedPath};

use super::Store;
use super::redaction::FIELDS;

/// A text that redaction replaces as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableText {
    /// Where it stands: an RFC 6901 pointer.
    pub pointer: String,
    /// What may stand in its place.
    pub form: Form,
}

/// What may stand in a text's place, so that redaction makes the same of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text.
    Any,
    /// Hexadecimal digits where it has some, and the same everywhere else.
    Hexadecimal,
    /// Decimal digits where it has some, and the same everywhere else.
    Digits,
}

impl Form {
    /// Whether redaction makes the same of `other` as of `text`, both ASCII.
    pub fn admits(self, text: &[u8], other: &[u8]) -> bool {
        let alike = |is_digit: fn(&u8) -> bool| {
            text.len() == other.len()
                && text
                    .iter()
                    .zip(other)
                    .all(|(a, b)| a == b || (is_digit(a) && is_digit(b)))
        };
        match self {
            Self::Any => true,
            Self::Hexadecimal => alike(u8::is_ascii_hexdigit),
            Self::Digits => alike(u8::is_ascii_digit),
        }
    }
}

impl Store {
    /// The texts of a successful answer (2xx) that may differ; those in which only a part is replaced are not among them.
    /// `redact` are further paths to redact.
    pub fn variable_texts(&self, body: &Value, redact: &[&JsonPath]) -> Vec<VariableText> {
        let mut found = Vec::new();
        let by_path = redact.iter().flat_map(|path| {
            let located = path.query_located(body);
            let pointers = located.locations().map(NormalizedPath::to_json_pointer);
            pointers.collect::<Vec<_>>()
        });
        for pointer in by_path {
            if body.pointer(&pointer).is_some_and(Value::is_string) {
                let form = Form::Any;
                found.push(VariableText { pointer, form });
            }
        }
        self.collect(body, &mut String::new(), &mut found);
        found
    }

    fn collect(&self, value: &Value, at: &mut String, found: &mut Vec<VariableText>) {
        let length = at.len();
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    at.push('/');
                    at.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    if value.is_string() && FIELDS.contains(&name.as_str()) {
                        let (pointer, form) = (at.clone(), Form::Any);
                        found.push(VariableText { pointer, form });
                    } else {
                        self.collect(value, at, found);
                    }
                    at.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    at.push_str(&format!("/{index}"));
                    self.collect(value, at, found);
                    at.truncate(length);
                }
            }
            Value::String(text) => {
                if let Some(form) = self.form(text) {
                    let pointer = at.clone();
                    found.push(VariableText { pointer, form });
                }
            }
            _ => {}
        }
    }

    /// The form of a text that is nothing but a value of a known form.
    fn form(&self, text: &str) -> Option<Form> {
        match self.redaction.forms(text)?.as_str() {
            "[uuid]" => Some(Form::Hexadecimal),
            "[timestamp]" | "[date]" | "[identifikator]" => Some(Form::Digits),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::Mode;
    use serde_json::json;

    #[test]
    fn whole_values_of_a_known_name_or_form_may_differ() {
        let store = Store::new("x", Mode::Check);
        let body = json!({
            "uuid": "x", "saksnummer": 7, "a/b": [{"frist": "2026-01-01"}, "0f8fad5b-d9cb-469f-a165-70867728950e"],
            "tid": "2026-11-23T12:00:00Z", "nummer": "311758489", "del": "sendt 2026-01-01", "saksstatus": "ny", "c": {"d": "x"},
        });
        let path = JsonPath::parse("$.c.*").unwrap();
        let found: Vec<_> = store
            .variable_texts(&body, &[&path])
            .into_iter()
            .map(|text| (text.pointer, text.form))
            .collect();
        let expected = [
            ("/c/d", Form::Any),
            ("/uuid", Form::Any),
            ("/a~1b/0/frist", Form::Digits),
            ("/a~1b/1", Form::Hexadecimal),
            ("/tid", Form::Digits),
            ("/nummer", Form::Digits),
        ];
        assert_eq!(found, expected.map(|(pointer, form)| (pointer.to_owned(), form)));
    }

    #[test]
    fn a_form_admits_what_is_redacted_alike() {
        let store = Store::new("x", Mode::Check);
        for (text, others) in [
            (
                "0f8fad5b-d9cb-469f-a165-70867728950e",
                [
                    "ffffffff-ffff-ffff-ffff-fffffffffffF",
                    "0f8fad5b-d9cb-469f-a165-70867728950g",
                ],
            ),
            (
                "2026-11-23T12:00:00.5Z",
                ["1999-99-99T99:99:99.0Z", "2026-11-23T12:00:00,5Z"],
            ),
            ("2026-11-23", ["0000-00-00", "2026-11-233"]),
            ("31175848900", ["00000000000", "3117584890"]),
        ] {
            let form = store.form(text).unwrap();
            let [good, bad] = others;
            assert!(form.admits(text.as_bytes(), good.as_bytes()), "{good}");
            assert_eq!(store.redaction.forms(good), store.redaction.forms(text));
            assert!(!form.admits(text.as_bytes(), bad.as_bytes()), "{bad}");
        }
    }
}
