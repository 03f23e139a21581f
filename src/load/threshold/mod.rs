//! Thresholds: what a load run must keep, written in one line each (`p99 of submit < 1s`).

mod model;

pub use model::{Metric, Operator, Statistic, Subject, SubjectKind, Threshold, TimeKind, Unit};
