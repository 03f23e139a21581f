//! Says in English which value breaks which rule.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::source::closest;

/// The most characters of a value that a message repeats.
const SHOWN: usize = 60;

/// The value and the rule it breaks; `rule` is what the broken keyword says in the contract.
pub(super) fn describe(error: &ValidationError<'_>, rule: Option<&Value>) -> String {
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
        Kind::OneOfMultipleValid { .. } | Kind::OneOfNotValid { .. } => {
            choice("exactly one", rule, error.instance())
        }
        Kind::AnyOf { .. } => choice("at least one", rule, error.instance()),
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
        .filter(|word| word.chars().count() > 2)
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

/// A choice between fields names them all and says how many are given; any other choice counts its forms.
fn choice(how_many: &str, rule: Option<&Value>, instance: &Value) -> String {
    let branches = rule
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let names: Option<Vec<&str>> = branches.iter().map(only_required).collect();
    match names.filter(|names| !names.is_empty()) {
        Some(names) => {
            let given: Vec<String> = names
                .iter()
                .filter(|name| instance.get(name).is_some())
                .map(|name| format!("`{name}`"))
                .collect();
            let all: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let found = if given.is_empty() {
                "none is".to_owned()
            } else {
                format!("{} are", given.join(" and "))
            };
            format!("{how_many} of {} must be given, but {found}", all.join(", "))
        }
        None => format!(
            "{how_many} of {} allowed forms must fit, which is not so",
            branches.len()
        ),
    }
}

/// The field a branch asks for, where that is all it does.
fn only_required(branch: &Value) -> Option<&str> {
    match (
        branch.as_object()?.len(),
        branch.get("required")?.as_array()?.as_slice(),
    ) {
        (1, [name]) => name.as_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(schema: &Value, body: &Value) -> Vec<String> {
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(schema)
            .unwrap();
        validator
            .iter_errors(body)
            .map(|error| describe(&error, schema.pointer(error.schema_path().as_str())))
            .collect()
    }

    #[test]
    fn messages_name_the_value_and_the_rule() {
        let cases = [
            (json!({"required": ["kode"]}), json!({}), "`kode` is missing"),
            (
                json!({"type": "integer"}),
                json!("12"),
                "\"12\" is text, but a whole number is wanted",
            ),
            (
                json!({"type": ["string", "null"]}),
                json!(1),
                "1 is a number, but null or text is wanted",
            ),
            (
                json!({"enum": ["utlegg", "annet"]}),
                json!("utleg"),
                "\"utleg\" is not in the code list; did you mean \"utlegg\"?",
            ),
            (
                json!({"enum": ["a", "b"]}),
                json!("virksomhet"),
                "\"virksomhet\" is not in the code list: a, b",
            ),
            (
                json!({"pattern": "^[0-9]{4}$"}),
                json!("301"),
                "\"301\" does not have the form `^[0-9]{4}$`",
            ),
            (
                json!({"format": "date"}),
                json!("31.12.2026"),
                "\"31.12.2026\" is not a date (YYYY-MM-DD)",
            ),
            (
                json!({"maxLength": 2}),
                json!("abc"),
                "\"abc\" has 3 characters; at most 2 are allowed",
            ),
            (
                json!({"minItems": 1}),
                json!([]),
                "the list has 0 items; at least 1 are needed",
            ),
            (json!({"maximum": 99}), json!(100), "100 is more than 99"),
            (
                json!({"not": {"required": ["a", "b"]}}),
                json!({"a": 1, "b": 2}),
                "`a` and `b` exclude each other, but all are given",
            ),
        ];
        for (schema, body, message) in cases {
            assert_eq!(said(&schema, &body), [message]);
        }
    }

    #[test]
    fn choices_between_fields_name_them() {
        let one = json!({"oneOf": [{"required": ["person"]}, {"required": ["virksomhet"]}]});
        assert_eq!(
            said(&one, &json!({})),
            ["exactly one of `person`, `virksomhet` must be given, but none is"]
        );
        assert_eq!(
            said(&one, &json!({"person": {}, "virksomhet": {}})),
            ["exactly one of `person`, `virksomhet` must be given, but `person` and `virksomhet` are"]
        );
        let any = json!({"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]});
        assert_eq!(
            said(&any, &json!(1)),
            ["at least one of 2 allowed forms must fit, which is not so"]
        );
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let message = said(&json!({"maxLength": 10}), &json!("å".repeat(5000))).remove(0);
        assert!(
            message.contains('…') && message.chars().count() < 130,
            "{message}"
        );
        assert!(message.contains("has 5000 characters"), "{message}");
    }
}
