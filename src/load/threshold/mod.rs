//! Thresholds: what a load run must keep, written in one line each (`p99 of submit < 1s`).

mod bound;
mod found;
mod judge;
mod model;
mod names;
mod parse;
mod words;

pub use found::Found;
pub use judge::{aborts, judge, judge_one};
pub use model::{Metric, Operator, Statistic, Subject, SubjectKind, Threshold, TimeKind, Unit};
pub use names::Names;
