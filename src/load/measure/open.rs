//! What every call writes to, behind one lock: counts, and the histograms of the seconds that are still open.

use std::collections::VecDeque;

use hdrhistogram::Histogram;

use super::counts::Counts;
use super::interval::{Interval, Times, histogram, record};
use super::rows::{RowId, RowName};
use super::sample::{CallSample, IterationOutcome};
use crate::http::ErrorReading;
use crate::outcome::load::{Checked, Iterations, RowKind, Second, Traffic};

/// How many seconds may be open at once. More are open only if the ticker cannot keep up; then their times go into the
/// latest of them.
const MAX_OPEN: u64 = 16;

/// How many seconds a series has at most: a week.
const MAX_SECONDS: u64 = 7 * 24 * 3600;

/// A time in microseconds from the start of the load.
pub(super) type Offset = u64;

/// What every call writes to.
#[derive(Debug)]
pub(super) struct Open {
    /// In the order of the rows.
    pub(super) counts: Vec<Counts>,
    polls: Vec<bool>,
    /// Rows that have service times of their own: the seconds to come keep them apart from their first sample on.
    apart: Vec<bool>,
    /// All seconds from the start of the load; the quantiles are filled in when one is closed.
    pub(super) seconds: Vec<Second>,
    intervals: VecDeque<Interval>,
    /// The first second that is open.
    pub(super) first: u64,
    spare: Vec<Histogram<u64>>,
    pub(super) iterations: Iterations,
    pub(super) traffic: Traffic,
    pub(super) checked: Checked,
    /// Calls that failed a check or had no answer.
    pub(super) errors: u64,
    /// How late iterations began although a user was free, in microseconds.
    pub(super) start_lag: Histogram<u64>,
}

impl Open {
    /// Nothing yet.
    pub(super) fn new(names: &[RowName]) -> Self {
        Self {
            counts: vec![Counts::default(); names.len()],
            polls: names
                .iter()
                .map(|name| matches!(name.kind, RowKind::Poll | RowKind::Preparation))
                .collect(),
            apart: vec![false; names.len()],
            seconds: Vec::new(),
            intervals: VecDeque::new(),
            first: 0,
            spare: Vec::new(),
            iterations: Iterations::default(),
            traffic: Traffic::default(),
            checked: Checked::default(),
            errors: 0,
            start_lag: histogram(),
        }
    }

    /// One call that ended at `ended`.
    pub(super) fn call(&mut self, sample: &CallSample, ended: Offset, times: (u64, u64)) {
        let row = sample.row.index();
        let Some(counts) = self.counts.get_mut(row) else {
            return;
        };
        counts.ended(sample.failed);
        if let Some(status) = sample.status {
            counts.status(status);
        }
        let poll = self.polls[row];
        let second = self.second(ended);
        second.requests += u64::from(!poll);
        second.polls += u64::from(poll);
        second.errors += u64::from(sample.failed);
        self.errors += u64::from(sample.failed);
        self.traffic.requests += u64::from(!poll);
        self.traffic.polls += u64::from(poll);
        self.traffic.sent_bytes += sample.sent_bytes as u64;
        self.traffic.received_bytes += sample.received_bytes as u64;
        if let Some(checks) = sample.checks {
            self.checked.answers += 1;
            self.checked.whole += u64::from(checks.whole);
            self.checked.checks += u64::from(checks.made);
            self.checked.reconstructed += u64::from(checks.reconstructed);
        }
        self.times(row, ended, times);
    }

    /// The codes that an answer names.
    pub(super) fn codes(&mut self, row: RowId, reading: &ErrorReading) {
        if let Some(counts) = self.counts.get_mut(row.index()) {
            counts.codes_of(reading);
        }
    }

    /// An iteration that begins.
    pub(super) fn began(&mut self, intended: Offset, started: Offset, late: bool) {
        self.iterations.offered += 1;
        self.iterations.started += 1;
        self.iterations.late += u64::from(late);
        self.second(intended).offered += 1;
        self.second(started).started += 1;
        if !late {
            record(&mut self.start_lag, started.saturating_sub(intended));
        }
    }

    /// An iteration that was due but never began.
    pub(super) fn dropped(&mut self, intended: Offset) {
        self.iterations.offered += 1;
        self.iterations.dropped += 1;
        let second = self.second(intended);
        second.offered += 1;
        second.dropped += 1;
    }

    /// An iteration that ended.
    pub(super) fn ended(
        &mut self,
        row: Option<RowId>,
        outcome: IterationOutcome,
        ended: Offset,
        times: (u64, u64),
    ) {
        match outcome {
            IterationOutcome::Passed => self.iterations.passed += 1,
            IterationOutcome::Failed => self.iterations.failed += 1,
            IterationOutcome::Error => self.iterations.errors += 1,
        }
        self.second(ended).finished += 1;
        if let Some(row) = row {
            self.value(row, outcome != IterationOutcome::Passed, ended, times);
        }
    }

    /// A value of a row that is no call.
    pub(super) fn value(&mut self, row: RowId, failed: bool, ended: Offset, times: (u64, u64)) {
        let row = row.index();
        if let Some(counts) = self.counts.get_mut(row) {
            counts.ended(failed);
            self.times(row, ended, times);
        }
    }

    fn times(&mut self, row: usize, ended: Offset, (response, service): (u64, u64)) {
        let ahead = (ended / 1_000_000).saturating_sub(self.first).min(MAX_OPEN - 1);
        let ahead = usize::try_from(ahead).unwrap_or(0);
        while self.intervals.len() <= ahead {
            self.intervals.push_back(Interval::of(self.counts.len()));
        }
        let Some(slot) = self.intervals[ahead].rows.get_mut(row) else {
            return;
        };
        let spare = &mut self.spare;
        let apart = self.apart[row];
        let times = slot.get_or_insert_with(|| {
            let mut times = Times::new(spare.pop().unwrap_or_else(histogram));
            if apart {
                times.apart();
            }
            times
        });
        times.record(response, service);
        self.apart[row] = times.is_apart();
    }

    /// The second in which `offset` lies.
    pub(super) fn second(&mut self, offset: Offset) -> &mut Second {
        let index = usize::try_from((offset / 1_000_000).min(MAX_SECONDS)).unwrap_or(0);
        while self.seconds.len() <= index {
            self.seconds.push(Second {
                second: self.seconds.len() as u64,
                ..Second::default()
            });
        }
        &mut self.seconds[index]
    }

    /// Takes the first open second out if it lies before `limit`; its number, and its times if there are any.
    pub(super) fn close_first(&mut self, limit: u64) -> Option<(u64, Interval)> {
        if self.first >= limit {
            return None;
        }
        let Some(interval) = self.intervals.pop_front() else {
            self.first = limit;
            return None;
        };
        self.first += 1;
        Some((self.first - 1, interval))
    }

    /// Takes emptied histograms back.
    pub(super) fn give_back(&mut self, histograms: impl IntoIterator<Item = Histogram<u64>>) {
        self.spare.extend(histograms);
    }
}
