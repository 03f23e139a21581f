//! Reads a mapping key by key, so that every key is known and every value has its type.

use std::path::PathBuf;
use std::time::Duration;

use crate::source::{Diagnostic, Diagnostics, Entry, Node, Place, Value};

/// A mapping that is being read.
///
/// Each key that is asked for counts as known; [`Fields::finish`] reports the others.
pub(super) struct Fields<'a> {
    node: &'a Node,
    name: &'a str,
    known: Vec<&'static str>,
    pub(super) problems: Diagnostics,
}

impl<'a> Fields<'a> {
    /// Starts reading `node`, which the messages call `name`.
    pub(super) fn of(node: &'a Node, name: &'a str) -> Self {
        let mut problems = Diagnostics::default();
        if !matches!(node.value, Value::Mapping(_) | Value::Null) {
            let message = format!("`{name}` must be a mapping, not {}", node.kind());
            problems.push(Diagnostic::error(message).at(node.place()));
        }
        Self {
            node,
            name,
            known: Vec::new(),
            problems,
        }
    }

    /// The value under `key`; nothing for a missing or empty one.
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.known.push(key);
        self.node
            .get(key)
            .filter(|node| !matches!(node.value, Value::Null))
    }

    /// A text.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        self.text_of(node, key)
    }

    /// A text that must be there.
    pub(super) fn required_text(&mut self, key: &'static str) -> Option<String> {
        if self.node.get(key).is_none() {
            let message = format!("`{}` needs `{key}`", self.name);
            self.problems
                .push(Diagnostic::error(message).at(self.node.place()));
        }
        self.text(key)
    }

    /// A path, relative to the folder of the settings file.
    pub(super) fn path(&mut self, key: &'static str) -> Option<PathBuf> {
        let node = self.get(key)?;
        let text = self.text_of(node, key)?;
        Some(relative_to(node, &text))
    }

    /// One path or a list of them.
    pub(super) fn paths(&mut self, key: &'static str) -> Vec<PathBuf> {
        self.texts_with_places(key)
            .into_iter()
            .map(|(text, node)| relative_to(node, &text))
            .collect()
    }

    /// One text or a list of them.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.texts_with_places(key)
            .into_iter()
            .map(|(text, _)| text)
            .collect()
    }

    fn texts_with_places(&mut self, key: &'static str) -> Vec<(String, &'a Node)> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        let nodes = match &node.value {
            Value::Sequence(items) => items.iter().collect(),
            _ => vec![node],
        };
        nodes
            .into_iter()
            .filter_map(|node| Some((self.text_of(node, key)?, node)))
            .collect()
    }

    /// A whole number of at least one.
    pub(super) fn count(&mut self, key: &'static str) -> Option<usize> {
        let node = self.get(key)?;
        let count = match &node.value {
            Value::Number(n) => n.as_u64().and_then(|n| usize::try_from(n).ok()),
            _ => None,
        };
        if count.is_none_or(|n| n == 0) {
            self.wrong(node, key, "a whole number above 0");
            return None;
        }
        count
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        if let Value::Bool(flag) = node.value {
            return Some(flag);
        }
        self.wrong(node, key, "true or false");
        None
    }

    /// A duration such as `30s`.
    pub(super) fn duration(&mut self, key: &'static str) -> Option<Duration> {
        let node = self.get(key)?;
        let parsed = node.as_str().and_then(crate::source::parse_duration);
        if parsed.is_none() {
            self.wrong(node, key, "a duration such as `30s`, `2m` or `250ms`");
        }
        parsed
    }

    /// A mapping of free names.
    pub(super) fn entries(&mut self, key: &'static str) -> &'a [Entry] {
        let Some(node) = self.get(key) else {
            return &[];
        };
        if !matches!(node.value, Value::Mapping(_)) {
            self.wrong(node, key, "a mapping");
        }
        node.entries()
    }

    /// Reports keys that nothing asked for, and hands over all problems.
    pub(super) fn finish(mut self) -> Diagnostics {
        for entry in self.node.entries() {
            if !self.known.contains(&entry.key.as_str()) {
                let place = Place::new(&self.node.file, entry.key_span);
                self.problems.push(
                    Diagnostic::error(format!("unknown key `{}` in `{}`", entry.key, self.name))
                        .at(place)
                        .label(format!("known: {}", self.known.join(", ")))
                        .suggest(&entry.key, self.known.iter().copied()),
                );
            }
        }
        self.problems
    }

    fn text_of(&mut self, node: &Node, key: &str) -> Option<String> {
        match &node.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(_) if node.is_plain() => {
                let message = format!("`{key}` must be text: quote it");
                self.problems.push(
                    Diagnostic::error(message)
                        .at(node.place())
                        .help(format!("write \"{}\"", node.raw())),
                );
                None
            }
            _ => {
                self.wrong(node, key, "text");
                None
            }
        }
    }

    fn wrong(&mut self, node: &Node, key: &str, expected: &str) {
        let message = format!("`{key}` must be {expected}, not {}", node.kind());
        self.problems.push(Diagnostic::error(message).at(node.place()));
    }
}

fn relative_to(node: &Node, text: &str) -> PathBuf {
    let folder = PathBuf::from(node.file.name());
    folder
        .parent()
        .map_or_else(PathBuf::new, PathBuf::from)
        .join(text)
}
