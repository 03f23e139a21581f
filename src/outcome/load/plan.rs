//! The plan as it was carried out: what two runs must share to be compared.

use serde::{Deserialize, Serialize};

/// A plan, after flags and defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// Its name; made from the scenario's where there is no plan file.
    pub name: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The plan's file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What is run, and how often in relation.
    pub mix: Vec<MixEntry>,
    /// Users or arrivals.
    pub model: UserModel,
    /// The stages, one after the other.
    pub stages: Vec<Stage>,
    /// Waiting between two iterations of a user, smallest and largest, in microseconds.
    pub think_us: (u64, u64),
    /// The whole time planned, in microseconds; `None` where iterations end it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_us: Option<u64>,
    /// Time at the start that is not in any number, in microseconds.
    pub warm_up_us: u64,
    /// Iterations planned, where they end it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iterations: Option<u64>,
    /// How much of the answers is checked.
    pub check: CheckPolicy,
    /// The thresholds as written.
    pub thresholds: Vec<String>,
}

/// A test of the mix and its weight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixEntry {
    /// The test: `submit-poll-correct (v2)`.
    pub test: String,
    /// Its weight.
    pub weight: u32,
    /// SHA-256 of the scenario's source text, so that two runs of different scenarios are not compared.
    pub fingerprint: String,
}

/// Who decides when an iteration begins.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum UserModel {
    /// Closed: so many users, each beginning again when it has ended.
    Users {
        /// The largest number of users.
        users: u64,
    },
    /// Open: iterations arrive whether or not earlier ones have ended.
    Rate {
        /// The largest rate, in arrivals per second.
        per_second: f64,
        /// How arrivals are spread.
        arrivals: Arrivals,
        /// Users that may be at work at once; an arrival that finds none free waits.
        max_users: u64,
    },
}

/// How arrivals are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrivals {
    /// Evenly.
    Constant,
    /// As independent events, by the run's seed.
    Poisson,
}

/// One stage: users or rate go to `to` and the stage lasts `over_us`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// What kind.
    pub kind: StageKind,
    /// Users or arrivals per second at its end.
    pub to: f64,
    /// How long it lasts, in microseconds.
    pub over_us: u64,
}

/// The kinds of stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageKind {
    /// From the level before evenly to the new one.
    Ramp,
    /// The level before, kept.
    Hold,
    /// At once to the new level, and back to the one before at its end.
    Spike,
}

/// How much of the answers is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CheckPolicy {
    /// Everything that `run` checks.
    All,
    /// Everything on every nth iteration, on the others the status.
    Sample {
        /// Every how many.
        every: u32,
    },
    /// The status only.
    Status,
}
