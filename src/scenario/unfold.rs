//! Replaces `${case.…}` and a group's parameters where they stand for a whole value, before anything is decoded.

use serde_json::Value as Json;

use crate::source::{Entry, Node, Value};
use crate::template::Placeholder;

/// What becomes of a placeholder.
pub(super) enum Replacement {
    /// It stays: something else knows its name when the step runs.
    Keep,
    /// This takes its place, with its own span.
    With(Node),
    /// The key or element it is the value of goes away.
    Drop,
}

/// The same tree with placeholders replaced; `None` when the root itself is dropped. What is put in is not looked into.
pub(super) fn substitute(
    node: &Node,
    replace: &mut dyn FnMut(&Placeholder, &Node) -> Replacement,
) -> Option<Node> {
    let value = match &node.value {
        Value::String(text) if text.starts_with("${") => match Placeholder::parse(text) {
            Some(placeholder) => match replace(&placeholder, node) {
                Replacement::Keep => node.value.clone(),
                Replacement::With(node) => return Some(node),
                Replacement::Drop => return None,
            },
            None => node.value.clone(),
        },
        Value::Sequence(items) => Value::Sequence(
            items
                .iter()
                .filter_map(|item| substitute(item, replace))
                .collect(),
        ),
        Value::Mapping(entries) => Value::Mapping(
            entries
                .iter()
                .filter_map(|entry| {
                    Some(Entry {
                        key: entry.key.clone(),
                        key_span: entry.key_span,
                        value: substitute(&entry.value, replace)?,
                    })
                })
                .collect(),
        ),
        other => other.clone(),
    };
    Some(Node {
        value,
        file: std::sync::Arc::clone(&node.file),
        span: node.span,
    })
}

/// A placeholder's fallback as what replaces it; `null` takes the key away.
pub(super) fn fallback(value: &Json, at: &Node) -> Replacement {
    let value = match value {
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.clone()),
        Json::String(text) => Value::String(text.clone()),
        _ => return Replacement::Drop,
    };
    Replacement::With(Node {
        value,
        file: std::sync::Arc::clone(&at.file),
        span: at.span,
    })
}

/// How many nodes a tree has.
pub(super) fn size(node: &Node) -> usize {
    1 + node.items().iter().map(size).sum::<usize>()
        + node
            .entries()
            .iter()
            .map(|entry| size(&entry.value))
            .sum::<usize>()
}
