//! What one load reads besides its scenarios: request files, each once, and attachments; and how much it may unfold.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::files::{Files, candidates};
use super::grammar::{Checker, REQUEST, Shape};
use super::identifiers;
use super::problems::Problems;
use super::registry::{Document, documents};
use crate::source::{Diagnostic, Node, SourceFile};

/// The most nodes that unfolding cases and groups may make in one load.
const MAX_UNFOLDED: usize = 5_000_000;

/// Files read on the way, and the budget for unfolding.
pub(super) struct Library<'a> {
    files: &'a dyn Files,
    requests: RefCell<HashMap<PathBuf, Option<Document>>>,
    unfolded: Cell<usize>,
}

impl<'a> Library<'a> {
    /// Nothing read yet.
    pub fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            requests: RefCell::default(),
            unfolded: Cell::new(0),
        }
    }

    /// Takes `nodes` from the budget.
    ///
    /// # Errors
    /// A diagnostic when there is not so much left.
    pub fn spend(&self, nodes: usize) -> Result<(), Diagnostic> {
        let total = self.unfolded.get().saturating_add(nodes);
        if total > MAX_UNFOLDED {
            return Err(
                Diagnostic::error(format!("the scenarios unfold to more than {MAX_UNFOLDED} parts"))
                    .help("fewer cases, or smaller steps in them"),
            );
        }
        self.unfolded.set(total);
        Ok(())
    }

    /// The bytes of the file called `name` in `by`; `None` when there is none.
    pub fn bytes(&self, by: &SourceFile, name: &str) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        candidates(by, name)
            .iter()
            .find_map(|path| self.files.read_bytes(path))
    }

    /// The request document in the file called `name`, which `at` names; problems with it are reported once.
    pub fn request(&self, name: &str, at: &Node, problems: &mut Problems) -> Option<Document> {
        for path in candidates(&at.file, name) {
            if let Some(known) = self.requests.borrow().get(&path) {
                return known.clone();
            }
            let Some(read) = self.files.read(&path) else {
                continue;
            };
            let document = match read {
                Ok(file) => request_of(&file, at, problems),
                Err(problem) => {
                    problems.push(Diagnostic {
                        place: problem.place.clone().or(Some(at.place())),
                        ..problem
                    });
                    None
                }
            };
            self.requests.borrow_mut().insert(path, document.clone());
            return document;
        }
        problems.push(
            Diagnostic::error(format!("there is no request file `{name}`"))
                .at(at.place())
                .help("it is looked for in the scenario's folder, in those above it, and among the built-in ones"),
        );
        None
    }
}

fn request_of(file: &Arc<SourceFile>, at: &Node, problems: &mut Problems) -> Option<Document> {
    let before = problems.errors();
    let all = documents(file, problems);
    let Some(found) = all
        .into_iter()
        .find(|document| document.node.get("request").is_some())
    else {
        if problems.errors() == before {
            problems.push(
                Diagnostic::error(format!("{} holds no document with `request:`", file.name()))
                    .at(at.place())
                    .help("a request file begins `request: NAME` and has the JSON under `body:`"),
            );
        }
        return None;
    };
    identifiers::check(&found.node, problems);
    Checker {
        problems,
        open: false,
    }
    .check(&found.node, &Shape::Mapping(&REQUEST), "request");
    Some(found)
}
