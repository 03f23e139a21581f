//! Turns the schemas of OpenAPI 3.0, a dialect of their own, into JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// Rewrites `nullable`, boolean exclusive bounds and members beside `$ref` wherever they occur.
pub(super) fn to_2020_12(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(to_2020_12),
        Value::Object(object) => {
            upgrade(object);
            for (key, member) in object.iter_mut() {
                match key.as_str() {
                    "example" | "examples" | "enum" | "default" | "const" => {}
                    // The keys of these are names somebody chose, not keywords.
                    "properties" | "schemas" => {
                        if let Value::Object(named) = member {
                            named.values_mut().for_each(to_2020_12);
                        }
                    }
                    _ => to_2020_12(member),
                }
            }
        }
        _ => {}
    }
}

fn upgrade(object: &mut Map<String, Value>) {
    if object.contains_key("$ref") {
        // OpenAPI 3.0 ignores what stands beside a reference, JSON Schema 2020-12 applies it.
        object.retain(|key, _| key == "$ref" || key.starts_with("x-"));
        return;
    }
    exclusive(object, "exclusiveMinimum", "minimum");
    exclusive(object, "exclusiveMaximum", "maximum");
    if object.remove("nullable") == Some(Value::Bool(true)) {
        allow_null(object);
    }
}

fn exclusive(object: &mut Map<String, Value>, flag: &str, bound: &str) {
    let Some(on) = object.get(flag).and_then(Value::as_bool) else {
        return;
    };
    object.remove(flag);
    if on && let Some(limit) = object.remove(bound) {
        object.insert(flag.to_owned(), limit);
    }
}

fn allow_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(options)) = object.get_mut("enum")
        && !options.contains(&Value::Null)
    {
        options.push(Value::Null);
    }
    match object.get_mut("type") {
        Some(kind @ Value::String(_)) => *kind = json!([kind.take(), "null"]),
        Some(_) => {}
        None => {
            let schema = Value::Object(std::mem::take(object));
            object.insert("anyOf".to_owned(), json!([schema, { "type": "null" }]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upgraded(mut schema: Value) -> Value {
        to_2020_12(&mut schema);
        schema
    }

    #[test]
    fn nullable_admits_null_with_a_type_an_enum_and_a_reference() {
        assert_eq!(
            upgraded(json!({"type": "string", "nullable": true})),
            json!({"type": ["string", "null"]})
        );
        assert_eq!(
            upgraded(json!({"type": "string", "enum": ["a"], "nullable": true})),
            json!({"type": ["string", "null"], "enum": ["a", null]})
        );
        assert_eq!(
            upgraded(json!({"allOf": [{"$ref": "#/x"}], "nullable": true})),
            json!({"anyOf": [{"allOf": [{"$ref": "#/x"}]}, {"type": "null"}]})
        );
        assert_eq!(
            upgraded(json!({"type": "string", "nullable": false})),
            json!({"type": "string"})
        );
    }

    #[test]
    fn boolean_bounds_become_numbers() {
        assert_eq!(
            upgraded(json!({"minimum": 0, "exclusiveMinimum": true})),
            json!({"exclusiveMinimum": 0})
        );
        assert_eq!(
            upgraded(json!({"maximum": 9, "exclusiveMaximum": false})),
            json!({"maximum": 9})
        );
    }

    #[test]
    fn a_property_that_is_called_like_a_keyword_is_left_alone() {
        let schema = json!({"properties": {"nullable": {"type": "boolean"}, "enum": {"type": "string"}}});
        assert_eq!(upgraded(schema.clone()), schema);
    }

    #[test]
    fn what_stands_beside_a_reference_counts_for_nothing_but_our_marks() {
        assert_eq!(
            upgraded(json!({"$ref": "#/x", "maxLength": 1, "x-provenance": "reconstructed"})),
            json!({"$ref": "#/x", "x-provenance": "reconstructed"})
        );
    }
}
