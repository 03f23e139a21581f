//! Pure checks: an expectation and an exchange give verdicts, all of them.

mod check;

pub use check::{Check, CheckResult, Subject};
