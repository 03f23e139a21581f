//! What happens during a run, in the order it happens: the lines of the journal.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Check, ExchangeRecord, Obligation, StepOutcome, Verdict};
use crate::source::Position;

/// The version of the journal's and the summary's form; raised when a reader of the old form would be misled.
pub const SCHEMA_VERSION: u32 = 1;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The first line: what is run, where, and with what.
    RunStarted(Box<RunStarted>),
    /// A test began.
    TestStarted(TestStarted),
    /// A step ended, or was passed over.
    StepFinished(Box<StepRecord>),
    /// A test ended.
    TestFinished(Box<TestFinished>),
    /// The last line. A journal without it was cut off.
    RunFinished(RunFinished),
}

/// What is run, where, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunStarted {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run's name, which is its folder's name too.
    pub run_id: String,
    /// Version of this tool.
    pub tool_version: String,
    /// When.
    pub started_at: jiff::Timestamp,
    /// Where.
    pub environment: Environment,
    /// The seed from which references and parties are drawn.
    pub seed: u64,
    /// How many tests run at a time.
    pub jobs: usize,
    /// What the user asked for, as typed (`utlegg run scenarios --tag flow`).
    pub command: String,
    /// How many tests were selected.
    pub tests: usize,
    /// Exceptions to the identity guard that the settings name, with their reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guard_exceptions: Vec<String>,
}

/// Where a run takes place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// Its name (`mock`, or as the settings call it).
    pub name: String,
    /// The models tested, e.g. `v2`.
    pub models: Vec<String>,
    /// The base URLs, API or model → URL.
    pub base_urls: Vec<(String, String)>,
    /// The contract files, with a SHA-256 each.
    pub contracts: Vec<(String, String)>,
    /// Whether this is the embedded mock.
    pub mock: bool,
}

/// Which test: a scenario, one of its cases, against one model.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TestId {
    /// The scenario's id.
    pub scenario: String,
    /// The case's id, for a scenario with a table of cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The information model.
    pub model: String,
}

impl fmt::Display for TestId {
    /// `scenario/case (v2)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scenario)?;
        if let Some(case) = &self.case {
            write!(f, "/{case}")?;
        }
        write!(f, " ({})", self.model)
    }
}

/// A test began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestStarted {
    /// Which.
    pub test: TestId,
    /// Its place in the stable order, from 0.
    pub order: usize,
    /// When.
    pub started_at: jiff::Timestamp,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestFinished {
    /// Which.
    pub test: TestId,
    /// Its place in the stable order, from 0.
    pub order: usize,
    /// The scenario's title.
    pub title: String,
    /// Where the scenario (or the case) is written.
    pub place: Position,
    /// The scenario's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How binding it is.
    pub obligation: Obligation,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, for every verdict that needs a reason (not applicable, not run, error, failed).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Wall-clock time taken, in microseconds.
    pub elapsed_us: u64,
    /// The command that runs just this test again with the same seed.
    pub rerun: String,
}

/// What kind of step it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// One call of an operation.
    Call,
    /// An operation called until a condition holds.
    Poll,
    /// A request the contract does not describe.
    Raw,
}

impl StepKind {
    /// Its name, as journals and reports have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Poll => "poll",
            Self::Raw => "raw",
        }
    }
}

/// A step and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepRecord {
    /// The test it belongs to.
    pub test: TestId,
    /// The step's id, unique within the test.
    pub step: String,
    /// Its position in the test, from 0; preparation steps come first.
    pub index: usize,
    /// Call, poll or raw.
    pub kind: StepKind,
    /// The logical operation, unless raw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Where it is written.
    pub place: Position,
    /// Whether it only prepares the test (uploads what a request needs): its failure is an error, not a failure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub preparation: bool,
    /// How it ended.
    pub outcome: StepOutcome,
    /// Why it could not be judged, or was not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Every check, in order.
    pub checks: Vec<Check>,
    /// What is worth knowing but not wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// How many requests were sent (more than one for a poll).
    pub attempts: u32,
    /// The last exchange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<ExchangeRecord>,
    /// The last request as a curl command without its token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// The whole step's time in microseconds; virtual waiting of the mock's case clock included.
    pub elapsed_us: u64,
    /// The named measurement this step ended: its name and microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<(String, u64)>,
}

/// Something worth knowing that is not wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What kind.
    pub kind: NoteKind,
    /// The note.
    pub text: String,
}

/// The kinds of note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// The answer has a field that the contract does not know.
    UnknownField,
    /// The request has a field that the contract does not know.
    UnknownRequestField,
    /// The answer's error code came in an unusual shape.
    ErrorShape,
    /// A snapshot was written or would be new.
    Snapshot,
    /// Anything else.
    Other,
}

/// The end of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunFinished {
    /// When.
    pub finished_at: jiff::Timestamp,
    /// Wall-clock time taken, in microseconds.
    pub elapsed_us: u64,
    /// Why it ended early, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interruption: Option<Interruption>,
    /// The process's exit code.
    pub exit_code: u8,
}

/// Why a run ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interruption {
    /// Ctrl-C or a termination signal.
    Signal,
}
