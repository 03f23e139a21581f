//! The seconds that are over: merged into the totals, written to the logs, summed up for the series.

use hdrhistogram::Histogram;

use super::distribution;
use super::interval::{Interval, Times, histogram, merge};
use super::log::Logs;
use super::rows::RowName;
use crate::outcome::load::{RowKind, Second};

/// What has been merged so far.
#[derive(Debug)]
pub(super) struct Closed {
    /// In the order of the rows; `None` without a sample.
    pub(super) totals: Vec<Option<Times>>,
    pub(super) logs: Logs,
    business: Vec<bool>,
    /// All business calls of one second, emptied after use.
    together: Histogram<u64>,
}

/// The quantiles of one second: median, 95 %, 99 %, maximum.
pub(super) type Quantiles = [u64; 4];

impl Closed {
    /// Nothing yet.
    pub(super) fn new(names: &[RowName], logs: Logs) -> Self {
        Self {
            totals: names.iter().map(|_| None).collect(),
            logs,
            business: names.iter().map(|name| name.kind == RowKind::Step).collect(),
            together: histogram(),
        }
    }

    /// Takes in one second. `seconds` is how much of it there was, less than 1 only for the last. `pause` is called
    /// between rows, so that this work does not keep a core from those who wait for answers.
    pub(super) fn take(
        &mut self,
        second: u64,
        seconds: f64,
        interval: &Interval,
        pause: impl Fn(),
    ) -> Option<Quantiles> {
        self.together.reset();
        for (row, times) in interval.rows.iter().enumerate() {
            let Some(times) = times else { continue };
            let split_before = self.totals[row].as_ref().is_some_and(Times::is_apart);
            match &mut self.totals[row] {
                Some(total) => total.add(times),
                none => *none = Some(times.clone()),
            }
            self.logs.write(row, (second, seconds), times, split_before);
            if self.business[row] {
                merge(&mut self.together, &times.response);
            }
            pause();
        }
        quantiles(&self.together)
    }
}

fn quantiles(histogram: &Histogram<u64>) -> Option<Quantiles> {
    if histogram.is_empty() {
        return None;
    }
    let mut values = distribution::at(histogram, &[50.0, 95.0, 99.0]).into_iter();
    let mut next = || values.next().map_or(0, |point| point.value_us);
    Some([next(), next(), next(), histogram.max()])
}

/// Writes the quantiles into their second.
pub(super) fn fill_in(second: &mut Second, [p50, p95, p99, max]: Quantiles) {
    second.p50_us = p50;
    second.p95_us = p95;
    second.p99_us = p99;
    second.max_us = max;
}
