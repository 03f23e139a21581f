//! What the contract says of one piece of text in an answer, where that hangs on nothing but the text itself.

use std::sync::Arc;

use serde_json::Value;

use super::document::{Document, member};
use super::schema::Schema;
use super::{Provenance, references};

/// How deep references and combinations are followed before a text is left to the whole schema.
const MAX_DEPTH: usize = 64;

/// Keywords of the schemas around a text that judge the structure only, or nothing.
const STRUCTURAL: &[&str] = &[
    "$comment",
    "$ref",
    "additionalProperties",
    "allOf",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "items",
    "maxItems",
    "maxProperties",
    "minItems",
    "minProperties",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// The rules for one piece of text. Where the rest of a body keeps every rule, another text here keeps them too if, and
/// only if, it keeps these.
#[derive(Debug, Default)]
pub struct TextRule {
    least: usize,
    most: Option<usize>,
    rest: Vec<Schema>,
}

impl TextRule {
    /// Whether `text` keeps the rules.
    pub fn allows(&self, text: &str) -> bool {
        // Characters are counted only where there are limits; the bytes of ASCII are.
        let length = || {
            if text.is_ascii() {
                text.len()
            } else {
                text.chars().count()
            }
        };
        (self.least == 0 || length() >= self.least)
            && self.most.is_none_or(|most| length() <= most)
            && (self.rest.is_empty() || self.keeps_the_rest(text))
    }

    fn keeps_the_rest(&self, text: &str) -> bool {
        let value = Value::String(text.to_owned());
        self.rest
            .iter()
            .all(|schema| schema.violations(&value, Provenance::Documented).is_empty())
    }

    /// The rules for the text at `tokens` below `body`; `None` where they hang on something else.
    pub(super) fn of(
        document: &Arc<Document>,
        pointer: &str,
        body: &Value,
        tokens: &[String],
    ) -> Option<Self> {
        let mut walk = Walk {
            document,
            leaves: Vec::new(),
        };
        walk.descend(pointer, body, tokens, 0)?;
        let mut rule = Self::default();
        for leaf in walk.leaves {
            rule.add(document, leaf);
        }
        Some(rule)
    }

    fn add(&mut self, document: &Arc<Document>, pointer: String) {
        match document.at(&pointer).and_then(lengths) {
            Some((least, most)) => {
                self.least = self.least.max(least);
                self.most = [self.most, most].into_iter().flatten().min();
            }
            None => self.rest.push(Schema::new(document, pointer)),
        }
    }
}

/// The least and the greatest length, of a schema that says no more than that it is text and how long.
fn lengths(schema: &Value) -> Option<(usize, Option<usize>)> {
    let schema = schema.as_object()?;
    let plain = schema.keys().all(|key| {
        key.starts_with("x-")
            || matches!(
                key.as_str(),
                "type" | "minLength" | "maxLength" | "description" | "title" | "example" | "examples"
            )
    });
    let is_text = schema.get("type").is_some_and(|kind| kind == "string");
    let length = |name: &str| match schema.get(name) {
        None => Some(None),
        Some(length) => usize::try_from(length.as_u64()?).ok().map(Some),
    };
    let (least, most) = (length("minLength")?, length("maxLength")?);
    (plain && is_text).then_some((least.unwrap_or(0), most))
}

/// Collects the schemas that a value is held against.
struct Walk<'a> {
    document: &'a Document,
    leaves: Vec<String>,
}

impl Walk<'_> {
    fn descend(&mut self, pointer: &str, body: &Value, tokens: &[String], depth: usize) -> Option<()> {
        let Some((token, below)) = tokens.split_first() else {
            self.leaves.push(pointer.to_owned());
            return Some(());
        };
        let schema = self.document.at(pointer)?.as_object()?;
        let known = |key: &String| key.starts_with("x-") || STRUCTURAL.contains(&key.as_str());
        if depth > MAX_DEPTH || !schema.keys().all(known) {
            return None;
        }
        if let Some(reference) = schema.get("$ref") {
            let target = references::target(reference.as_str()?)?;
            self.descend(&target, body, tokens, depth + 1)?;
        }
        let branches = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        for branch in 0..branches {
            self.descend(&format!("{pointer}/allOf/{branch}"), body, tokens, depth + 1)?;
        }
        match body {
            Value::Object(members) => {
                let known = schema.get("properties").and_then(|members| members.get(token));
                if known.is_some() {
                    let at = member(&format!("{pointer}/properties"), token);
                    return self.descend(&at, members.get(token)?, below, depth + 1);
                }
                // A schema for all the others is not followed.
                schema
                    .get("additionalProperties")
                    .is_none_or(Value::is_boolean)
                    .then_some(())
            }
            Value::Array(items) if schema.contains_key("items") => {
                let item = items.get(token.parse::<usize>().ok()?)?;
                self.descend(&format!("{pointer}/items"), item, below, depth + 1)
            }
            Value::Array(_) => Some(()),
            _ => None,
        }
    }
}
