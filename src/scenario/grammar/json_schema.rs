//! The JSON Schema (2020-12) that editors complete and check scenario files with, made from the same declarations.

use serde_json::{Map, Value, json};

use super::{DOCUMENT, Entries, Form, KeyForm, Mapping, PLAN, Shape, Variants};
use crate::template::functions;

/// The schema of any document of the language.
pub fn json_schema() -> Value {
    let mut schema = Generator {
        definitions: Map::new(),
        expressions: true,
    };
    let document = schema.variants(&DOCUMENT);
    let calls: Vec<String> = functions()
        .iter()
        .map(|function| format!("`{}`: {}", function.signature, function.doc))
        .collect();
    let expression = json!({
        "type": "string",
        "pattern": r"^\$\{[\s\S]*\}$",
        "description": format!("An expression. Functions: {}.", calls.join("; ")),
    });
    schema.definitions.insert("expression".to_owned(), expression);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "utlegg scenarios, groups and requests",
        "oneOf": document["oneOf"],
        "$defs": schema.definitions,
    })
}

/// The schema of a load plan, which has no expressions.
pub fn plan_json_schema() -> Value {
    let mut schema = Generator {
        definitions: Map::new(),
        expressions: false,
    };
    let plan = schema.mapping(&PLAN);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "utlegg load plan",
        "$ref": plan["$ref"],
        "$defs": schema.definitions,
    })
}

struct Generator {
    definitions: Map<String, Value>,
    /// Whether an expression may stand for a value that is not free text.
    expressions: bool,
}

impl Generator {
    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Any => json!({}),
            Shape::NotAMapping => json!({ "not": { "type": "object" } }),
            Shape::Text => json!({ "type": "string" }),
            Shape::Scalar => json!({ "type": ["string", "number", "boolean"] }),
            Shape::Null => json!({ "type": "null" }),
            Shape::Boolean => self.or_expression(json!({ "type": "boolean" })),
            Shape::Integer(least, most) => {
                self.or_expression(json!({ "type": "integer", "minimum": least, "maximum": most }))
            }
            Shape::Number => self.or_expression(json!({ "type": "number" })),
            Shape::Formed(form) => self.or_expression(formed(*form)),
            Shape::Choice(words) => {
                let choices: Vec<Value> = words
                    .iter()
                    .map(|(word, doc)| json!({ "const": word, "description": doc }))
                    .collect();
                self.or_expression(json!({ "oneOf": choices }))
            }
            Shape::List(item) => {
                let items = self.shape(item);
                self.or_expression(json!({ "type": "array", "items": items }))
            }
            Shape::Entries(entries) => {
                let schema = self.entries(entries);
                self.or_expression(schema)
            }
            Shape::Mapping(mapping) => {
                let schema = self.mapping(mapping);
                self.or_expression(schema)
            }
            Shape::Variants(variants) => {
                let schema = self.variants(variants);
                self.or_expression(schema)
            }
            Shape::Either(choices) => {
                let choices: Vec<Value> = choices.iter().map(|choice| self.shape(choice)).collect();
                json!({ "anyOf": choices })
            }
        }
    }

    /// The same, or a placeholder that is replaced before the document is read.
    fn or_expression(&self, schema: Value) -> Value {
        if !self.expressions {
            return schema;
        }
        let expression = json!({ "$ref": "#/$defs/expression" });
        let choices = Value::Array(vec![schema, expression]);
        json!({ "anyOf": choices })
    }

    fn mapping(&mut self, mapping: &Mapping) -> Value {
        let reference = json!({ "$ref": format!("#/$defs/{}", mapping.name) });
        if self.definitions.contains_key(mapping.name) {
            return reference;
        }
        // Taken before its keys are looked at: a matcher may hold a matcher.
        self.definitions.insert(mapping.name.to_owned(), Value::Null);
        let mut properties = Map::new();
        for key in mapping.keys {
            let mut schema = self.shape(&key.shape);
            schema["description"] = key.doc.into();
            if let Ok(example) = serde_json::from_str::<Value>(key.example) {
                schema["examples"] = json!([example]);
            }
            properties.insert(key.name.to_owned(), schema);
        }
        let required: Vec<&str> = mapping
            .keys
            .iter()
            .filter(|key| key.required)
            .map(|key| key.name)
            .collect();
        let mut schema = match mapping.rest {
            Some(rest) => {
                let value = self.shape(&rest.value);
                let mut schema = json!({ "type": "object", "additionalProperties": value });
                if let KeyForm::Formed(form) = rest.key {
                    schema["propertyNames"] = formed(form);
                }
                schema
            }
            None => json!({ "type": "object", "additionalProperties": false }),
        };
        schema["description"] = mapping.doc.into();
        schema["properties"] = Value::Object(properties);
        schema["required"] = json!(required);
        self.definitions.insert(mapping.name.to_owned(), schema);
        reference
    }

    fn entries(&mut self, entries: &Entries) -> Value {
        let mut schema = json!({ "type": "object", "additionalProperties": self.shape(&entries.value) });
        schema["description"] = format!("Each key is {}.", entries.noun).into();
        if let KeyForm::Formed(form) = entries.key {
            schema["propertyNames"] = formed(form);
        }
        schema
    }

    fn variants(&mut self, variants: &Variants) -> Value {
        let choices: Vec<Value> = variants
            .kinds
            .iter()
            .map(|(_, mapping)| self.mapping(mapping))
            .collect();
        json!({ "oneOf": choices })
    }
}

fn formed(form: Form) -> Value {
    let mut schema = json!({ "type": "string", "title": form.noun(), "description": form.help() });
    if !form.pattern().is_empty() {
        schema["pattern"] = form.pattern().into();
    }
    schema
}
