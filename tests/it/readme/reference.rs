//! The tables of `docs/scenario-reference.md`, from the grammar's JSON Schema and the table of functions.

use serde_json::Value;
use utlegg::scenario::json_schema;
use utlegg::template::functions;

/// The definition that stands for any expression; it has no table.
pub const EXPRESSION: &str = "expression";

/// The names of all mappings of the language.
pub fn mappings() -> Vec<String> {
    mappings_of(&json_schema())
}

/// The names of all mappings of a schema.
pub fn mappings_of(schema: &Value) -> Vec<String> {
    let definitions = schema["$defs"].as_object().unwrap();
    definitions
        .keys()
        .filter(|name| *name != EXPRESSION)
        .cloned()
        .collect()
}

/// What a mapping is, and a table of its keys.
pub fn keys(schema: &Value, name: &str) -> String {
    let mapping = &schema["$defs"][name];
    assert!(mapping.is_object(), "the language has no mapping `{name}`");
    let mut text = format!("{}\n\n", text_of(&mapping["description"]));
    text.push_str("| Key | Holds | Meaning | Example |\n|---|---|---|---|\n");
    let required = mapping["required"].as_array().unwrap();
    for (key, schema) in mapping["properties"].as_object().unwrap() {
        let must = if required.contains(&Value::from(key.as_str())) {
            " **required**"
        } else {
            ""
        };
        text.push_str(&format!(
            "| `{key}`{must} | {} | {}{} | `{key}: {}` |\n",
            holds(schema),
            cell(text_of(&schema["description"])),
            words(schema),
            cell(&example(&schema["examples"][0])),
        ));
    }
    if mapping["additionalProperties"].is_object() {
        text.push_str(&format!(
            "| any other name | {} | See above. | |\n",
            holds(&mapping["additionalProperties"])
        ));
    }
    text
}

/// The forms that text may have to have, with how each is written.
pub fn forms() -> String {
    let mut forms: Vec<(String, String)> = Vec::new();
    collect_forms(&json_schema(), &mut forms);
    forms.sort();
    forms.dedup();
    let rows = forms
        .iter()
        .map(|(noun, help)| format!("| {noun} | {} |\n", cell(help)));
    format!(
        "| Form | How it is written |\n|---|---|\n{}",
        rows.collect::<String>()
    )
}

/// The functions of expressions.
pub fn function_table() -> String {
    let rows = functions()
        .iter()
        .map(|function| format!("| `{}` | {} |\n", function.signature, function.doc));
    format!("| Function | Gives |\n|---|---|\n{}", rows.collect::<String>())
}

fn collect_forms(schema: &Value, forms: &mut Vec<(String, String)>) {
    if let (Some(noun), Some("string"), Some(help)) = (
        schema["title"].as_str(),
        schema["type"].as_str(),
        schema["description"].as_str(),
    ) {
        forms.push((noun.to_owned(), help.to_owned()));
    }
    match schema {
        Value::Object(fields) => {
            // A key's own description takes the form's place; its form is known from elsewhere or from this title.
            fields.values().for_each(|below| collect_forms(below, forms));
        }
        Value::Array(items) => items.iter().for_each(|below| collect_forms(below, forms)),
        _ => {}
    }
}

/// What a key holds, in a few words.
fn holds(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return format!("[`{name}`](#{name})");
    }
    for alternatives in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[alternatives].as_array() {
            return either(choices);
        }
    }
    if schema["not"].is_object() {
        return "anything but a mapping".to_owned();
    }
    if let Some(noun) = schema["title"].as_str() {
        return noun.to_owned();
    }
    match &schema["type"] {
        Value::String(kind) => of_type(kind, schema),
        Value::Array(_) => "text, a number or a boolean".to_owned(),
        _ => "anything".to_owned(),
    }
}

fn either(choices: &[Value]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for choice in choices
        .iter()
        .filter(|choice| choice["$ref"] != "#/$defs/expression")
    {
        let text = match choice["const"].as_str() {
            Some(word) => format!("`{word}`"),
            None => holds(choice),
        };
        if !shown.contains(&text) {
            shown.push(text);
        }
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn of_type(kind: &str, schema: &Value) -> String {
    match kind {
        "string" => "text".to_owned(),
        "null" => "`null`".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "number" => "a number".to_owned(),
        "integer" => format!(
            "a whole number from {} to {}",
            schema["minimum"], schema["maximum"]
        ),
        "array" => format!("a list: {}", holds(&schema["items"])),
        "object" => {
            let noun = text_of(&schema["description"])
                .trim_start_matches("Each key is ")
                .trim_end_matches('.')
                .to_owned();
            format!(
                "a mapping, each key {noun}: {}",
                holds(&schema["additionalProperties"])
            )
        }
        other => panic!("the reference has no words for {other}"),
    }
}

/// What each word of a choice means.
fn words(schema: &Value) -> String {
    let mut found = Vec::new();
    let mut look = |choices: &Value| {
        for choice in choices.as_array().into_iter().flatten() {
            if let (Some(word), Some(doc)) = (choice["const"].as_str(), choice["description"].as_str()) {
                found.push(format!(" `{word}`: {doc}"));
            }
        }
    };
    look(&schema["oneOf"]);
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        look(&choice["oneOf"]);
    }
    found.concat()
}

/// JSON as it may be written on one line of YAML.
fn example(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let members: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), example(value)))
                .collect();
            format!("{{ {} }}", members.join(", ")).replace("{  }", "{}")
        }
        Value::Array(items) => format!("[{}]", items.iter().map(example).collect::<Vec<_>>().join(", ")),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A plain scalar where it stays what it is, else in quotes.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || "-_./ ".contains(c))
        || text.starts_with('/') && !text.contains(['{', ',', ' ']);
    let word = ["true", "false", "null", "y", "n", "yes", "no", "on", "off"];
    if plain && !word.contains(&text.to_lowercase().as_str()) {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Text that does not end its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
