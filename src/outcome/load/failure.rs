//! Failures of a load run, alike ones together.

use serde::{Deserialize, Serialize};

/// What kind of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// A check did not hold: the system under test does not conform.
    Check,
    /// No answer, or one that could not be read: network, time limit.
    Transport,
    /// The harness could not go on: a variable, a party, a token.
    Harness,
}

/// Failures of the same shape: same step, same kind, same checks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FailureGroup {
    /// The row it belongs to.
    pub row: String,
    /// What kind.
    pub kind: FailureKind,
    /// What they have in common, in words, masked: `body $.saksstatus: expected "sakBesluttet"`.
    pub shape: String,
    /// How many.
    pub count: u64,
    /// When the first came, in microseconds from the start of the load.
    pub first_us: u64,
    /// When the last came.
    pub last_us: u64,
    /// The first one in full, masked: a `StepRecord`. Others are in `run.jsonl`, a few of each shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Box<crate::outcome::StepRecord>>,
}
