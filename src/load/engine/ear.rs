//! What listens to one iteration: every call goes to the recorder, to the vigil and, if wanted, to goose.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use goose::goose::GooseUser;
use http::Method;

use super::course::Course;
use crate::assertion::Check;
use crate::http::Transport;
use crate::load::measure::{CallSample, Checks, RowId, Worker};
use crate::outcome::{Event, StepOutcome};
use crate::runner::{Depth, FinishedStep, Listener, SeenCall};

/// Listens to one iteration.
pub(super) struct Ear<'a, T> {
    pub(super) shared: &'a Course<T>,
    pub(super) worker: &'a Worker,
    /// The test's position in the mix.
    pub(super) test: usize,
    pub(super) depth: Depth,
    /// When the iteration was due.
    pub(super) intended: Instant,
    /// How late it began.
    pub(super) waited: Duration,
    /// Whether a call was made yet.
    pub(super) called: AtomicBool,
    /// Whether a call that does not only prepare was made yet.
    pub(super) began: AtomicBool,
    /// Why the latest step could not be judged, where no call was made.
    pub(super) why: Mutex<Option<String>>,
    /// The calls, for goose.
    pub(super) calls: Mutex<Vec<GooseCall>>,
}

/// A call, as goose is told of it.
pub(super) struct GooseCall {
    row: RowId,
    method: Method,
    took: Duration,
    passed: bool,
    status: Option<u16>,
}

impl<T: Transport> Listener for Ear<'_, T> {
    async fn on_event(&self, _event: Event) {}

    async fn on_step(&self, step: FinishedStep<'_>) {
        let now = Instant::now();
        let rows = self.shared.options.recorder.rows();
        if let (Some((_, time)), Some(row)) = (step.measure(), rows.measure(self.test, step.index)) {
            self.worker.measured(row, time, now);
        }
        if matches!(step.outcome(), StepOutcome::Passed | StepOutcome::NotRun) {
            return;
        }
        // What the end of the run cut off is unfinished, and nobody's failure.
        if step.outcome() == StepOutcome::Error && self.shared.cut.is_cancelled() {
            return;
        }
        if let Some(row) = rows.step(self.test, step.index) {
            self.worker.failed_step(row, &step, self.intended, now);
        }
        if !self.called.load(Ordering::Relaxed) {
            *self.why.lock().unwrap_or_else(PoisonError::into_inner) = step.error();
        }
    }

    fn on_call(&self, call: SeenCall<'_>) {
        let now = Instant::now();
        self.shared.vigil.call(&call, now);
        let Some(row) = self.shared.options.recorder.rows().step(self.test, call.index) else {
            return;
        };
        self.called.store(true, Ordering::Relaxed);
        let first = !call.preparation && !self.began.swap(true, Ordering::Relaxed);
        let total = call.exchange.timing.total;
        let started = now.checked_sub(total).unwrap_or(now);
        // What the iteration waited for its start counts for its first call; the others begin when it is their turn.
        let waited = if first { self.waited } else { Duration::ZERO };
        let response = call.exchange.result.as_ref().ok();
        self.worker.call(&CallSample {
            row,
            intended: started.checked_sub(waited).unwrap_or(started),
            started,
            ended: now,
            failed: call.outcome != StepOutcome::Passed,
            status: response.map(|response| response.status),
            sent_bytes: call.exchange.request.body.len(),
            received_bytes: response.map_or(0, |response| response.body.len()),
            checks: response
                .filter(|_| !call.checks.is_empty())
                .map(|_| self.checks(call.checks)),
        });
        if let Some(reading) = call.reading {
            self.worker.codes(row, reading, self.intended);
        }
        if self.shared.options.goose_metrics {
            let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
            calls.push(GooseCall {
                row,
                method: call.exchange.request.method.clone(),
                took: total,
                passed: call.outcome == StepOutcome::Passed,
                status: response.map(|response| response.status),
            });
        }
    }
}

impl<T> Ear<'_, T> {
    fn checks(&self, checks: &[Check]) -> Checks {
        let count = |some: usize| u32::try_from(some).unwrap_or(u32::MAX);
        Checks {
            made: count(checks.len()),
            reconstructed: count(checks.iter().filter(|check| check.reconstructed).count()),
            whole: self.depth == Depth::All,
        }
    }
}

/// Tells goose of the calls.
pub(super) async fn tell<T>(shared: &Course<T>, calls: Vec<GooseCall>, user: &mut GooseUser) {
    for call in calls {
        let Some(name) = shared.names.get(call.row.index()) else {
            continue;
        };
        let method = call.method.as_str();
        // It refuses names that are empty; ours are not.
        let _ = user
            .record_custom_request_duration(method, name, call.took, call.passed, call.status, None)
            .await;
    }
}
