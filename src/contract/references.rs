//! `$ref`: only within the document, percent-encoded as URI fragments are, and every one must lead somewhere.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::document::Document;
use crate::source::{Diagnostic, Diagnostics, Node};

/// What a URI fragment cannot hold as it is; braces of path templates are the ones met in practice.
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'%')
    .add(b'^')
    .add(b'|');

/// The pointer a `$ref` names; `None` unless it stays within the document.
pub(super) fn target(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decode_str(fragment).decode_utf8().ok()?;
    (pointer.is_empty() || pointer.starts_with('/')).then(|| pointer.into_owned())
}

/// The `$ref` that names a pointer.
pub(super) fn reference(pointer: &str) -> String {
    format!("#{}", utf8_percent_encode(pointer, FRAGMENT))
}

/// Holds every `$ref` of the document against it.
///
/// # Errors
/// A diagnostic for each that leaves the document, leads nowhere or goes round.
pub(super) fn check(document: &Document) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    walk(&document.root, document, &mut found);
    if found.has_errors() { Err(found) } else { Ok(()) }
}

fn walk(node: &Node, document: &Document, found: &mut Diagnostics) {
    for item in node.items() {
        walk(item, document, found);
    }
    for entry in node.entries() {
        match (entry.key.as_str(), entry.value.as_str()) {
            ("$ref", Some(text)) => found.0.extend(judge(text, &entry.value, document)),
            ("example" | "examples" | "enum" | "default" | "const", _) => {}
            _ => walk(&entry.value, document, found),
        }
    }
}

fn judge(text: &str, node: &Node, document: &Document) -> Option<Diagnostic> {
    let Some(pointer) = target(text) else {
        return Some(
            Diagnostic::error(format!(
                "`$ref: {text}` leaves the document, and nothing is fetched"
            ))
            .at(node.place())
            .help("bundle the documents into one file, so that every reference begins with `#/`"),
        );
    };
    if document.at(&pointer).is_none() {
        let dangling = Diagnostic::error(format!("`$ref: {text}` leads nowhere")).at(node.place());
        return Some(suggest_sibling(dangling, &pointer, document));
    }
    document.resolve(&pointer).is_none().then(|| {
        Diagnostic::error(format!(
            "`$ref: {text}` only leads to further references, round and round"
        ))
        .at(node.place())
    })
}

fn suggest_sibling(diagnostic: Diagnostic, pointer: &str, document: &Document) -> Diagnostic {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        return diagnostic;
    };
    match document.at(parent) {
        Some(Value::Object(members)) => diagnostic.suggest(name, members.keys().map(String::as_str)),
        _ => diagnostic.help(format!("the document has no `#{parent}`")),
    }
}
