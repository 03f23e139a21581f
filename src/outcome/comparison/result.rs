//! A comparison as a whole.

use serde::{Deserialize, Serialize};

use super::Finding;

/// The version of the comparison's form; raised when a reader of the old form would be misled.
pub const COMPARISON_SCHEMA_VERSION: u32 = 1;

/// A comparison of one or more pairs of load runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// [`COMPARISON_SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// Version of this tool.
    pub tool_version: String,
    /// The plan that all runs share.
    pub plan: String,
    /// The runs compared with, one for each round.
    pub base: Vec<ComparedRun>,
    /// The runs that are judged, in the same order.
    pub head: Vec<ComparedRun>,
    /// By what rules.
    pub settings: ComparisonSettings,
    /// How it ended.
    pub verdict: ComparisonVerdict,
    /// The verdict in a plain sentence.
    pub sentence: String,
    /// Why nothing can be concluded whatever the numbers say, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// Differences between the runs that do no harm, and what is not judged for all of them, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What was looked at: the rows in the order of the base's table, then the throughput.
    pub findings: Vec<Finding>,
    /// The process's exit code.
    pub exit_code: u8,
}

/// One of the runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedRun {
    /// Its name.
    pub run_id: String,
    /// When it began.
    pub started_at: jiff::Timestamp,
    /// The environment's name.
    pub environment: String,
    /// Version of the tool that wrote it.
    pub tool_version: String,
    /// Business calls in it.
    pub requests: u64,
    /// The time it measured, in microseconds.
    pub measured_us: u64,
}

/// By what rules it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ComparisonSettings {
    /// The smallest change that counts, as a share: 0.05 is 5 %.
    pub min_effect: f64,
    /// The chance that anything at all is called changed although nothing is, as a share.
    pub false_alarms: f64,
    /// How far one run may lie off another for no reason (standard deviation, as a share); used where there is one run
    /// on each side, since one pair cannot tell.
    pub drift: f64,
    /// How often the seconds (and rounds) were drawn again.
    pub resamples: u32,
    /// What the drawing was seeded with.
    pub seed: u64,
    /// How many statistics were judged: what the intervals are corrected for.
    pub looked_at: usize,
}

/// How a comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComparisonVerdict {
    /// A change for the worse of at least the smallest effect is excluded in every statistic judged.
    Pass,
    /// At least one statistic became worse.
    Regression,
    /// As `Pass`, and at least one statistic became better.
    Improvement,
    /// Neither can be said.
    Inconclusive,
}
