//! A part of the check, its attempts, and what they come to.

use serde::Serialize;

use super::Finding;
use crate::outcome::load::Health;

/// What a part, or all of them, come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every number is right.
    Holds,
    /// The injector never was in a state to tell.
    Inconclusive,
    /// A number is wrong.
    Off,
}

/// One attempt at a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attempt {
    /// What was compared.
    pub findings: Vec<Finding>,
    /// Why the injector was in no state to tell; empty where it was.
    pub disturbances: Vec<String>,
}

impl Attempt {
    /// An attempt by an injector of which every limit but those named was to be kept.
    pub fn new(findings: Vec<Finding>, health: &Health, but: &[&str]) -> Self {
        let past = health
            .limits
            .iter()
            .filter(|limit| !limit.kept && !but.contains(&limit.name.as_str()));
        Self {
            findings,
            disturbances: past
                .map(|limit| format!("{}: {}, {}", limit.name, limit.found, limit.limit))
                .collect(),
        }
    }

    /// What it comes to. An injector in no state to tell tells nothing, whatever its numbers are.
    pub fn outcome(&self) -> Outcome {
        if !self.disturbances.is_empty() {
            Outcome::Inconclusive
        } else if self.findings.iter().all(|finding| finding.held) {
            Outcome::Holds
        } else {
            Outcome::Off
        }
    }
}

/// A part of the check with all its attempts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// What is injected, in words.
    pub title: String,
    /// The attempts, in order.
    pub attempts: Vec<Attempt>,
    /// What they come to.
    pub outcome: Outcome,
}

impl Part {
    /// Of at least one attempt. One that holds is enough: a clock that is read in the wrong place is wrong every time, a
    /// neighbour on the machine is not there every time.
    pub fn new(title: impl Into<String>, attempts: Vec<Attempt>) -> Self {
        let outcomes = || attempts.iter().map(Attempt::outcome);
        let outcome = if outcomes().any(|outcome| outcome == Outcome::Holds) {
            Outcome::Holds
        } else {
            outcomes().max().unwrap_or(Outcome::Inconclusive)
        };
        Self {
            title: title.into(),
            attempts,
            outcome,
        }
    }

    /// The attempt that decided: the first with the part's outcome.
    pub fn decisive(&self) -> Option<&Attempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.outcome() == self.outcome)
    }
}
