//! Whether a value is what a matcher says.

use serde_json::Value;

use super::equality::{composed, equal};
use super::excerpt;
use crate::scenario::{JsonType, Matcher};

/// Whether all parts of `matcher` hold of `found`; `None` is *nothing found*.
pub(super) fn holds(matcher: &Matcher<Value>, found: Option<&Value>) -> bool {
    if let Some(exists) = matcher.exists
        && exists != found.is_some()
    {
        return false;
    }
    let Some(value) = found else {
        return matcher.exists == Some(false) || asks_nothing(matcher);
    };
    matcher
        .equals
        .as_ref()
        .is_none_or(|expected| equal(expected, value))
        && matcher
            .one_of
            .as_ref()
            .is_none_or(|all| all.iter().any(|expected| equal(expected, value)))
        && matcher.contains.as_ref().is_none_or(|part| contains(value, part))
        && matcher.matches.as_ref().is_none_or(|regex| {
            value
                .as_str()
                .is_some_and(|text| regex.value.is_match(&composed(text)))
        })
        && matcher
            .json_type
            .is_none_or(|expected| is_of_type(value, expected))
        && matcher
            .length
            .is_none_or(|bounds| length(value).is_some_and(|length| within(length, bounds)))
        && matcher
            .at_least
            .is_none_or(|least| value.as_f64().is_some_and(|number| number >= least))
        && matcher
            .at_most
            .is_none_or(|most| value.as_f64().is_some_and(|number| number <= most))
        && matcher
            .not
            .as_ref()
            .is_none_or(|excluded| !holds(excluded, found))
}

fn asks_nothing(matcher: &Matcher<Value>) -> bool {
    let values = [&matcher.equals, &matcher.contains]
        .into_iter()
        .all(Option::is_none);
    let forms = matcher.matches.is_none() && matcher.json_type.is_none() && matcher.length.is_none();
    let bounds = matcher.at_least.is_none() && matcher.at_most.is_none();
    values && forms && bounds && matcher.one_of.is_none() && matcher.exists.is_none() && matcher.not.is_none()
}

fn contains(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Array(items), part) => items.iter().any(|item| equal(item, part)),
        (Value::String(text), Value::String(part)) => composed(text).contains(&composed(part)),
        _ => false,
    }
}

fn is_of_type(value: &Value, expected: JsonType) -> bool {
    match expected {
        JsonType::Null => value.is_null(),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Number => value.is_number(),
        JsonType::Integer => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        JsonType::String => value.is_string(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::Array(items) => items.len(),
        Value::String(text) => composed(text).chars().count(),
        Value::Object(fields) => fields.len(),
        _ => return None,
    };
    u64::try_from(length).ok()
}

fn within(length: u64, (least, most): (Option<u64>, Option<u64>)) -> bool {
    least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most)
}

/// What the matcher asks for, in words.
pub(super) fn words(matcher: &Matcher<Value>) -> String {
    let mut parts = Vec::new();
    match matcher.exists {
        Some(true) => parts.push("present".to_owned()),
        Some(false) => parts.push("absent".to_owned()),
        None => {}
    }
    parts.extend(matcher.equals.as_ref().map(excerpt::json));
    parts.extend(matcher.one_of.as_ref().map(|all| {
        let all: Vec<_> = all.iter().map(excerpt::json).collect();
        format!("one of {}", all.join(", "))
    }));
    parts.extend(
        matcher
            .contains
            .as_ref()
            .map(|part| format!("contains {}", excerpt::json(part))),
    );
    parts.extend(
        matcher
            .matches
            .as_ref()
            .map(|regex| format!("matches /{}/", regex.value)),
    );
    parts.extend(
        matcher
            .json_type
            .map(|expected| format!("of type {}", type_name(expected))),
    );
    parts.extend(matcher.length.map(length_words));
    parts.extend(matcher.at_least.map(|least| format!("at least {least}")));
    parts.extend(matcher.at_most.map(|most| format!("at most {most}")));
    parts.extend(
        matcher
            .not
            .as_ref()
            .map(|excluded| format!("not {}", words(excluded))),
    );
    if parts.is_empty() {
        return "anything".to_owned();
    }
    parts.join(" and ")
}

fn length_words(bounds: (Option<u64>, Option<u64>)) -> String {
    match bounds {
        (Some(least), Some(most)) if least == most => format!("of length {least}"),
        (Some(least), Some(most)) => format!("of length {least} to {most}"),
        (Some(least), None) => format!("of length {least} or more"),
        (None, Some(most)) => format!("of length {most} or less"),
        (None, None) => "of any length".to_owned(),
    }
}

fn type_name(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Number => "number",
        JsonType::Integer => "integer",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}
