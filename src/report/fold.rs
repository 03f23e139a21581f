//! Folds a run's events into its summary.

use std::collections::{BTreeMap, HashMap};

use super::problem::{problem_of, size};
use super::{Circumstances, ExitCode};
use crate::outcome::{
    CheckCounts, CheckResult, Completion, Counts, Event, Measure, MeasureSummary, Note, NoteGroup, NoteKind,
    Obligation, Problem, RunFinished, RunStarted, SCHEMA_VERSION, StepOutcome, StepRecord, Summary,
    TestFinished, TestId, TestStarted, TestSummary, Verdict,
};

/// How many bytes the kept failed steps of a run may take together; all of them stand in the journal.
const MAX_PROBLEM_BYTES: usize = 8 << 20;
/// How many different notes are kept; the rest are counted.
const MAX_NOTES: usize = 1000;

/// Folds events, in the order of the journal, into a [`Summary`].
///
/// It keeps what each test came to and a bounded number of problems and notes, never steps or exchanges, so its size
/// depends on the number of tests and not on the number of steps.
#[derive(Debug, Default)]
pub struct Fold {
    run: Option<RunStarted>,
    running: HashMap<TestId, TestSummary>,
    /// By order, so that they come out in it whenever they finish.
    tests: BTreeMap<(usize, TestId), TestSummary>,
    /// Note → how often, and the order of the first test that has it.
    notes: HashMap<(NoteKind, String), (u64, usize, TestId)>,
    notes_omitted: u64,
    problem_bytes: usize,
    finished: Option<RunFinished>,
}

impl Fold {
    /// Nothing folded yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next event; returns the test that it finished, if it did.
    pub fn on_event(&mut self, event: &Event) -> Option<&TestSummary> {
        match event {
            Event::RunStarted(run) => self.run = Some((**run).clone()),
            Event::TestStarted(test) => drop(self.running.insert(test.test.clone(), begun(test))),
            Event::StepFinished(step) => self.step_finished(step),
            Event::TestFinished(test) => return self.test_finished(test),
            Event::RunFinished(run) => self.finished = Some(run.clone()),
        }
        None
    }

    /// What the first event said, once it has come.
    pub fn run(&self) -> Option<&RunStarted> {
        self.run.as_ref()
    }

    /// How many tests have ended how so far.
    pub fn counts(&self) -> Counts {
        count(self.tests.values())
    }

    fn step_finished(&mut self, step: &StepRecord) {
        let Some(test) = self.running.get_mut(&step.test) else {
            return;
        };
        test.steps += usize::from(step.outcome != StepOutcome::NotRun);
        test.requests += u64::from(step.attempts);
        for check in &step.checks {
            match check.result {
                CheckResult::Passed => test.checks.passed += 1,
                CheckResult::Failed => test.checks.failed += 1,
            }
            test.checks.reconstructed += u64::from(check.reconstructed);
        }
        if let Some((name, us)) = &step.measure {
            test.measures.push(Measure {
                name: name.clone(),
                us: *us,
            });
        }
        if matches!(step.outcome, StepOutcome::Failed | StepOutcome::Error) {
            if self.problem_bytes < MAX_PROBLEM_BYTES {
                let problem = problem_of(step);
                self.problem_bytes += size(&problem);
                test.problems.push(problem);
            } else {
                test.problems_omitted += 1;
            }
        }
        let order = test.order;
        for note in &step.notes {
            self.note(note, order, &step.test);
        }
    }

    fn note(&mut self, note: &Note, order: usize, test: &TestId) {
        let full = self.notes.len() >= MAX_NOTES;
        let key = (note.kind, note.text.clone());
        if full && !self.notes.contains_key(&key) {
            self.notes_omitted += 1;
            return;
        }
        let (count, first, first_test) = self.notes.entry(key).or_insert_with(|| (0, order, test.clone()));
        *count += 1;
        if order < *first {
            (*first, *first_test) = (order, test.clone());
        }
    }

    fn test_finished(&mut self, end: &TestFinished) -> Option<&TestSummary> {
        let begun = self.running.remove(&end.test);
        let mut test = begun.unwrap_or_else(|| empty(end.test.clone(), end.order));
        test.title.clone_from(&end.title);
        test.place = Some(end.place.clone());
        test.tags.clone_from(&end.tags);
        test.obligation = end.obligation;
        test.verdict = end.verdict;
        test.reason.clone_from(&end.reason);
        test.elapsed_us = end.elapsed_us;
        test.rerun = Some(end.rerun.clone());
        let key = (end.order, end.test.clone());
        self.tests.insert(key.clone(), test);
        self.tests.get(&key)
    }

    /// What the events came to; `None` when there was not even the first one.
    ///
    /// Without the last event the run was cut off: tests under way count as not run, and so do those that had not begun.
    pub fn summary(&self) -> Option<Summary> {
        let run = self.run.clone()?;
        let mut tests = self.tests.clone();
        tests.extend(
            self.running
                .values()
                .map(|test| ((test.order, test.id.clone()), unfinished(test))),
        );
        let mut counts = count(tests.values());
        counts.not_run += run.tests.saturating_sub(tests.len());
        let completion = match &self.finished {
            None => Completion::CutOff,
            Some(end) if end.interruption.is_some() => Completion::Interrupted,
            Some(_) => Completion::Finished,
        };
        let cut_off = Circumstances {
            interrupted: true,
            invalid: false,
        };
        let exit_code = || ExitCode::of_run(&counts, cut_off).code();
        Some(Summary {
            schema_version: SCHEMA_VERSION,
            run,
            completion,
            finished_at: self.finished.as_ref().map(|end| end.finished_at),
            elapsed_us: self.finished.as_ref().map(|end| end.elapsed_us),
            exit_code: self.finished.as_ref().map_or_else(exit_code, |end| end.exit_code),
            counts,
            checks: tests
                .values()
                .fold(CheckCounts::default(), |sum, test| added(sum, test.checks)),
            requests: tests.values().map(|test| test.requests).sum(),
            measures: measures(tests.values()),
            notes: self.note_groups(),
            notes_omitted: self.notes_omitted,
            tests: tests.into_values().collect(),
        })
    }

    /// The notes by kind, the most frequent first.
    fn note_groups(&self) -> Vec<NoteGroup> {
        let groups = self
            .notes
            .iter()
            .map(|((kind, text), (count, _, test))| NoteGroup {
                kind: *kind,
                text: text.clone(),
                count: *count,
                test: test.clone(),
            });
        let mut groups: Vec<_> = groups.collect();
        groups.sort_by(|a, b| (a.kind, b.count, &a.text).cmp(&(b.kind, a.count, &b.text)));
        groups
    }
}

/// A test of which nothing is known but its id.
fn empty(id: TestId, order: usize) -> TestSummary {
    TestSummary {
        id,
        order,
        title: String::new(),
        place: None,
        tags: Vec::new(),
        obligation: Obligation::default(),
        verdict: Verdict::NotRun,
        reason: None,
        elapsed_us: 0,
        steps: 0,
        requests: 0,
        checks: CheckCounts::default(),
        measures: Vec::new(),
        problems: Vec::new(),
        problems_omitted: 0,
        rerun: None,
    }
}

fn begun(test: &TestStarted) -> TestSummary {
    empty(test.test.clone(), test.order)
}

/// A test that had begun when the journal ended.
fn unfinished(test: &TestSummary) -> TestSummary {
    let failed = test
        .problems
        .iter()
        .filter(|p: &&Problem| p.outcome == StepOutcome::Failed)
        .count();
    let so_far = match (test.steps, failed) {
        (0, _) => "none of its steps had finished".to_owned(),
        (steps, 0) => format!("{} had finished", super::units::counted(steps as u64, "step")),
        (steps, failed) => format!(
            "{} had finished, {failed} of them failed",
            super::units::counted(steps as u64, "step")
        ),
    };
    TestSummary {
        reason: Some(format!("the run ended before this test did; {so_far}")),
        ..test.clone()
    }
}

fn count<'a>(tests: impl Iterator<Item = &'a TestSummary>) -> Counts {
    let mut counts = Counts::default();
    for test in tests {
        let counter = match test.verdict {
            Verdict::Passed => &mut counts.passed,
            Verdict::Warning => &mut counts.warning,
            Verdict::Failed => &mut counts.failed,
            Verdict::Error => &mut counts.error,
            Verdict::NotApplicable => &mut counts.not_applicable,
            Verdict::NotRun => &mut counts.not_run,
        };
        *counter += 1;
    }
    counts
}

fn added(a: CheckCounts, b: CheckCounts) -> CheckCounts {
    CheckCounts {
        passed: a.passed + b.passed,
        failed: a.failed + b.failed,
        reconstructed: a.reconstructed + b.reconstructed,
    }
}

fn measures<'a>(tests: impl Iterator<Item = &'a TestSummary>) -> Vec<MeasureSummary> {
    let mut values: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for measure in tests.flat_map(|test| &test.measures) {
        values.entry(&measure.name).or_default().push(measure.us);
    }
    let summarised = values.into_iter().map(|(name, mut values)| {
        values.sort_unstable();
        MeasureSummary {
            name: name.to_owned(),
            count: values.len(),
            min_us: values[0],
            median_us: values[(values.len() - 1) / 2],
            max_us: values[values.len() - 1],
        }
    });
    summarised.collect()
}
