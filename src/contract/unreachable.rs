//! Reads `x-utlegg-unreachable`: what the contract lists but no request provokes, and why.

use serde_json::Value;

use super::code_reader::{as_text, list};
use super::{CodeEntry, Contract};
use crate::source::{Diagnostic, Diagnostics, Node, Place};

/// One entry of `x-utlegg-unreachable`.
#[derive(Debug, Clone)]
pub struct Unreachable {
    /// The statuses meant.
    pub statuses: Vec<u16>,
    /// The codes meant.
    pub codes: Vec<String>,
    /// Logical names of the operations it holds for; empty for all.
    pub operations: Vec<String>,
    /// Whether requests that belong to no operation do provoke it.
    pub outside_operations: bool,
    /// Why, in English.
    pub reason: String,
    /// Where the contract says so.
    pub place: Place,
}

impl Unreachable {
    fn holds_for(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }
}

impl Contract {
    /// Why no request to this operation is answered with this status; `None` where requests can be.
    pub fn unreachable_status(&self, operation: &str, status: u16) -> Option<&Unreachable> {
        self.unreachable
            .iter()
            .find(|entry| entry.statuses.contains(&status) && entry.holds_for(operation))
    }

    /// Why no request to this operation is answered with this code; `None` where requests can be.
    pub fn unreachable_code(&self, operation: &str, code: &str) -> Option<&Unreachable> {
        self.unreachable
            .iter()
            .find(|entry| entry.codes.iter().any(|listed| listed == code) && entry.holds_for(operation))
    }

    /// Everything listed as unreachable, in the order of the documents.
    pub fn unreachable(&self) -> &[Unreachable] {
        &self.unreachable
    }
}

/// Reads every entry of a document.
///
/// # Errors
/// Diagnostics for entries without a reason, and for those that name an unknown operation or code.
pub(super) fn read(
    root: &Node,
    operations: &[&str],
    codes: &[CodeEntry],
) -> Result<Vec<Unreachable>, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut entries = Vec::new();
    let nodes = root.get("x-utlegg-unreachable").map(Node::items);
    for node in nodes.unwrap_or_default() {
        match read_entry(node, operations, codes) {
            Ok(entry) => entries.push(entry),
            Err(problem) => found.push(problem),
        }
    }
    if found.has_errors() {
        Err(found)
    } else {
        Ok(entries)
    }
}

fn read_entry(node: &Node, operations: &[&str], codes: &[CodeEntry]) -> Result<Unreachable, Diagnostic> {
    let Some(reason) = node.get("reason").and_then(Node::as_str) else {
        return Err(
            Diagnostic::error("an entry of `x-utlegg-unreachable` has no `reason`")
                .at(node.place())
                .help("say in `reason` why no request provokes it"),
        );
    };
    let entry = Unreachable {
        statuses: list(node, "status", |item| {
            item.as_u64().and_then(|status| u16::try_from(status).ok())
        }),
        codes: list(node, "code", as_text),
        operations: list(node, "operations", as_text),
        outside_operations: node.get("outside_operations").map(Node::to_json) == Some(Value::Bool(true)),
        reason: reason.to_owned(),
        place: node.place(),
    };
    let known_codes = || codes.iter().map(|code| code.code.as_str());
    all_known(node, "operations", &entry.operations, || {
        operations.iter().copied()
    })?;
    all_known(node, "code", &entry.codes, known_codes)?;
    Ok(entry)
}

fn all_known<'a, I: Iterator<Item = &'a str>>(
    node: &Node,
    key: &str,
    listed: &[String],
    known: impl Fn() -> I,
) -> Result<(), Diagnostic> {
    let Some(unknown) = listed
        .iter()
        .find(|name| known().all(|known| known != name.as_str()))
    else {
        return Ok(());
    };
    Err(
        Diagnostic::error(format!("`x-utlegg-unreachable` names the unknown `{unknown}`"))
            .at(node.get(key).unwrap_or(node).place())
            .suggest(unknown, known()),
    )
}
