//! Finds the fields of a body that no schema mentions.

use serde_json::Value;

use super::document::member;
use super::references;

/// How deep references and combinations are followed before a value is left alone.
const MAX_DEPTH: usize = 64;

/// Pointers, in document order, of the members of `body` that the schema at `pointer` does not mention.
///
/// A member counts as known when any branch of an `anyOf`, `oneOf` or `allOf` mentions it, and an object whose
/// schema names no members at all may hold anything.
pub(super) fn find(root: &Value, pointer: &str, body: &Value) -> Vec<String> {
    let mut search = Search {
        root,
        found: Vec::new(),
    };
    if let Some(schema) = root.pointer(pointer) {
        search.visit(&[schema], body, "", 0);
    }
    search.found
}

/// The schema and everything it combines or refers to.
pub(super) fn flattened<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut flat = Vec::new();
    let found = Vec::new();
    Search { root, found }.flatten(schema, &mut flat, 0);
    flat
}

/// The schema, what it refers to and what all of `allOf` say, without the alternatives of `anyOf` and `oneOf`; the
/// schema itself first.
pub(super) fn itself<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let (mut found, mut open) = (Vec::new(), vec![schema]);
    while let Some(schema) = open.pop() {
        if found.len() > MAX_DEPTH {
            break;
        }
        found.push(schema);
        let branches = schema.get("allOf").and_then(Value::as_array);
        open.extend(branches.into_iter().flatten().rev());
        let reference = schema.get("$ref").and_then(Value::as_str);
        open.extend(
            reference
                .and_then(references::target)
                .and_then(|target| root.pointer(&target)),
        );
    }
    found
}

struct Search<'a> {
    root: &'a Value,
    found: Vec<String>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, schemas: &[&'a Value], body: &Value, pointer: &str, depth: usize) {
        if depth > MAX_DEPTH || !(body.is_object() || body.is_array()) {
            return;
        }
        let mut flat = Vec::new();
        for schema in schemas {
            self.flatten(schema, &mut flat, 0);
        }
        match body {
            Value::Object(members) => {
                if !flat.iter().any(|schema| schema.get("properties").is_some()) {
                    return;
                }
                for (key, value) in members {
                    let below: Vec<_> = flat.iter().filter_map(|schema| property(schema, key)).collect();
                    if below.is_empty() {
                        self.found.push(member(pointer, key));
                    } else if value.is_object() || value.is_array() {
                        self.visit(&below, value, &member(pointer, key), depth + 1);
                    }
                }
            }
            Value::Array(items) => {
                let below: Vec<_> = flat.iter().filter_map(|schema| schema.get("items")).collect();
                for (index, item) in items.iter().enumerate() {
                    self.visit(&below, item, &format!("{pointer}/{index}"), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The schema and everything it combines or refers to.
    fn flatten(&self, schema: &'a Value, flat: &mut Vec<&'a Value>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && let Some(target) =
                references::target(reference).and_then(|pointer| self.root.pointer(&pointer))
        {
            self.flatten(target, flat, depth + 1);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for branch in schema
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                self.flatten(branch, flat, depth + 1);
            }
        }
        flat.push(schema);
    }
}

/// The schema for a member; `additionalProperties` with a schema, or `true` said aloud, knows every name.
fn property<'a>(schema: &'a Value, key: &str) -> Option<&'a Value> {
    let named = schema
        .get("properties")
        .and_then(|properties| properties.get(key));
    named.or_else(|| {
        schema
            .get("additionalProperties")
            .filter(|rest| **rest != Value::Bool(false))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_of_any_branch_are_known_and_others_are_found_at_every_depth() {
        let root = json!({
            "a": {
                "properties": {"x": {"type": "string"}, "list": {"items": {"$ref": "#/b"}}},
                "oneOf": [{"properties": {"y": {}}}, {"required": ["x"]}]
            },
            "b": {"properties": {"z": {}}, "allOf": [{"$ref": "#/c"}]},
            "c": {"properties": {"free": {"type": "object"}, "map": {"properties": {}, "additionalProperties": {"$ref": "#/d"}}}},
            "d": {"properties": {"known": {}}}
        });
        let body = json!({
            "x": "1", "y": 2, "new": 3,
            "list": [{"z": 1, "free": {"anything": 1}}, {"a/b": 1, "map": {"k": {"known": 1, "odd": 1}}}]
        });
        assert_eq!(
            find(&root, "/a", &body),
            ["/new", "/list/1/a~1b", "/list/1/map/k/odd"]
        );
    }

    #[test]
    fn schemas_that_refer_to_themselves_end() {
        let root = json!({
            "loop": {"$ref": "#/loop"},
            "tree": {"properties": {"child": {"$ref": "#/tree"}}}
        });
        assert_eq!(find(&root, "/loop", &json!({"a": 1})), Vec::<String>::new());
        assert_eq!(
            find(&root, "/tree", &json!({"child": {"child": {"odd": 1}}})),
            ["/child/child/odd"]
        );
    }
}
