//! One statistic of one row, in both sides.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::outcome::load::RowKind;

/// One statistic of one row, in both sides, and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Of what.
    pub subject: Subject,
    /// Which.
    pub statistic: Statistic,
    /// Whether it decides about the verdict.
    pub gates: bool,
    /// What it says.
    pub judgement: Judgement,
    /// The same in a plain sentence.
    pub sentence: String,
    /// The numbers; `None` where a side has no samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<Estimate>,
    /// Samples in the smallest run of the base.
    pub base_samples: u64,
    /// Samples in the smallest run of the head.
    pub head_samples: u64,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum Subject {
    /// The response times of a row of the load runs' table.
    Row {
        /// The row's kind.
        kind: RowKind,
        /// The row's name.
        name: String,
    },
    /// All business calls.
    Calls,
}

impl Subject {
    /// As reports call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Row { name, .. } => name,
            Self::Calls => "all calls",
        }
    }
}

/// Which number of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statistic {
    /// The median, in microseconds.
    P50,
    /// The 95th percentile, in microseconds.
    P95,
    /// The 99th percentile, in microseconds.
    P99,
    /// Calls per second.
    Throughput,
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::P50 => "p50",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Throughput => "throughput",
        })
    }
}

/// The numbers of a statistic. Of several rounds: the geometric means, so that `ratio` is head divided by base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// In the base: microseconds or calls per second.
    pub base: f64,
    /// In the head.
    pub head: f64,
    /// Head divided by base.
    pub ratio: f64,
    /// The bootstrap interval of the ratio that misses the truth one time in ten: for this statistic alone. `None` where
    /// there are too few samples for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<Span>,
    /// The interval corrected for how many statistics are looked at; a change is only called one outside of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Span>,
}

/// From here to there, of a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// What a statistic says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// A change for the worse of at least the smallest effect is excluded.
    Pass,
    /// It became worse.
    Regression,
    /// It became better.
    Improvement,
    /// A change for the worse is neither shown nor excluded.
    Inconclusive,
    /// Not judged: too few samples, or not decided by the service.
    NotJudged,
}
