//! What a snapshot holds: the status and the redacted body.

use std::collections::BTreeSet;

use serde_json::{Number, Value};
use unicode_normalization::UnicodeNormalization;

use crate::http::Body;

/// An answer as it is stored and compared: canonical, so that only what matters can differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Content {
    /// The first line: `HTTP 200`.
    pub(super) status_line: String,
    /// The body.
    pub(super) body: ContentBody,
}

/// A body, as far as it can be compared by structure.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ContentBody {
    /// No body.
    Empty,
    /// JSON: numbers by value, text composed. Maps compare without regard to order.
    Json(Value),
    /// Anything else.
    Text(String),
}

impl Content {
    /// An answer, not redacted yet.
    pub(super) fn of(status: u16, body: &Body) -> Self {
        let body = match body {
            Body::Empty => ContentBody::Empty,
            Body::Json(value) => ContentBody::Json(canonical(value)),
            Body::Other { text, .. } => ContentBody::Text(canonical_text(text)),
        };
        Self {
            status_line: format!("HTTP {status}"),
            body,
        }
    }

    /// Reads what [`Content::to_text`] wrote, or a person edited.
    pub(super) fn parse(text: &str) -> Self {
        let (status_line, body) = text.split_once('\n').unwrap_or((text, ""));
        let body = body.trim_start_matches(['\r', '\n']).trim_end();
        let body = match serde_json::from_str(body) {
            _ if body.is_empty() => ContentBody::Empty,
            Ok(value) => ContentBody::Json(canonical(&value)),
            Err(_) => ContentBody::Text(canonical_text(body)),
        };
        Self {
            status_line: status_line.trim_end().to_owned(),
            body,
        }
    }

    /// As it stands in the file: pretty JSON, its keys sorted.
    pub(super) fn to_text(&self) -> String {
        match &self.body {
            ContentBody::Empty => self.status_line.clone(),
            ContentBody::Json(value) => {
                let mut sorted = value.clone();
                sorted.sort_all_objects();
                format!("{}\n\n{sorted:#}", self.status_line)
            }
            ContentBody::Text(text) => format!("{}\n\n{text}", self.status_line),
        }
    }

    /// Takes fields out, named by RFC 6901 pointers.
    pub(super) fn remove(&mut self, pointers: &[String]) {
        let ContentBody::Json(body) = &mut self.body else {
            return;
        };
        // Deepest and last first, so that no removal moves what another pointer names.
        for pointer in pointers.iter().collect::<BTreeSet<_>>().into_iter().rev() {
            let Some((parent, name)) = pointer.rsplit_once('/') else {
                continue;
            };
            let name = name.replace("~1", "/").replace("~0", "~");
            if let Some(Value::Object(fields)) = body.pointer_mut(parent) {
                fields.shift_remove(&name);
            }
        }
    }
}

/// Text composed (NFC), every kind of line end as it is stored.
fn canonical_text(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim_end()
        .to_owned()
}

fn canonical(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.nfc().collect()),
        Value::Number(number) => Value::Number(canonical_number(number)),
        Value::Array(items) => items.iter().map(canonical).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| (key.clone(), canonical(value)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

/// `1.0` is `1`.
fn canonical_number(number: &Number) -> Number {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0 =>
        {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "checked to be whole and within ±2^53"
            )]
            Number::from(float as i64)
        }
        _ => number.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn json_content(value: Value) -> Content {
        Content::of(200, &Body::Json(value))
    }

    #[test]
    fn order_of_keys_form_of_numbers_and_composition_do_not_matter() {
        let stored = Content::parse("HTTP 200\n\n{\"b\": 1.0, \"a\": \"A\u{30a}\"}\n\n");
        assert_eq!(stored, json_content(json!({"a": "\u{c5}", "b": 1})));
        assert_ne!(stored, json_content(json!({"a": "\u{c5}", "b": 1.5})));
        assert_eq!(
            stored.to_text(),
            "HTTP 200\n\n{\n  \"a\": \"\u{c5}\",\n  \"b\": 1\n}"
        );
    }

    #[test]
    fn what_was_written_is_read_as_the_same() {
        for body in [
            Body::Empty,
            Body::Json(json!({"a": [1.5, null, {"b": "x\ny"}]})),
            Body::Other {
                why: String::new(),
                text: "<feil>\r\n  <kode/>\r\n</feil>\r\n".into(),
            },
        ] {
            let content = Content::of(422, &body);
            assert_eq!(Content::parse(&content.to_text()), content);
        }
    }

    #[test]
    fn fields_are_taken_out_by_pointer() {
        let mut content = json_content(json!({"a": [{"x/y": 1, "b": 2}], "c": {"d": 1}}));
        let pointers = ["/c", "/c/d", "/a/0/x~1y", "/nothing/here", "", "/a/9/b"].map(str::to_owned);
        content.remove(&pointers);
        assert_eq!(content, json_content(json!({"a": [{"b": 2}]})));
    }
}
