//! How a step and a test ended.

use serde::{Deserialize, Serialize};

/// How a test ended. Lifecycle is told by events: a test without `TestFinished` did not finish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything was as expected.
    Passed,
    /// A check of a *should* or *may* scenario failed.
    Warning,
    /// A check failed: the system under test does not conform.
    Failed,
    /// The environment lacks a capability or a model that the test requires; the reason says which.
    NotApplicable,
    /// The test was not run; the reason says why (interrupted, an earlier error).
    NotRun,
    /// The test could not be judged: configuration, network or the harness itself. Never non-conformance.
    Error,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// All its checks passed.
    Passed,
    /// At least one check failed.
    Failed,
    /// It could not be judged; the record's `error` says why.
    Error,
    /// It was not run because of an earlier step, or because the run was interrupted.
    NotRun,
}
