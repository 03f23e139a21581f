//! Thresholds and what came of them.

use serde::{Deserialize, Serialize};

/// How a threshold ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThresholdOutcome {
    /// It holds.
    Met,
    /// It does not.
    Missed,
    /// No sample to judge it by, which counts as missed.
    NoSample,
}

/// A threshold and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThresholdResult {
    /// As written: `p99 of submit < 1s`.
    pub text: String,
    /// Where it is written (`plan.yaml:12:5`), or `--threshold`.
    pub place: String,
    /// How it ended.
    pub outcome: ThresholdOutcome,
    /// What was found, in words with its unit: `1.24s`.
    pub actual: String,
    /// Whether it ended the run early.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub aborted: bool,
}
