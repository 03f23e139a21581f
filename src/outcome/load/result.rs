//! A load run as a whole.

use serde::{Deserialize, Serialize};

use super::{FailureGroup, Health, PlanRecord, Row, Second, ThresholdResult};
use crate::outcome::Environment;

/// The version of the form of `load.json`; raised when a reader of the old form would be misled.
pub const LOAD_SCHEMA_VERSION: u32 = 1;

/// A load run as a whole: the content of `load.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadResult {
    /// [`LOAD_SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// What was run, where, and with what.
    pub run: LoadStarted,
    /// How it ended.
    pub ending: Ending,
    /// Why it ended early, for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_because: Option<String>,
    /// From the start of the load to its end, in microseconds, warm-up left out.
    pub measured_us: u64,
    /// What became of the iterations.
    pub iterations: Iterations,
    /// What went over the wire.
    pub traffic: Traffic,
    /// How much was checked.
    pub checked: Checked,
    /// The table.
    pub rows: Vec<Row>,
    /// Rows put together, their distributions merged and not averaged: first all business calls, then each step id,
    /// operation and scenario id that several rows share. Nothing in them is missing in `rows`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Row>,
    /// Second by second.
    pub series: Vec<Second>,
    /// Failures, alike ones together, most frequent first.
    pub failures: Vec<FailureGroup>,
    /// Failures that are counted here only, because too many different shapes had come before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failures_omitted: u64,
    /// Failures during the warm-up, which are in no other number.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub warm_up_failures: u64,
    /// The injector's own state.
    pub health: Health,
    /// The thresholds, in the order written.
    pub thresholds: Vec<ThresholdResult>,
    /// The process's exit code.
    pub exit_code: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// What was run, where, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoadStarted {
    /// The run's name, which is its folder's name too.
    pub run_id: String,
    /// Version of this tool.
    pub tool_version: String,
    /// When.
    pub started_at: jiff::Timestamp,
    /// Where.
    pub environment: Environment,
    /// From what arrivals, data and mix are drawn.
    pub seed: u64,
    /// What the user typed.
    pub command: String,
    /// What was carried out.
    pub plan: PlanRecord,
    /// On what machine.
    pub host: Host,
    /// Exceptions to the identity guard that the settings name, with their reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guard_exceptions: Vec<String>,
}

/// The machine the load came from. Nothing in it names the machine or its user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Operating system (`linux`).
    pub os: String,
    /// Architecture (`x86_64`).
    pub architecture: String,
    /// Cores this process may use.
    pub cores: usize,
}

/// How a load run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// As planned.
    Finished,
    /// By a signal.
    Interrupted,
    /// By itself, early: a threshold with abort, a target that died, refused tokens.
    Aborted,
}

/// What became of the iterations; warm-up left out. Offered = started + dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Iterations {
    /// Due by the plan (open model), or begun (closed model).
    pub offered: u64,
    /// Begun.
    pub started: u64,
    /// Every check held.
    pub passed: u64,
    /// A check did not hold.
    pub failed: u64,
    /// Could not be judged.
    pub errors: u64,
    /// Begun, but cut off by the end of the run.
    pub unfinished: u64,
    /// Due, but never begun.
    pub dropped: u64,
    /// Begun later than due because no user was free.
    pub late: u64,
}

/// What went over the wire; warm-up left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traffic {
    /// Business calls.
    pub requests: u64,
    /// Polling calls, and those that prepare an iteration.
    pub polls: u64,
    /// Token fetches; in no time and no other count.
    pub tokens: u64,
    /// Bytes of request bodies.
    pub sent_bytes: u64,
    /// Bytes of answer bodies.
    pub received_bytes: u64,
}

/// How much of what came back was checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Answers.
    pub answers: u64,
    /// Answers of which everything was checked.
    pub whole: u64,
    /// Single checks made.
    pub checks: u64,
    /// Of them on reconstructed facts.
    pub reconstructed: u64,
}
