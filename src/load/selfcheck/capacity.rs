//! A capacity below the rate: the achieved rate must be the capacity, and what could not begin must be counted.

use super::ServedCall;
use super::finding::{Finding, Unit, number};
use crate::outcome::load::{Health, Iterations, Second};

/// How far the achieved rate may be from what the mock served, as a share.
const SHARE: f64 = 0.03;

/// What is known of the capacity before the run.
#[derive(Debug, Clone, Copy)]
pub struct CapacityTruth {
    /// Arrivals per second offered.
    pub rate: f64,
    /// Arrivals that are due.
    pub arrivals: u64,
    /// Requests per second that the mock can serve at most.
    pub capacity: f64,
}

/// What a run reports of it.
#[derive(Debug, Clone, Copy)]
pub struct CapacityRun<'a> {
    /// What became of the arrivals.
    pub iterations: &'a Iterations,
    /// Second by second.
    pub series: &'a [Second],
    /// The injector's health, which takes the run's word away.
    pub health: &'a Health,
}

/// Compares a run with what the mock served.
pub fn capacity(run: &CapacityRun<'_>, served: &[ServedCall], truth: &CapacityTruth) -> Vec<Finding> {
    let iterations = run.iterations;
    let reached = number(served.len() as u64);
    let unfinished = number(iterations.unfinished);
    let served_rate = served_rate(served);
    vec![
        Finding::shown(
            "offered rate, and the capacity",
            Unit::PerSecond,
            truth.capacity,
            truth.rate,
        ),
        Finding::judged(
            "finished per second, as the mock served",
            Unit::PerSecond,
            served_rate,
            finished_rate(run.series),
            served_rate * SHARE,
        ),
        Finding::must(
            "no more finished than the capacity allows",
            finished_rate(run.series) <= truth.capacity * (1.0 + SHARE),
        ),
        Finding::judged(
            "arrivals offered",
            Unit::Count,
            number(truth.arrivals),
            number(iterations.offered),
            1.0,
        ),
        Finding::judged(
            "arrivals begun and dropped together",
            Unit::Count,
            number(iterations.offered),
            number(iterations.started + iterations.dropped),
            0.0,
        ),
        Finding::judged(
            "arrivals dropped: those that never reached the mock",
            Unit::Count,
            number(truth.arrivals) - reached,
            number(iterations.dropped),
            unfinished + 2.0,
        ),
        Finding::must("late arrivals are counted", iterations.late > 0),
        Finding::must("a run that drops arrivals gives no verdict", !run.health.healthy),
    ]
}

/// Answers per second, from the first to the last one.
fn served_rate(served: &[ServedCall]) -> f64 {
    let ends = || served.iter().map(|call| call.read_us + call.served_us);
    let first = ends().fold(f64::INFINITY, f64::min);
    let last = ends().fold(f64::NEG_INFINITY, f64::max);
    (number(served.len() as u64) - 1.0) * 1e6 / (last - first)
}

/// Iterations finished per second, over the whole seconds between the first and the last two: the first is filling up,
/// and the end may be in the last.
fn finished_rate(series: &[Second]) -> f64 {
    let whole = series.get(1..series.len().saturating_sub(2)).unwrap_or_default();
    let finished: u64 = whole.iter().map(|second| second.finished).sum();
    number(finished) / number(whole.len() as u64)
}
