//! The tables of `docs/reconstructed.md` and `docs/contract.md`, from the built-in contracts.

use serde_json::Value;
use utlegg::contract::{Certainty, CodeKind, Contract, Provenance};
use utlegg::source::parse_documents;

/// The operations of the newest model, by the API they belong to.
pub fn operations() -> String {
    let model = Contract::builtin_models().last().unwrap();
    let contract = Contract::builtin(model).unwrap();
    let mut text =
        String::from("| Logical name | Method and path | API | Path and shape |\n|---|---|---|---|\n");
    for operation in contract.operations() {
        text.push_str(&format!(
            "| `{}` | `{} {}` | `{}` | {} |\n",
            operation.name(),
            operation.method(),
            operation.path(),
            operation.api(),
            word(operation.provenance()),
        ));
    }
    text
}

/// Everything that a model's contract marks as reconstructed.
pub fn reconstructed(model: &str) -> String {
    let contract = Contract::builtin(model).unwrap();
    let documents = parse_documents(&contract.files()[0]).unwrap();
    let json = documents[0].to_json();
    let mut text = String::from("| Where | What it is |\n|---|---|\n");
    collect(&json, &mut Vec::new(), &mut text);
    text
}

/// The conditions and codes whose trigger we concluded.
pub fn inferred() -> String {
    let contracts: Vec<_> = Contract::builtin_models()
        .iter()
        .map(|model| Contract::builtin(model).unwrap())
        .collect();
    let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
    for contract in &contracts {
        for code in contract
            .codes()
            .iter()
            .filter(|code| code.certainty == Certainty::Inferred)
        {
            match rows.iter_mut().find(|(known, ..)| *known == code.code) {
                Some((.., models)) => models.push(contract.model().to_owned()),
                None => rows.push((
                    code.code.clone(),
                    code.trigger.clone().unwrap_or_else(|| code.title.clone()),
                    vec![contract.model().to_owned()],
                )),
            }
        }
    }
    let rows = rows
        .iter()
        .map(|(code, title, models)| format!("| `{code}` | {} | {} |\n", cell(title), models.join(", ")));
    format!(
        "| Code | When we say it fires | Models |\n|---|---|---|\n{}",
        rows.collect::<String>()
    )
}

/// How many conditions there are and how many of them are inferred, per model.
pub fn counts() -> String {
    let mut text = String::from(
        "| Model | Conditions | of them inferred | KB and DAS codes | of them inferred |\n|---|--:|--:|--:|--:|\n",
    );
    for model in Contract::builtin_models() {
        let contract = Contract::builtin(model).unwrap();
        let count = |condition: bool, inferred: bool| {
            let codes = contract.codes().iter();
            codes
                .filter(|code| (code.kind == CodeKind::Condition) == condition)
                .filter(|code| !inferred || code.certainty == Certainty::Inferred)
                .count()
        };
        text.push_str(&format!(
            "| {model} | {} | {} | {} | {} |\n",
            count(true, false),
            count(true, true),
            count(false, false),
            count(false, true),
        ));
    }
    text
}

fn collect(value: &Value, path: &mut Vec<String>, text: &mut String) {
    match value {
        Value::Object(fields) => {
            if fields.get("x-provenance").and_then(Value::as_str) == Some("reconstructed") {
                text.push_str(&format!("| {} | {} |\n", place(path), cell(&told(value))));
            }
            for (key, below) in fields {
                path.push(key.clone());
                collect(below, path, text);
                path.pop();
            }
        }
        Value::Array(items) => {
            for (index, below) in items.iter().enumerate() {
                let name = below["name"]
                    .as_str()
                    .map_or_else(|| index.to_string(), str::to_owned);
                path.push(name);
                collect(below, path, text);
                path.pop();
            }
        }
        _ => {}
    }
}

/// A pointer in a reader's words.
fn place(path: &[String]) -> String {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["paths", path, method, rest @ ..] => {
            let below = within(rest);
            let comma = if below.is_empty() { "" } else { ", " };
            format!("`{} {path}`{comma}{below}", method.to_uppercase())
        }
        ["components", "schemas", name, rest @ ..] => {
            let fields = rest.iter().filter(|key| **key != "properties");
            let path: Vec<&str> = std::iter::once(name).chain(fields).copied().collect();
            format!("`{}`", path.join("."))
        }
        ["components", "responses", name, rest @ ..] => format!("answer `{name}` {}", within(rest)),
        ["components", "requestBodies", name, rest @ ..] => format!("request `{name}` {}", within(rest)),
        other => other.join(" "),
    }
}

/// What stands below an operation, a request or an answer.
fn within(path: &[&str]) -> String {
    match path {
        [] => String::new(),
        ["content", media_type] => format!("as `{media_type}`"),
        ["responses", status, rest @ ..] => format!("answer {status} {}", within(rest)).trim_end().to_owned(),
        ["parameters", name, ..] => format!("parameter `{name}`"),
        other => other.join(" "),
    }
}

/// What the contract says of an element: its description or summary, or what it is made of.
fn told(value: &Value) -> String {
    for key in ["description", "summary", "title"] {
        if let Some(text) = value[key].as_str() {
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    if let Some(codes) = value["enum"].as_array() {
        let codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
        return format!("The codes {}.", codes.join(", "));
    }
    if let Some(fields) = value["properties"].as_object() {
        let fields: Vec<&str> = fields.keys().map(String::as_str).collect();
        return format!("Its fields: {}.", fields.join(", "));
    }
    let text = if value["x-utlegg-operation"].is_string() {
        "Its path and shape."
    } else if value["name"].is_string() && value["in"].is_null() {
        "What its element is called in XML."
    } else if value["schema"].is_object() {
        "How it is written in this format."
    } else if value["$ref"]
        .as_str()
        .is_some_and(|target| target.contains("/responses/"))
    {
        "That this status can come."
    } else {
        "Its place and type."
    };
    text.to_owned()
}

fn word(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Documented => "documented",
        Provenance::Reconstructed => "reconstructed",
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
