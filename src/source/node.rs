//! A YAML document as a tree in which every key and value knows its place.

use std::sync::Arc;

use super::{Place, SourceFile, Span};

/// A YAML node with the bytes it was written in.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it holds.
    pub value: Value,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// Its bytes; for an alias, the alias.
    pub span: Span,
}

/// What a node holds, by YAML 1.2 rules (`NO` and `0301` are strings).
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as JSON knows it.
    Number(serde_json::Number),
    /// Text, plain or quoted.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, in the order written.
    Mapping(Vec<Entry>),
}

/// A key and its value in a mapping.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// The key's bytes.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Where the node stands.
    pub fn place(&self) -> Place {
        Place::new(&self.file, self.span)
    }

    /// The text as it was written, quotes included.
    pub fn raw(&self) -> &str {
        self.file
            .text()
            .get(self.span.start..self.span.end)
            .unwrap_or_default()
    }

    /// Whether a scalar was written without quotes or block indicator.
    pub fn is_plain(&self) -> bool {
        !self.raw().starts_with(['"', '\'', '|', '>'])
    }

    /// The value under `key`, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry under `key`, when this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping; nothing for any other node.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; nothing for any other node.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string node.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of node it is, in a user's words.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The same tree without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => n.clone().into(),
            Value::String(s) => s.clone().into(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// The node at an RFC 6901 pointer, or the deepest one on the way there.
    pub fn nearest(&self, pointer: &str) -> &Node {
        let mut node = self;
        for token in pointer.split('/').skip(1) {
            let token = token.replace("~1", "/").replace("~0", "~");
            let next = match &node.value {
                Value::Sequence(items) => token.parse().ok().and_then(|i: usize| items.get(i)),
                _ => node.get(&token),
            };
            match next {
                Some(found) => node = found,
                None => break,
            }
        }
        node
    }
}
