//! The reporter for people: one line per test in a stable order, blocks for what went wrong, a summary.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::block::{test_block, test_line};
use super::closing::{closing, guard_exceptions, opening};
use super::palette::Palette;
use super::progress::Progress;
use super::step::step_lines;
use crate::outcome::{Event, StepRecord, TestFinished, TestId, Verdict};
use crate::report::{Fold, Reporter};

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// `--quiet`: failures and errors, and one closing line.
    Quiet,
    /// A line per test, blocks for what went wrong, a summary.
    #[default]
    Normal,
    /// `-v`: each step too.
    Steps,
    /// `-vv`: each check too.
    Checks,
}

/// How to print.
#[derive(Debug, Clone, Default)]
pub struct TerminalOptions {
    /// Whether to paint; the caller has looked at `NO_COLOR` and the like.
    pub colour: bool,
    /// Whether to show progress that moves; only where standard output and error are a terminal.
    pub live: bool,
    /// How much.
    pub verbosity: Verbosity,
    /// Where the reports of this run are, as the user would type it.
    pub reports: Option<String>,
}

/// Prints to `out` while the run goes on.
///
/// Tests end in any order; they are printed in theirs, and one that ends early waits for those before it.
pub struct Terminal<W> {
    out: W,
    options: TerminalOptions,
    palette: Palette,
    progress: Progress,
    fold: Fold,
    /// The step lines of tests under way.
    steps: HashMap<TestId, String>,
    /// What is to be printed once all tests before it are.
    waiting: BTreeMap<usize, String>,
    next: usize,
    /// Whether the last line printed was blank.
    blank: bool,
}

impl<W: Write> Terminal<W> {
    /// Prints to `out`.
    pub fn new(out: W, options: TerminalOptions) -> Self {
        Self {
            out,
            palette: Palette {
                colour: options.colour,
            },
            progress: Progress::new(options.live),
            options,
            fold: Fold::new(),
            steps: HashMap::new(),
            waiting: BTreeMap::new(),
            next: 0,
            blank: false,
        }
    }

    fn print(&mut self, text: &str) -> io::Result<()> {
        self.blank = text.ends_with("\n\n");
        let Self { out, progress, .. } = self;
        progress.above(|| {
            out.write_all(text.as_bytes())?;
            out.flush()
        })
    }

    fn step_finished(&mut self, step: &StepRecord) {
        if self.options.verbosity >= Verbosity::Steps {
            let checks = self.options.verbosity >= Verbosity::Checks;
            let lines = step_lines(step, checks, self.palette);
            self.steps.entry(step.test.clone()).or_default().push_str(&lines);
        }
    }

    fn test_finished(&mut self, event: &Event, end: &TestFinished) -> io::Result<()> {
        let steps = self.steps.remove(&end.test).unwrap_or_default();
        let Some(test) = self.fold.on_event(event) else {
            return Ok(());
        };
        let silent = match self.options.verbosity {
            Verbosity::Quiet => !matches!(test.verdict, Verdict::Failed | Verdict::Error),
            // An interrupted run may leave hundreds of tests that never began: they are counted, not listed.
            Verbosity::Normal => test.verdict == Verdict::NotRun && test.steps == 0,
            Verbosity::Steps | Verbosity::Checks => false,
        };
        let lines = if silent {
            String::new()
        } else {
            test_line(test, self.palette) + &steps + &test_block(test, self.palette)
        };
        self.waiting.entry(end.order).or_default().push_str(&lines);
        self.progress.test_finished(&end.test, &self.fold.counts());
        while let Some(text) = self.waiting.remove(&self.next) {
            self.next += 1;
            if !text.is_empty() {
                self.print(&text)?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Reporter for Terminal<W> {
    fn on_event(&mut self, event: &Event) -> io::Result<()> {
        if let Event::TestFinished(end) = event {
            return self.test_finished(event, end);
        }
        self.fold.on_event(event);
        match event {
            Event::RunStarted(run) => {
                self.progress.begin(run.tests);
                let quiet = self.options.verbosity == Verbosity::Quiet;
                self.print(&if quiet {
                    guard_exceptions(run)
                } else {
                    opening(run, self.palette)
                })?;
            }
            Event::TestStarted(test) => self.progress.test_started(&test.test, &self.fold.counts()),
            Event::StepFinished(step) => self.step_finished(step),
            Event::TestFinished(_) | Event::RunFinished(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.progress.end();
        for text in std::mem::take(&mut self.waiting).into_values() {
            self.print(&text)?;
        }
        match self.fold.summary() {
            Some(summary) => {
                let quiet = self.options.verbosity == Verbosity::Quiet;
                let gap = if self.blank || quiet { "" } else { "\n" };
                self.print(&format!(
                    "{gap}{}",
                    closing(&summary, &self.options, self.palette)
                ))
            }
            None => Ok(()),
        }
    }
}
