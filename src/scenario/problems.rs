//! Collects diagnostics: each once, in the order of the files, and not without end.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::{Diagnostic, Diagnostics, Severity, SourceFile};

/// The most diagnostics one load reports.
const MOST: usize = 300;

/// Stands in a message for the models it holds for.
pub(super) const MODELS: &str = "{models}";

/// A file's address, and a span in it.
type Spot = (usize, usize, usize);

/// A collection of diagnostics. The same steps are read once for each case, so most are found more than once.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: Vec<Diagnostic>,
    /// The models of those that hold for a model only, by position in `found`.
    models: HashMap<usize, Vec<String>>,
    /// Where each stands in `found`; nothing for one that was dropped.
    seen: HashMap<(String, Option<Spot>), Option<usize>>,
    dropped: usize,
    errors: usize,
}

impl Problems {
    /// Adds a diagnostic unless the same was found at the same place.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.add(diagnostic);
    }

    /// The same, and gives its position in `found`; nothing for one that is dropped.
    fn add(&mut self, diagnostic: Diagnostic) -> Option<usize> {
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        let place = diagnostic
            .place
            .as_ref()
            .map(|place| (Arc::as_ptr(&place.file).addr(), place.span.start, place.span.end));
        let key = (diagnostic.message.clone(), place);
        if let Some(position) = self.seen.get(&key) {
            return *position;
        }
        let kept = self.found.len() < MOST;
        self.seen.insert(key, kept.then_some(self.found.len()));
        if !kept {
            self.dropped += 1;
            return None;
        }
        self.found.push(diagnostic);
        Some(self.found.len() - 1)
    }

    /// Adds a diagnostic that holds for a model only. Its message has [`MODELS`] in the place of that model, so that one
    /// mistake is told once, with every model it is one for.
    pub fn push_for_model(&mut self, model: &str, diagnostic: Diagnostic) {
        let Some(position) = self.add(diagnostic) else {
            return;
        };
        let models = self.models.entry(position).or_default();
        if !models.iter().any(|known| known == model) {
            models.push(model.to_owned());
        }
    }

    /// Adds all of a collection.
    pub fn extend(&mut self, diagnostics: Diagnostics) {
        for diagnostic in diagnostics.0 {
            self.push(diagnostic);
        }
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
        for (position, models) in &self.models {
            let plural = if models.len() == 1 { "" } else { "s" };
            let words = format!("model{plural} `{}`", models.join("`, `"));
            found[*position].message = found[*position].message.replace(MODELS, &words);
        }
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
