//! A plan, ready to be carried out.

use std::time::Duration;

use crate::load::threshold::Threshold;
use crate::outcome::TestId;
use crate::outcome::load::{CheckPolicy, MixEntry, PlanRecord, Stage, UserModel};
use crate::scenario::Test;

/// A plan after flags and defaults; nothing in it contradicts anything else.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The value of `load:`; made from the scenario's where there is no plan file.
    pub name: String,
    /// One line for people.
    pub title: Option<String>,
    /// The plan's file, as the user would type it.
    pub file: Option<String>,
    /// What is run, and how often in relation. Never empty, no weight is 0.
    pub mix: Vec<Mixed>,
    /// Users or arrivals, with the largest level of all stages.
    pub model: UserModel,
    /// The stages, one after the other, from the start to the end: together they last [`Plan::duration`]. A hold stands at
    /// the level before it; a ramp that comes first starts from 0; no plan begins with a spike. Empty where only
    /// iterations end the load: then the level of `model` is kept from the start.
    pub stages: Vec<Stage>,
    /// Waiting between two iterations of a user, smallest and largest; drawn evenly. (0, 0) in the open model.
    pub think: (Duration, Duration),
    /// When the load ends; `None` where only iterations end it.
    pub duration: Option<Duration>,
    /// After how many iterations begun (warm-up included) the load ends, if it has not ended before.
    pub iterations: Option<u64>,
    /// Time at the start that is not in any number; shorter than `duration`.
    pub warm_up: Duration,
    /// How much of the answers is checked.
    pub check: CheckPolicy,
    /// The thresholds, in the order written, those of flags last; the implicit one at the very end.
    pub thresholds: Vec<Threshold>,
}

/// A test of the mix.
#[derive(Debug, Clone)]
pub struct Mixed {
    /// What is run.
    pub test: Test,
    /// How often in relation to the others; at least 1.
    pub weight: u32,
    /// SHA-256 of the source text that the test is made of (scenario, groups, request), in hexadecimal.
    pub fingerprint: String,
}

impl Mixed {
    /// Which test it is, as reports name it.
    pub fn id(&self) -> TestId {
        TestId {
            scenario: self.test.scenario.id.value.clone(),
            case: self.test.case.as_ref().map(|case| case.value.clone()),
            model: self.test.model.clone(),
        }
    }
}

impl Plan {
    /// The plan as reports keep it.
    pub fn record(&self) -> PlanRecord {
        PlanRecord {
            name: self.name.clone(),
            title: self.title.clone(),
            file: self.file.clone(),
            mix: self
                .mix
                .iter()
                .map(|mixed| MixEntry {
                    test: mixed.id().to_string(),
                    weight: mixed.weight,
                    fingerprint: mixed.fingerprint.clone(),
                })
                .collect(),
            model: self.model,
            stages: self.stages.clone(),
            think_us: (micros(self.think.0), micros(self.think.1)),
            duration_us: self.duration.map(micros),
            warm_up_us: micros(self.warm_up),
            iterations: self.iterations,
            check: self.check,
            thresholds: self
                .thresholds
                .iter()
                .map(|threshold| threshold.text.clone())
                .collect(),
        }
    }
}

/// Whole microseconds; what does not fit is the largest there is.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
