//! A threshold: a number of the run, an operator, a bound.

use std::time::Duration;

use crate::source::{Place, SourceFile, Span};

/// Something a load run must keep.
#[derive(Debug, Clone)]
pub struct Threshold {
    /// As written: `p99 of submit < 1s`.
    pub text: String,
    /// Where it is written.
    pub place: Place,
    /// Which number of the run.
    pub metric: Metric,
    /// Of what; `None` for the whole run.
    pub subject: Option<Subject>,
    /// How it must stand to the bound.
    pub operator: Operator,
    /// The bound, in the unit.
    pub bound: f64,
    /// What the bound is counted in.
    pub unit: Unit,
    /// Whether the run ends as soon as it is missed.
    pub abort: bool,
    /// How much must have been measured before it may end the run; warm-up does not count.
    pub after: Duration,
    /// Whether nobody wrote it.
    pub implicit: bool,
}

/// The name that stands for the file of the threshold that nobody wrote.
const IMPLICIT: &str = "implicit";

impl Threshold {
    /// `errors == 0`, which holds where a plan says nothing of errors.
    pub fn implicit() -> Self {
        let text = "errors == 0";
        let file = SourceFile::new(IMPLICIT, text);
        Self {
            text: text.to_owned(),
            place: Place::new(&file, Span::new(0, text.len())),
            metric: Metric::Errors,
            subject: None,
            operator: Operator::Equal,
            bound: 0.0,
            unit: Unit::Count,
            abort: false,
            after: Duration::ZERO,
            implicit: true,
        }
    }

    /// Where it is written, as reports show it: `load/steady.yaml:12:5`, `--threshold` or `implicit`.
    pub fn written_at(&self) -> String {
        let file = self.place.file.name();
        if self.implicit || file.starts_with("--") {
            file.to_owned()
        } else {
            self.place.to_string()
        }
    }
}

/// A number of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Metric {
    /// Of a distribution of times. Without a subject: of all business calls.
    Time(TimeKind, Statistic),
    /// What went wrong. Without a subject, iterations that failed or could not be judged, of those that ended; of a step,
    /// calls that failed a check or had no answer, of those that ended.
    Errors,
    /// Answers with this error or condition code, of all calls, polls included.
    Code(String),
    /// Answers with this HTTP status, of all calls, polls included.
    Status(u16),
    /// Iterations that ended, per second measured; of a step, its calls.
    Rate,
    /// Arrivals that were never begun, of those offered.
    Dropped,
    /// Business calls that ended.
    Requests,
}

/// From where a time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// From the intended start.
    Response,
    /// From the actual start.
    Service,
}

/// What of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// The smallest.
    Min,
    /// The mean.
    Mean,
    /// The 50th percentile.
    Median,
    /// The 90th percentile.
    P90,
    /// The 95th percentile.
    P95,
    /// The 99th percentile.
    P99,
    /// The 99.9th percentile.
    P999,
    /// The largest.
    Max,
}

/// What a number is asked of.
#[derive(Debug, Clone)]
pub struct Subject {
    /// What kind of thing; known once the mix is, where it is not written.
    pub kind: Option<SubjectKind>,
    /// Its name.
    pub name: String,
    /// Where that is written.
    pub place: Place,
}

/// The kinds of things that thresholds can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// Business calls, by the id of their step or by their operation, in whichever scenarios they are.
    Call,
    /// The calls of polling steps, by the step's id.
    Poll,
    /// A scenario with all its cases: whole iterations.
    Scenario,
    /// What scenarios name with `measure:`.
    Measure,
}

/// How a number must stand to its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
}

/// What a bound is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Microseconds.
    Micros,
    /// A share, from 0 to 1.
    Share,
    /// How many.
    Count,
    /// How many per second.
    PerSecond,
}
