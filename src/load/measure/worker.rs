//! What a user records with.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::failures::Failures;
use super::recorder::Shared;
use super::rows::RowId;
use super::sample::{CallSample, IterationOutcome, Start};
use super::shape::Failure;
use crate::http::ErrorReading;
use crate::outcome::load::FailureKind;
use crate::outcome::{StepOutcome, StepRecord};
use crate::runner::FinishedStep;

/// What a user records with. Nothing waits in it: what is told is counted, whatever becomes of the user.
#[derive(Debug, Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Begins an iteration. One that is dropped without an end counts as unfinished.
    pub fn begin(&self, start: Start) -> Iteration<'_> {
        let intended = self.shared.offset(start.intended);
        let warm_up = self.shared.is_warm_up(intended);
        if !warm_up {
            let started = self.shared.offset(start.started);
            self.shared
                .open()
                .began(intended / 1000, started / 1000, start.late);
        }
        self.shared.busy.fetch_add(1, Ordering::Relaxed);
        Iteration {
            shared: &self.shared,
            start,
            warm_up,
            ended: false,
        }
    }

    /// Records a call that has ended.
    pub fn call(&self, sample: &CallSample) {
        if self.shared.is_warm_up(self.shared.offset(sample.intended)) {
            return;
        }
        let ended = self.shared.offset(sample.ended) / 1000;
        let times = times(sample.intended, sample.started, sample.ended);
        self.shared.open().call(sample, ended, times);
    }

    /// Counts the codes that an answer names. Apart from [`Worker::call`], since they are read when the whole step ends.
    pub fn codes(&self, row: RowId, reading: &ErrorReading, intended: Instant) {
        if !self.shared.is_warm_up(self.shared.offset(intended)) {
            self.shared.open().codes(row, reading);
        }
    }

    /// Records what a step measured by name; `time` is as the scenario's clock has it.
    pub fn measured(&self, row: RowId, time: Duration, ended: Instant) {
        let end = self.shared.offset(ended);
        let time = rounded(time);
        if !self
            .shared
            .is_warm_up(end.saturating_sub(time.saturating_mul(1000)))
        {
            self.shared.open().value(row, false, end / 1000, (time, time));
        }
    }

    /// Notes that a step failed or could not be judged; one that passed or was not run is not noted. `intended` decides
    /// whether it belongs to the warm-up.
    pub fn failed_step(&self, row: RowId, step: &FinishedStep<'_>, intended: Instant, ended: Instant) {
        let kind = match step.outcome() {
            StepOutcome::Passed | StepOutcome::NotRun => return,
            StepOutcome::Failed => FailureKind::Check,
            StepOutcome::Error if step.exchange().is_some_and(|exchange| exchange.result.is_err()) => {
                FailureKind::Transport
            }
            StepOutcome::Error => FailureKind::Harness,
        };
        let error = match kind {
            FailureKind::Check => None,
            FailureKind::Transport | FailureKind::Harness => step.error(),
        };
        let failure = Failure {
            row: row.index(),
            kind,
            checks: step.checks(),
            error: error.as_deref().unwrap_or("a check of the preparation failed"),
        };
        self.note(&failure, intended, ended, || Some(step.record()));
    }

    /// Notes that an iteration could not be judged for a reason that lies in no step of it.
    pub fn failed_iteration(&self, row: RowId, reason: &str, intended: Instant, ended: Instant) {
        let failure = Failure {
            row: row.index(),
            kind: FailureKind::Harness,
            checks: &[],
            error: reason,
        };
        self.note(&failure, intended, ended, || None);
    }

    /// Notes a failure; `record` makes its masked record, and is called for the first few of a shape only.
    pub(super) fn note(
        &self,
        failure: &Failure<'_>,
        intended: Instant,
        ended: Instant,
        record: impl FnOnce() -> Option<StepRecord>,
    ) {
        let failures: &Failures = &self.shared.failures;
        if self.shared.is_warm_up(self.shared.offset(intended)) {
            failures.note_warm_up(record);
        } else {
            failures.note(failure, self.shared.offset(ended) / 1000, record);
        }
    }
}

/// An iteration under way.
#[derive(Debug)]
#[must_use = "an iteration that is dropped counts as unfinished"]
pub struct Iteration<'a> {
    shared: &'a Shared,
    start: Start,
    warm_up: bool,
    ended: bool,
}

impl Iteration<'_> {
    /// How it began.
    pub fn start(&self) -> Start {
        self.start
    }

    /// Ends it.
    pub fn end(mut self, outcome: IterationOutcome, ended: Instant) {
        self.ended = true;
        let row = self.shared.rows.scenario(self.start.test);
        if !self.warm_up {
            let times = times(self.start.intended, self.start.started, ended);
            let ended = self.shared.offset(ended) / 1000;
            self.shared.open().ended(row, outcome, ended, times);
        }
    }
}

impl Drop for Iteration<'_> {
    fn drop(&mut self) {
        self.shared.busy.fetch_sub(1, Ordering::Relaxed);
        if !self.ended && !self.warm_up {
            self.shared.open().iterations.unfinished += 1;
        }
    }
}

/// Response and service time in microseconds.
fn times(intended: Instant, started: Instant, ended: Instant) -> (u64, u64) {
    (
        rounded(ended.saturating_duration_since(intended)),
        rounded(ended.saturating_duration_since(started)),
    )
}

/// Microseconds, to the nearest.
fn rounded(time: Duration) -> u64 {
    time.as_secs()
        .saturating_mul(1_000_000)
        .saturating_add(u64::from((time.subsec_nanos() + 500) / 1000))
}
