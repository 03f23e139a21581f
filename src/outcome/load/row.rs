//! One line of a load run's table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Latency;

/// What was timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// One call of a step.
    Step,
    /// One call of a step that polls: counted apart, since its number says more of the waiting than of the service.
    Poll,
    /// One call of a step that only prepares an iteration, such as an upload: counted apart from business calls, and in
    /// no time of the iteration.
    Preparation,
    /// A whole iteration of a scenario.
    Scenario,
    /// What a scenario names with `measure:`.
    Measure,
    /// All business calls of the run together.
    All,
    /// All business calls of the steps whose id or whose operation is the row's name; there where they are several rows.
    Shared,
    /// All calls of the polling steps whose id is the row's name; there where they are several rows.
    SharedPoll,
    /// All iterations of the scenario whose id is the row's name; there where its cases and models are several rows.
    SharedScenario,
}

/// What was timed, how often, and how it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What kind.
    pub kind: RowKind,
    /// Its name, unique among the rows of its kind: `submit-poll-correct/submit (v2)`, `submit-poll-correct (v2)`,
    /// `submit-to-correction`; of a merged row `all calls`, or the id or operation that it is merged by.
    pub name: String,
    /// The id of a step within its scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The logical operation of a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// How many ended: requests of a step or poll, iterations of a scenario, values of a measurement.
    pub count: u64,
    /// How many of them failed a check or had no answer. Their times are in the distributions too.
    pub errors: u64,
    /// From the intended start; `None` without samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Latency>,
    /// From the actual start; `None` without samples.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Latency>,
    /// How often each HTTP status came.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<u16, u64>,
    /// How often each error or condition code came.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, u64>,
    /// The interval log with the response times, relative to the run's folder (`hdr/submit.response.hlog`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_log: Option<String>,
    /// The interval log with the service times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_log: Option<String>,
}
