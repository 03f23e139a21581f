//! Changes to a body: `set` at `JSONPath`s, `patch` by RFC 6902.

use serde_json::{Value, json};

use super::failure::StepError;
use crate::scenario::{PatchOperation, Path};
use crate::source::Located;
use crate::template::Scope;

/// Puts `value` at every place that `path` finds; a singular path may name a member that does not exist yet.
pub(super) fn set(body: &mut Value, path: &Path, value: &Value) -> Result<(), StepError> {
    let pointers: Vec<String> = path
        .compiled
        .query_located(body)
        .locations()
        .map(serde_json_path::NormalizedPath::to_json_pointer)
        .collect();
    if pointers.is_empty() {
        return add_member(body, path, value);
    }
    for pointer in pointers {
        if let Some(target) = body.pointer_mut(&pointer) {
            *target = value.clone();
        }
    }
    Ok(())
}

/// Adds a member to an object that exists: `$.a.b` where `$.a` is there and has no `b`.
fn add_member(body: &mut Value, path: &Path, value: &Value) -> Result<(), StepError> {
    let nothing = || {
        StepError::at(
            &path.place,
            format!("`set`: {} finds nothing in the request", path.text),
        )
        .help("the path must exist, or name a new member of an object that exists")
    };
    if !path.singular {
        return Err(nothing());
    }
    let (parent, member) = split_last(&path.text).ok_or_else(nothing)?;
    let parent = serde_json_path::JsonPath::parse(&parent).map_err(|_| nothing())?;
    let pointer = parent
        .query_located(body)
        .locations()
        .next()
        .map(serde_json_path::NormalizedPath::to_json_pointer)
        .ok_or_else(nothing)?;
    match body.pointer_mut(&pointer) {
        Some(Value::Object(object)) => {
            object.insert(member, value.clone());
            Ok(())
        }
        _ => Err(nothing()),
    }
}

/// `$.a.b` → (`$.a`, `b`); `$.a['b']` → (`$.a`, `b`).
fn split_last(path: &str) -> Option<(String, String)> {
    let path = path.trim();
    if let Some(inner) = path.strip_suffix("']").or_else(|| path.strip_suffix("\"]")) {
        let at = inner.rfind(['\'', '"'])?;
        let parent = inner[..at].strip_suffix('[')?;
        return Some((parent.to_owned(), inner[at + 1..].to_owned()));
    }
    let (parent, member) = path.rsplit_once('.')?;
    let plain = !member.is_empty() && member.chars().all(|c| c.is_alphanumeric() || c == '_');
    plain.then(|| (parent.to_owned(), member.to_owned()))
}

/// Applies RFC 6902 operations, all or none.
pub(super) fn apply(
    body: &mut Value,
    operations: &Located<Vec<PatchOperation>>,
    scope: &dyn Scope,
) -> Result<(), StepError> {
    for operation in &operations.value {
        let place = &operation.op.place;
        let mut rendered = json!({ "op": operation.op.value, "path": operation.path.value.evaluate(scope)? });
        if let Some(from) = &operation.from {
            rendered["from"] = from.value.evaluate(scope)?.into();
        }
        if let Some(value) = &operation.value {
            rendered["value"] = value.evaluate(scope)?;
        }
        let wrong = |message: String| StepError::at(place, format!("`patch`: {message}"));
        let patch: json_patch::Patch =
            serde_json::from_value(json!([rendered])).map_err(|error| wrong(error.to_string()))?;
        json_patch::patch(body, &patch).map_err(|error| {
            wrong(format!(
                "{} {}: {}",
                operation.op.value, rendered["path"], error.kind
            ))
            .help("the pointer must exist in the body after the operations before it")
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Place, SourceFile, Span};

    fn path(text: &str) -> Path {
        let file = SourceFile::new("t.yaml", text);
        Path {
            text: text.to_owned(),
            compiled: serde_json_path::JsonPath::parse(text).unwrap(),
            place: Place::new(&file, Span::new(0, text.len())),
            singular: !text.contains('*'),
        }
    }

    #[test]
    fn set_replaces_what_is_found_and_adds_a_member_to_what_exists() {
        let mut body = json!({"a": [{"b": 1}, {"b": 2}]});
        set(&mut body, &path("$.a[*].b"), &json!(9)).unwrap();
        set(&mut body, &path("$.a[0].c"), &json!("new")).unwrap();
        set(&mut body, &path("$['d']"), &json!(null)).unwrap();
        assert_eq!(body, json!({"a": [{"b": 9, "c": "new"}, {"b": 9}], "d": null}));
    }

    #[test]
    fn set_never_silently_does_nothing() {
        let mut body = json!({"a": 1});
        for text in ["$.x[*]", "$.x.y", "$.a.b", "$.l[3]"] {
            let error = set(&mut body, &path(text), &json!(9)).unwrap_err();
            assert!(error.to_string().contains(text), "{error}");
        }
        assert_eq!(body, json!({"a": 1}));
    }
}
