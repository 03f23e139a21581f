//! Collects diagnostics: each once, in the order of the files, and not without end.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::source::{Diagnostic, Diagnostics, Severity, SourceFile};

/// The most diagnostics one load reports.
const MOST: usize = 300;

/// A file's address, and a span in it.
type Spot = (usize, usize, usize);

/// A collection of diagnostics. The same steps are read once for each case, so most are found more than once.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Diagnostic>,
    seen: HashSet<(String, Option<Spot>)>,
    dropped: usize,
    errors: usize,
}

impl Problems {
    /// Adds a diagnostic unless the same was found at the same place.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        let place = diagnostic
            .place
            .as_ref()
            .map(|place| (Arc::as_ptr(&place.file).addr(), place.span.start, place.span.end));
        if !self.seen.insert((diagnostic.message.clone(), place)) {
            return;
        }
        if self.found.len() < MOST {
            self.found.push(diagnostic);
        } else {
            self.dropped += 1;
        }
    }

    /// Adds all of a collection.
    pub fn extend(&mut self, diagnostics: Diagnostics) {
        diagnostics
            .0
            .into_iter()
            .for_each(|diagnostic| self.push(diagnostic));
    }

    /// How many errors were added, repeated ones too: to see whether something added any.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// All of them: files in the order given, others after them, by place within a file.
    pub fn into_diagnostics(self, files: &[Arc<SourceFile>]) -> Diagnostics {
        let mut order: HashMap<usize, usize> = files
            .iter()
            .enumerate()
            .map(|(at, file)| (Arc::as_ptr(file).addr(), at))
            .collect();
        let mut found = self.found;
        for diagnostic in &found {
            if let Some(place) = &diagnostic.place {
                let next = order.len();
                order.entry(Arc::as_ptr(&place.file).addr()).or_insert(next);
            }
        }
        found.sort_by_key(|diagnostic| {
            diagnostic.place.as_ref().map(|place| {
                let file = order.get(&Arc::as_ptr(&place.file).addr()).copied();
                (file.unwrap_or(usize::MAX), place.span.start)
            })
        });
        if self.dropped > 0 {
            found.push(Diagnostic::error(format!(
                "{} more problems are not shown",
                self.dropped
            )));
        }
        Diagnostics(found)
    }
}
