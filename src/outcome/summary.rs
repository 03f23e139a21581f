//! What a run came to: the content of `summary.json`, and what every report but the journal is written from.

use serde::{Deserialize, Serialize};

use super::{Check, NoteKind, Obligation, RunStarted, StepKind, StepOutcome, TestId, Verdict};
use crate::source::Position;

/// A run, without its exchanges.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`super::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// What was run, where, and with what.
    pub run: RunStarted,
    /// Whether it came to its end.
    pub completion: Completion,
    /// When it ended; `None` when it was cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<jiff::Timestamp>,
    /// Wall-clock time taken, in microseconds; `None` when it was cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_us: Option<u64>,
    /// The process's exit code.
    pub exit_code: u8,
    /// How many tests ended how.
    pub counts: Counts,
    /// How many checks ended how.
    pub checks: CheckCounts,
    /// How many requests were sent.
    pub requests: u64,
    /// The named measurements, by name.
    pub measures: Vec<MeasureSummary>,
    /// What is worth knowing but not wrong, equal notes together.
    pub notes: Vec<NoteGroup>,
    /// Notes that are counted here only, because too many different ones had come before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub notes_omitted: u64,
    /// The tests, in their stable order.
    pub tests: Vec<TestSummary>,
}

/// Whether a run came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// It ended of itself.
    Finished,
    /// It was told to end early, and wrote what it had.
    Interrupted,
    /// Its journal has no end: the process was killed, or the disk was full.
    CutOff,
}

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Everything as expected.
    pub passed: usize,
    /// A *should* or *may* did not hold.
    pub warning: usize,
    /// The system under test does not conform.
    pub failed: usize,
    /// Could not be judged.
    pub error: usize,
    /// The environment lacks what they require.
    pub not_applicable: usize,
    /// Selected, but not run to their end.
    pub not_run: usize,
}

/// How many checks ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckCounts {
    /// As expected.
    pub passed: u64,
    /// Not as expected.
    pub failed: u64,
    /// How many of both rest on a fact of the contract that is reconstructed, not documented.
    pub reconstructed: u64,
}

/// All values of one named measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureSummary {
    /// The name the scenarios gave it.
    pub name: String,
    /// How many values.
    pub count: usize,
    /// The smallest, in microseconds.
    pub min_us: u64,
    /// The median (the lower one of two), in microseconds.
    pub median_us: u64,
    /// The largest, in microseconds.
    pub max_us: u64,
}

/// Equal notes of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteGroup {
    /// What kind.
    pub kind: NoteKind,
    /// The note.
    pub text: String,
    /// How often.
    pub count: u64,
    /// The first test, in the stable order, that has it.
    pub test: TestId,
}

/// One test and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestSummary {
    /// Which.
    pub id: TestId,
    /// Its place in the stable order, from 0.
    pub order: usize,
    /// The scenario's title; empty for a test that did not finish.
    pub title: String,
    /// Where it is written; `None` for a test that did not finish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Position>,
    /// The scenario's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How binding it is.
    pub obligation: Obligation,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, where the verdict needs a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Wall-clock time taken, in microseconds.
    pub elapsed_us: u64,
    /// How many steps were run.
    pub steps: usize,
    /// How many requests were sent.
    pub requests: u64,
    /// How many checks ended how.
    pub checks: CheckCounts,
    /// The named measurements it took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// The steps that failed or could not be judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// Such steps that stand in the journal only, because the run had too many.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub problems_omitted: u64,
    /// The command that runs just this test again with the same seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rerun: Option<String>,
}

/// One value of a named measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The name the scenario gave it.
    pub name: String,
    /// The time in microseconds; the mock's virtual waiting included.
    pub us: u64,
}

/// A step that failed or could not be judged: what one needs to see why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The step's id.
    pub step: String,
    /// Call, poll or raw.
    pub kind: StepKind,
    /// The logical operation, unless raw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Where the step is written.
    pub place: Position,
    /// Whether it only prepares the test.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preparation: bool,
    /// Failed or error.
    pub outcome: StepOutcome,
    /// Why it could not be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The checks that failed, long texts cut.
    pub failed_checks: Vec<Check>,
    /// Failed checks that stand in the journal only, because the step had too many.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_checks_omitted: u64,
    /// How many checks of the step held.
    pub passed_checks: u64,
    /// The last request's method and URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What came back: status and error code, or why nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The correlation id, for the administration's logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub korrelasjonsid: Option<String>,
    /// The last request as a curl command without its token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// How many requests were sent.
    pub attempts: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}
