//! Says in English which value breaks which rule.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::source::closest;

/// The most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// The value and the rule it breaks.
pub(super) fn describe(error: &ValidationError<'_>) -> String {
    let value = shown(error.instance());
    match error.kind() {
        Kind::Required { property } => format!("`{}` is missing", property.as_str().unwrap_or_default()),
        Kind::Type { kind } => format!(
            "{value} is {}, but {} is wanted",
            type_of(error.instance()),
            wanted(kind)
        ),
        Kind::Enum { options } => not_in_list(error.instance(), &value, options),
        Kind::Constant { expected_value } => format!("{value} is not {}", shown(expected_value)),
        Kind::Pattern { pattern } => format!("{value} does not have the form `{pattern}`"),
        Kind::Format { format } => format!("{value} is not {}", form(format)),
        Kind::MaxLength { limit } => {
            let length = error.instance().as_str().map_or(0, |text| text.chars().count());
            format!("{value} has {length} characters; at most {limit} are allowed")
        }
        Kind::MinLength { limit } => format!("{value} is shorter than {limit} characters"),
        Kind::MaxItems { limit } => format!(
            "the list has {} items; at most {limit} are allowed",
            count(error.instance())
        ),
        Kind::MinItems { limit } => format!(
            "the list has {} items; at least {limit} are needed",
            count(error.instance())
        ),
        Kind::Minimum { limit } => format!("{value} is less than {limit}"),
        Kind::Maximum { limit } => format!("{value} is more than {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("{value} is not more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("{value} is not less than {limit}"),
        Kind::UniqueItems => "the list names the same item twice".to_owned(),
        Kind::AdditionalProperties { unexpected } => format!("{} not allowed here", fields(unexpected)),
        Kind::Not { schema } => excluded(schema, &value),
        Kind::OneOfMultipleValid { context } => {
            alternatives("exactly one", context, "more than one is given")
        }
        Kind::OneOfNotValid { context } => {
            alternatives("exactly one", context, "none is given as it should be")
        }
        Kind::AnyOf { context } => alternatives("at least one", context, "none is given as it should be"),
        _ => error.to_string(),
    }
}

/// A value as a message repeats it: JSON, cut to a length one can read.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Object(_) => return "the object".to_owned(),
        Value::Array(_) => return "the list".to_owned(),
        scalar => scalar.to_string(),
    };
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn wanted(kind: &TypeKind) -> String {
    let names: Vec<String> = match kind {
        TypeKind::Single(single) => vec![single.to_string()],
        TypeKind::Multiple(set) => set.iter().map(|single| single.to_string()).collect(),
    };
    let words: Vec<&str> = names.iter().map(|name| type_words(name)).collect();
    words.join(" or ")
}

fn type_words(name: &str) -> &str {
    match name {
        "boolean" => "true or false",
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        "object" => "an object",
        other => other,
    }
}

fn form(format: &str) -> String {
    match format {
        "date" => "a date (YYYY-MM-DD)".to_owned(),
        "date-time" => "a date with time and zone (RFC 3339)".to_owned(),
        "uuid" => "a UUID".to_owned(),
        other => format!("of format `{other}`"),
    }
}

fn not_in_list(instance: &Value, value: &str, options: &Value) -> String {
    let options: Vec<&str> = options
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let near = instance
        .as_str()
        .and_then(|word| closest(word, options.iter().copied()));
    match near {
        Some(near) => format!("{value} is not in the code list; did you mean \"{near}\"?"),
        None => format!("{value} is not in the code list: {}", options.join(", ")),
    }
}

fn count(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn fields(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "{} {}",
        names.join(", "),
        if names.len() == 1 { "is" } else { "are" }
    )
}

/// `not: {required: [a, b]}` is how a schema says that two fields exclude each other.
fn excluded(schema: &Value, value: &str) -> String {
    let names: Vec<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| Some(format!("`{}`", name.as_str()?)))
        .collect();
    match names.as_slice() {
        [] => format!("{value} is excluded by the schema"),
        [only] => format!("{only} must not be given here"),
        several => format!("{} exclude each other, but all are given", several.join(" and ")),
    }
}

/// What a choice offers: the fields its branches ask for, where that is all they ask for.
fn alternatives(how_many: &str, context: &[Vec<ValidationError<'static>>], what: &str) -> String {
    let missing: Vec<String> = context
        .iter()
        .flatten()
        .filter_map(|error| match error.kind() {
            Kind::Required { property } => Some(format!("`{}`", property.as_str()?)),
            _ => None,
        })
        .collect();
    let branches_ask_one_field = context.iter().all(|errors| errors.len() <= 1);
    if missing.is_empty() || !branches_ask_one_field {
        return format!("{how_many} of {} forms must fit; {what}", context.len());
    }
    format!(
        "{how_many} of the alternatives must be given, {what}; missing: {}",
        missing.join(", ")
    )
}
