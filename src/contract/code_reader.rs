//! Reads `x-utlegg-codes`.

use serde_json::Value;
use unicode_normalization::is_nfc;

use super::{Certainty, CodeEntry, CodeKind, Knowledge};
use crate::source::{Diagnostic, Diagnostics, Node, Place};

/// Reads every code of a document; a code that lists no operations applies to all of `operations`.
///
/// # Errors
/// Diagnostics for codes that are incomplete, listed twice, not in NFC, or name an unknown operation.
pub(super) fn read(root: &Node, model: &str, operations: &[&str]) -> Result<Vec<CodeEntry>, Diagnostics> {
    let mut codes: Vec<CodeEntry> = Vec::new();
    let mut found = Diagnostics::default();
    for node in root.get("x-utlegg-codes").map(Node::items).unwrap_or_default() {
        match read_code(node, model, operations) {
            Ok(entry) => match codes.iter().find(|earlier| earlier.code == entry.code) {
                Some(earlier) => found.push(
                    Diagnostic::error(format!("code `{}` is listed twice", entry.code))
                        .at(entry.place)
                        .related(earlier.place.clone(), "first here"),
                ),
                None => codes.push(entry),
            },
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    if found.has_errors() { Err(found) } else { Ok(codes) }
}

fn read_code(node: &Node, model: &str, operations: &[&str]) -> Result<CodeEntry, Diagnostic> {
    let code = text(node, "code")?.to_owned();
    if !is_nfc(&code) {
        return Err(Diagnostic::error(format!(
            "code `{code}` is not in NFC, so it would compare unequal"
        ))
        .at(place(node, "code"))
        .help("write Å, Ø and Æ as single characters"));
    }
    let statuses = list(node, "status", |item| {
        item.as_u64().and_then(|status| u16::try_from(status).ok())
    });
    if statuses.is_empty() {
        return Err(Diagnostic::error(format!("code `{code}` names no HTTP status"))
            .at(node.place())
            .help("add `status: 422`, or a list of statuses"));
    }
    let listed = list(node, "operations", as_text);
    if let Some(unknown) = listed.iter().find(|name| !operations.contains(&name.as_str())) {
        return Err(
            Diagnostic::error(format!("code `{code}` names the unknown operation `{unknown}`"))
                .at(place(node, "operations"))
                .suggest(unknown, operations.iter().copied()),
        );
    }
    let models = list(node, "models", as_text);
    Ok(CodeEntry {
        kind: kind(node)?,
        certainty: certainty(node)?,
        title: text(node, "title")?.to_owned(),
        trigger: node.get("trigger").and_then(Node::as_str).map(str::to_owned),
        needs: knowledge(node, "needs")?,
        partly_needs: knowledge(node, "partly_needs")?,
        operations: if listed.is_empty() {
            operations.iter().map(|&name| name.to_owned()).collect()
        } else {
            listed
        },
        models: if models.is_empty() {
            vec![model.to_owned()]
        } else {
            models
        },
        pointer: node.get("pointer").and_then(Node::as_str).map(str::to_owned),
        parameters: list(node, "parameters", as_text),
        place: node.place(),
        statuses,
        code,
    })
}

fn kind(node: &Node) -> Result<CodeKind, Diagnostic> {
    match text(node, "kind")? {
        "kb" => Ok(CodeKind::Kb),
        "das" => Ok(CodeKind::Das),
        "condition" => Ok(CodeKind::Condition),
        other => Err(Diagnostic::error(format!("`{other}` is no kind of code"))
            .at(place(node, "kind"))
            .help("kinds are `kb`, `das` and `condition`")),
    }
}

fn certainty(node: &Node) -> Result<Certainty, Diagnostic> {
    match node.get("certainty").and_then(Node::as_str) {
        None | Some("documented") => Ok(Certainty::Documented),
        Some("inferred") => Ok(Certainty::Inferred),
        Some(other) => Err(Diagnostic::error(format!("`{other}` is no certainty"))
            .at(place(node, "certainty"))
            .help("a trigger is `documented` or `inferred`")),
    }
}

fn knowledge(node: &Node, key: &str) -> Result<Vec<Knowledge>, Diagnostic> {
    let read = |name: String| {
        let known = Knowledge::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, knowledge)| *knowledge).ok_or_else(|| {
            Diagnostic::error(format!("`{name}` is nothing a condition can need"))
                .at(place(node, key))
                .suggest(&name, Knowledge::NAMES.map(|(known, _)| known))
        })
    };
    list(node, key, as_text).into_iter().map(read).collect()
}

fn text<'a>(node: &'a Node, key: &str) -> Result<&'a str, Diagnostic> {
    node.get(key).and_then(Node::as_str).ok_or_else(|| {
        Diagnostic::error(format!("an entry of `x-utlegg-codes` has no text under `{key}`"))
            .at(place(node, key))
    })
}

fn place(node: &Node, key: &str) -> Place {
    node.get(key).unwrap_or(node).place()
}

/// One value or a list of them.
pub(super) fn list<T>(node: &Node, key: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    match node.get(key).map(Node::to_json) {
        Some(Value::Array(items)) => items.iter().filter_map(read).collect(),
        Some(single) => read(&single).into_iter().collect(),
        None => Vec::new(),
    }
}

pub(super) fn as_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
