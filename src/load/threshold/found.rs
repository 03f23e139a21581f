//! Where the numbers of a run are that thresholds ask for.

use super::judge::Value;
use super::model::{Metric, Statistic, Subject, SubjectKind, Threshold, TimeKind};
use crate::outcome::load::{Iterations, Latency, LoadResult, Row, RowKind, Traffic};

/// What thresholds are judged by: a run that has ended, or one that goes on.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The table.
    pub rows: &'a [Row],
    /// Rows put together.
    pub merged: &'a [Row],
    /// What became of the iterations.
    pub iterations: Iterations,
    /// What went over the wire.
    pub traffic: Traffic,
    /// How long was measured, in microseconds.
    pub measured_us: u64,
}

impl<'a> Found<'a> {
    /// A run that has ended.
    pub fn of(result: &'a LoadResult) -> Self {
        Self {
            rows: &result.rows,
            merged: &result.merged,
            iterations: result.iterations,
            traffic: result.traffic,
            measured_us: result.measured_us,
        }
    }

    /// The number that a threshold asks for; nothing where nothing was measured of it.
    pub(super) fn value(self, threshold: &Threshold) -> Option<Value> {
        let subject = threshold.subject.as_ref();
        match &threshold.metric {
            Metric::Time(kind, statistic) => self.time(*kind, *statistic, subject).map(Value::Micros),
            Metric::Errors => {
                let (errors, ended) = self.errors(subject);
                Value::of(errors, ended, threshold.unit)
            }
            Metric::Code(code) => self.answers(threshold, |row| row.codes.get(code).copied()),
            Metric::Status(status) => self.answers(threshold, |row| row.statuses.get(status).copied()),
            Metric::Rate => self.rate(subject).map(Value::PerSecond),
            Metric::Dropped => Value::of(self.iterations.dropped, self.iterations.offered, threshold.unit),
            Metric::Requests => {
                let requests = match subject {
                    Some(subject) => sum(&self.rows_of(subject), |row| row.count),
                    None => self.traffic.requests,
                };
                (requests > 0).then_some(Value::Count(requests))
            }
        }
    }

    /// The rows that a subject means; where its kind is not known, of the first kind that has any.
    fn rows_of(self, subject: &Subject) -> Vec<&'a Row> {
        let kinds = [
            SubjectKind::Call,
            SubjectKind::Measure,
            SubjectKind::Scenario,
            SubjectKind::Poll,
        ];
        kinds
            .into_iter()
            .filter(|kind| subject.kind.is_none_or(|wanted| wanted == *kind))
            .map(|kind| {
                let fits = |row: &&Row| is_named(row, kind, &subject.name);
                self.rows.iter().filter(fits).collect::<Vec<_>>()
            })
            .find(|rows| !rows.is_empty())
            .unwrap_or_default()
    }

    /// A time of the one row meant, or of the row in which the several meant are merged: never of percentiles averaged.
    fn time(self, kind: TimeKind, statistic: Statistic, subject: Option<&Subject>) -> Option<f64> {
        let row = match subject {
            None => self.merged.iter().find(|row| row.kind == RowKind::All)?,
            Some(subject) => match self.rows_of(subject).as_slice() {
                [row] => row,
                [first, ..] => {
                    let shared = match first.kind {
                        RowKind::Poll => RowKind::SharedPoll,
                        RowKind::Scenario => RowKind::SharedScenario,
                        _ => RowKind::Shared,
                    };
                    let is_it = |row: &&Row| row.kind == shared && row.name == subject.name;
                    self.merged.iter().find(is_it)?
                }
                [] => return None,
            },
        };
        let latency = match kind {
            TimeKind::Response => row.response.as_ref(),
            TimeKind::Service => row.service.as_ref(),
        };
        latency
            .filter(|latency| latency.count > 0)
            .map(|latency| of(latency, statistic))
    }

    /// What went wrong, and of how many.
    fn errors(self, subject: Option<&Subject>) -> (u64, u64) {
        match subject {
            Some(subject) => {
                let rows = self.rows_of(subject);
                (sum(&rows, |row| row.errors), sum(&rows, |row| row.count))
            }
            None => (self.iterations.failed + self.iterations.errors, self.ended()),
        }
    }

    /// Answers with a property, of all calls of the subject or of the run.
    fn answers(self, threshold: &Threshold, having: impl Fn(&Row) -> Option<u64>) -> Option<Value> {
        let is_call = |row: &&Row| matches!(row.kind, RowKind::Step | RowKind::Poll);
        let rows: Vec<&Row> = match &threshold.subject {
            Some(subject) => self.rows_of(subject),
            None => self.rows.iter().filter(is_call).collect(),
        };
        let part = sum(&rows, |row| having(row).unwrap_or_default());
        Value::of(part, sum(&rows, |row| row.count), threshold.unit)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a load makes far fewer than 2^52 of anything"
    )]
    fn rate(self, subject: Option<&Subject>) -> Option<f64> {
        let ended = match subject {
            Some(subject) => sum(&self.rows_of(subject), |row| row.count),
            None => self.ended(),
        };
        (ended > 0 && self.measured_us > 0).then(|| ended as f64 * 1e6 / self.measured_us as f64)
    }

    fn ended(self) -> u64 {
        self.iterations.passed + self.iterations.failed + self.iterations.errors
    }
}

/// Whether a row is of that kind and name. A scenario's rows are called `id (v2)` and `id/case (v2)`.
fn is_named(row: &Row, kind: SubjectKind, name: &str) -> bool {
    match kind {
        SubjectKind::Call => {
            let called = row.step.as_deref() == Some(name) || row.operation.as_deref() == Some(name);
            row.kind == RowKind::Step && called
        }
        SubjectKind::Poll => row.kind == RowKind::Poll && row.step.as_deref() == Some(name),
        SubjectKind::Measure => row.kind == RowKind::Measure && row.name == name,
        SubjectKind::Scenario => {
            let id = row.name.split(['/', ' ']).next();
            row.kind == RowKind::Scenario && id == Some(name)
        }
    }
}

fn sum(rows: &[&Row], number: impl Fn(&Row) -> u64) -> u64 {
    rows.iter().map(|row| number(row)).sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a year in microseconds is far below 2^52"
)]
fn of(latency: &Latency, statistic: Statistic) -> f64 {
    let us = match statistic {
        Statistic::Mean => return latency.mean_us,
        Statistic::Min => latency.min_us,
        Statistic::Median => latency.p50_us,
        Statistic::P90 => latency.p90_us,
        Statistic::P95 => latency.p95_us,
        Statistic::P99 => latency.p99_us,
        Statistic::P999 => latency.p999_us,
        Statistic::Max => latency.max_us,
    };
    us as f64
}
