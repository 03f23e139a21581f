//! What a run measured, as `load.json` has it.

use std::time::Instant;

use hdrhistogram::Histogram;

use super::closed::Closed;
use super::counts::Counts;
use super::distribution::latency;
use super::interval::Times;
use super::merged;
use super::open::Open;
use super::recorder::Shared;
use super::rows::RowName;
use crate::outcome::load::{Checked, FailureGroup, Iterations, Row, Second, Traffic};

/// What a run measured: the measured parts of a `LoadResult`.
#[derive(Debug, Clone)]
pub struct Measured {
    /// From the start of the load to its end, in microseconds, warm-up left out.
    pub measured_us: u64,
    /// What became of the iterations.
    pub iterations: Iterations,
    /// What went over the wire. Tokens are not known here.
    pub traffic: Traffic,
    /// How much was checked.
    pub checked: Checked,
    /// The table, rows without anything left out.
    pub rows: Vec<Row>,
    /// Rows put together.
    pub merged: Vec<Row>,
    /// Second by second, from the end of the warm-up.
    pub series: Vec<Second>,
    /// Failures, alike ones together, most frequent first.
    pub failures: Vec<FailureGroup>,
    /// Failures that are counted only.
    pub failures_omitted: u64,
    /// Failures during the warm-up.
    pub warm_up_failures: u64,
    /// How late iterations began although a user was free, in microseconds.
    pub start_lag: Histogram<u64>,
    /// Why the interval logs are not complete, if they are not.
    pub log_problem: Option<String>,
}

/// Puts together what has been measured up to `now`.
pub(super) fn assemble(shared: &Shared, now: Instant) -> Measured {
    let now = shared.offset(now) / 1000;
    let names = shared.rows.names();
    let (failures, failures_omitted, warm_up_failures) = shared
        .failures
        .summed_up(&|row| names.get(row).map_or_else(String::new, |name| name.name.clone()));
    let closed = shared.closed();
    let counted = Counted::of(&shared.open(), shared.warm_up_us());
    let rows = names.iter().enumerate();
    Measured {
        measured_us: now.saturating_sub(shared.warm_up_us()),
        rows: rows
            .map(|(at, name)| row(name, at, &counted.rows[at], &closed))
            .collect(),
        merged: merged::rows(names, &counted.rows, &closed.totals),
        iterations: counted.iterations,
        traffic: counted.traffic,
        checked: counted.checked,
        series: counted.series,
        failures,
        failures_omitted,
        warm_up_failures,
        start_lag: counted.start_lag,
        log_problem: closed.logs.problem().map(str::to_owned),
    }
}

/// Copied out of what every call writes to, so that no call waits while percentiles are looked up.
struct Counted {
    rows: Vec<Counts>,
    series: Vec<Second>,
    iterations: Iterations,
    traffic: Traffic,
    checked: Checked,
    start_lag: Histogram<u64>,
}

impl Counted {
    fn of(open: &Open, warm_up_us: u64) -> Self {
        let first = usize::try_from(warm_up_us / 1_000_000).unwrap_or(usize::MAX);
        Self {
            rows: open.counts.clone(),
            series: open.seconds.iter().skip(first).copied().collect(),
            iterations: open.iterations,
            traffic: open.traffic,
            checked: open.checked,
            start_lag: open.start_lag.clone(),
        }
    }
}

fn row(name: &RowName, at: usize, counts: &Counts, closed: &Closed) -> Row {
    let times = closed.totals.get(at).and_then(Option::as_ref);
    let files = closed.logs.files(at, times.is_some_and(Times::is_apart));
    let (response_log, service_log) = files.unzip();
    Row {
        response_log,
        service_log,
        ..unlogged(name, counts, times)
    }
}

/// A row without its logs.
pub(super) fn unlogged(name: &RowName, counts: &Counts, times: Option<&Times>) -> Row {
    Row {
        kind: name.kind,
        name: name.name.clone(),
        step: name.step.clone(),
        operation: name.operation.clone(),
        count: counts.count,
        errors: counts.errors,
        response: times.and_then(|times| latency(&times.response)),
        service: times.and_then(|times| latency(times.service())),
        statuses: counts.statuses(),
        codes: counts.codes(),
        response_log: None,
        service_log: None,
    }
}
