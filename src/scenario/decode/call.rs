//! What a step sends: calls, raw requests, patches, parts.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Decoder;
use super::scalar::{located, path, word};
use crate::scenario::{Call, Part, PartContent, PatchOperation, Path, Raw};
use crate::source::{Diagnostic, Entry, Located, Node, Place, Value};
use crate::template::{Template, TextTemplate};

impl Decoder<'_> {
    /// A call of the operation that `operation` names.
    pub(super) fn call(&mut self, node: &Node, operation: &Node) -> Option<Call> {
        let operation = word(operation)?;
        let mut with = Vec::new();
        for entry in node.get("with").map(Node::entries).unwrap_or_default() {
            if let Some(value) = self.template(&entry.value) {
                with.push((key(entry, node), value));
            }
        }
        let mut query = Vec::new();
        for entry in node.get("query").map(Node::entries).unwrap_or_default() {
            if let Some(value) = self.text_template(&entry.value) {
                query.push((key(entry, node), value));
            }
        }
        Some(Call {
            operation,
            with,
            query,
            headers: self.headers(node),
            body: node.get("body").and_then(|node| self.template(node)),
            patch: node.get("patch").map(|node| self.patch(node)),
            multipart: self.multipart(node),
        })
    }

    /// A request that the contract does not describe.
    pub(super) fn raw(&mut self, node: &Node) -> Option<Raw> {
        if let (Some(_), Some(second)) = (node.get("body"), node.entry("bytes")) {
            self.problems.push(
                Diagnostic::error("a raw request has `body` or `bytes`, not both")
                    .at(Place::new(&node.file, second.key_span)),
            );
        }
        Some(Raw {
            method: self.text_template(node.get("method")?)?,
            path: self.text_template(node.get("path")?)?,
            api: node.get("api").and_then(word),
            headers: self.headers(node),
            body: node.get("body").and_then(|node| self.text_template(node)),
            bytes: node
                .get("bytes")
                .and_then(|node| STANDARD.decode(node.as_str()?).ok()),
        })
    }

    /// The operations of a JSON Patch.
    pub(super) fn patch(&mut self, node: &Node) -> Located<Vec<PatchOperation>> {
        let operations = node
            .items()
            .iter()
            .filter_map(|node| self.operation(node))
            .collect();
        located(operations, node)
    }

    /// Values by path.
    pub(super) fn set(&mut self, node: &Node) -> Vec<(Path, Template)> {
        let mut found = Vec::new();
        for entry in node.entries() {
            let place = Place::new(&node.file, entry.key_span);
            if let (Some(path), Some(value)) = (path(&entry.key, place), self.template(&entry.value)) {
                found.push((path, value));
            }
        }
        found
    }

    fn operation(&mut self, node: &Node) -> Option<PatchOperation> {
        let op = node.get("op").and_then(word)?;
        let needed = match op.value.as_str() {
            "move" | "copy" => Some("from"),
            "add" | "replace" | "test" => Some("value"),
            _ => None,
        };
        if let Some(needed) = needed.filter(|needed| node.get(needed).is_none()) {
            self.problems.push(
                Diagnostic::error(format!("`{}` needs `{needed}`", op.value))
                    .at(op.place.clone())
                    .label(format!("no `{needed}` beside it")),
            );
            return None;
        }
        let path = node.get("path")?;
        let from = match node.get("from") {
            Some(from) => Some(located(self.text_template(from)?, from)),
            None => None,
        };
        Some(PatchOperation {
            path: located(self.text_template(path)?, path),
            from,
            value: node.get("value").and_then(|node| self.template(node)),
            op,
        })
    }

    fn headers(&mut self, node: &Node) -> Vec<(Located<String>, Option<TextTemplate>)> {
        let mut headers = Vec::new();
        for entry in node.get("headers").map(Node::entries).unwrap_or_default() {
            let value = match entry.value.value {
                Value::Null => None,
                _ => self.text_template(&entry.value),
            };
            headers.push((key(entry, node), value));
        }
        headers
    }

    fn multipart(&mut self, node: &Node) -> Vec<Part> {
        let mut parts = Vec::new();
        for entry in node.get("multipart").map(Node::entries).unwrap_or_default() {
            let value = &entry.value;
            let content = match &value.value {
                Value::Mapping(_) => self.content(value),
                _ => self.text_template(value).map(PartContent::Text),
            };
            let Some(content) = content else { continue };
            parts.push(Part {
                name: key(entry, node),
                content,
                filename: value.get("filename").and_then(|node| self.text_template(node)),
                media_type: value.get("type").and_then(|node| self.text_template(node)),
            });
        }
        parts
    }

    fn content(&mut self, node: &Node) -> Option<PartContent> {
        match (node.get("text"), node.get("base64"), node.get("file")) {
            (Some(text), None, None) => self.text_template(text).map(PartContent::Text),
            (None, Some(bytes), None) => STANDARD.decode(bytes.as_str()?).ok().map(PartContent::Base64),
            (None, None, Some(file)) => self.file(file).map(PartContent::File),
            _ => {
                let message = "a part has exactly one of `text`, `base64`, `file`";
                self.problems.push(Diagnostic::error(message).at(node.place()));
                None
            }
        }
    }

    fn file(&mut self, node: &Node) -> Option<std::sync::Arc<[u8]>> {
        let name = node.as_str()?;
        match self.library.bytes(&node.file, name) {
            Some(Ok(bytes)) => return Some(bytes),
            Some(Err(problem)) => self.problems.push(problem.at(node.place())),
            None => self.problems.push(
                Diagnostic::error(format!("there is no file `{name}`"))
                    .at(node.place())
                    .help("it is looked for in the scenario's folder and in those above it"),
            ),
        }
        None
    }
}

/// A key as a name with its place.
pub(super) fn key(entry: &Entry, node: &Node) -> Located<String> {
    Located {
        value: entry.key.clone(),
        place: Place::new(&node.file, entry.key_span),
    }
}
