//! All documents of a load, by kind, and which bytes of a file belong to which.

use std::collections::HashMap;
use std::sync::Arc;

use super::grammar::{Checker, DOCUMENT, GROUP, Shape};
use super::identifiers;
use super::problems::Problems;
use crate::source::{Diagnostic, Node, Place, SourceFile, Span, parse_documents};

/// A document and the bytes it takes up.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub node: Node,
    pub extent: Extent,
}

/// A stretch of a file.
#[derive(Debug, Clone)]
pub(super) struct Extent {
    file: Arc<SourceFile>,
    span: Span,
}

impl Extent {
    /// Whether a place lies within.
    pub fn contains(&self, place: &Place) -> bool {
        Arc::ptr_eq(&self.file, &place.file) && (self.span.start..self.span.end).contains(&place.span.start)
    }
}

/// What the documents of all files define.
#[derive(Debug, Default)]
pub(super) struct Registry {
    /// In the order of the files.
    pub scenarios: Vec<Document>,
    /// By name.
    pub groups: HashMap<String, Document>,
}

impl Registry {
    /// Reads the files that are to be run, then those whose groups may be used.
    pub fn read(sources: &[Arc<SourceFile>], shared: &[Arc<SourceFile>], problems: &mut Problems) -> Self {
        let mut registry = Self::default();
        let mut ids: HashMap<String, Place> = HashMap::new();
        for file in sources {
            for document in documents(file, problems) {
                identifiers::check(&document.node, problems);
                let checker = Checker {
                    problems: &mut *problems,
                    open: true,
                };
                registry.add(document, &mut ids, checker);
            }
        }
        for document in shared.iter().flat_map(|file| documents(file, problems)) {
            if let Some(name) = document.node.get("group").and_then(Node::as_str)
                && !registry.groups.contains_key(name)
            {
                registry.groups.insert(name.to_owned(), document);
            }
        }
        registry
    }

    fn add(&mut self, document: Document, ids: &mut HashMap<String, Place>, mut checker: Checker<'_>) {
        let node = &document.node;
        if let Some(id) = node.get("scenario") {
            unique(id, "scenario", ids, checker.problems);
            self.scenarios.push(document);
        } else if let Some(name) = node.get("group") {
            checker.check(node, &Shape::Mapping(&GROUP), "group");
            unique(name, "group", ids, checker.problems);
            if let Some(name) = name.as_str() {
                self.groups.insert(name.to_owned(), document);
            }
        } else {
            checker.open = false;
            checker.check(node, &Shape::Variants(&DOCUMENT), "document");
        }
    }
}

/// The documents of a file; a file that is no YAML is a problem.
pub(super) fn documents(file: &Arc<SourceFile>, problems: &mut Problems) -> Vec<Document> {
    let nodes = match parse_documents(file) {
        Ok(nodes) => nodes,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let starts: Vec<usize> = nodes.iter().map(start_of).collect();
    let end_of = |at: usize| starts.get(at + 1).copied().unwrap_or(usize::MAX);
    nodes
        .into_iter()
        .enumerate()
        .map(|(at, node)| {
            let extent = Extent {
                file: Arc::clone(file),
                span: Span::new(starts[at], end_of(at)),
            };
            Document { node, extent }
        })
        .collect()
}

fn start_of(node: &Node) -> usize {
    let first = node.entries().first().map(|entry| entry.key_span.start);
    first.unwrap_or(node.span.start).min(node.span.start)
}

fn unique(id: &Node, kind: &str, ids: &mut HashMap<String, Place>, problems: &mut Problems) {
    let Some(text) = id.as_str() else { return };
    let key = format!("{kind} {text}");
    match ids.get(&key) {
        Some(first) => problems.push(
            Diagnostic::error(format!("{kind} `{text}` is defined twice"))
                .at(id.place())
                .label("here again")
                .related(first.clone(), "first here")
                .help(format!(
                    "give each {kind} an id of its own: reports and snapshots are filed under it"
                )),
        ),
        None => {
            ids.insert(key, id.place());
        }
    }
}
