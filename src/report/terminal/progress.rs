//! The one line that moves while a run goes on.

use std::collections::BTreeSet;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::outcome::{Counts, TestId};

/// How many running tests are named.
const NAMED: usize = 2;

/// A progress line, or none where the output is not a terminal.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    running: BTreeSet<TestId>,
}

impl Progress {
    /// A line on the terminal if `live`.
    pub(super) fn new(live: bool) -> Self {
        Self {
            bar: live.then(ProgressBar::no_length),
            running: BTreeSet::new(),
        }
    }

    pub(super) fn begin(&self, tests: usize) {
        let Some(bar) = &self.bar else { return };
        let template = "  {spinner} {pos}/{len}  {elapsed}  {wide_msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_length(tests as u64);
        bar.enable_steady_tick(Duration::from_millis(120));
    }

    pub(super) fn test_started(&mut self, test: &TestId, counts: &Counts) {
        if self.bar.is_some() {
            self.running.insert(test.clone());
            self.show(counts);
        }
    }

    pub(super) fn test_finished(&mut self, test: &TestId, counts: &Counts) {
        let Some(bar) = &self.bar else { return };
        bar.inc(1);
        self.running.remove(test);
        self.show(counts);
    }

    /// Prints above the line: `print` runs while the line is away.
    pub(super) fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub(super) fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn show(&self, counts: &Counts) {
        let Some(bar) = &self.bar else { return };
        let mut parts = Vec::new();
        if counts.failed > 0 {
            parts.push(format!("{} failed", counts.failed));
        }
        if counts.error > 0 {
            parts.push(format!("{} not judged", counts.error));
        }
        let mut running: Vec<String> = self.running.iter().take(NAMED).map(ToString::to_string).collect();
        if self.running.len() > NAMED {
            running.push(format!("and {} more", self.running.len() - NAMED));
        }
        if !running.is_empty() {
            parts.push(format!("running {}", running.join(", ")));
        }
        bar.set_message(parts.join(" · "));
    }
}
