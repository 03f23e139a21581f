//! What is to be injected, as options and the admin interface say it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Latency, Stall};

/// Why an injection is not taken; in words, with what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InjectionError(String);

impl InjectionError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

/// What of an answer is held back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    /// All of it.
    #[default]
    Answer,
    /// Its body: the head goes at once, so that a clock that stops at the head shows.
    Body,
}

impl Hold {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    fn is_answer(&self) -> bool {
        *self == Self::Answer
    }
}

/// What is injected into the answers of the API. The default is nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Injection {
    /// How long an answer takes from the last byte of its request; one that takes longer by itself is not held back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
    /// The same for single operations, by logical name; it goes before `latency`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, Latency>,
    /// When nothing is answered, counted from when the injection was ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall: Option<Stall>,
    /// Requests at work at once; others wait for their turn, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<usize>,
    /// How much longer everything takes than it otherwise would, latencies included: 1.1 is ten percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slow: Option<f64>,
    /// What is held back until an answer may go.
    #[serde(skip_serializing_if = "Hold::is_answer")]
    pub hold: Hold,
    /// Where latencies are drawn from.
    pub seed: u64,
}

impl Injection {
    /// Whether nothing is injected.
    pub fn is_none(&self) -> bool {
        self.latency.is_none()
            && self.operations.is_empty()
            && self.stall.is_none()
            && self.capacity.is_none()
            && self.slow.is_none()
    }

    /// Checks what the types do not; `operation` says whether there is an operation of that name.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self, operation: impl Fn(&str) -> bool) -> Result<(), InjectionError> {
        if self.capacity == Some(0) {
            return Err(InjectionError::new("a capacity must be at least 1"));
        }
        if self.slow.is_some_and(|factor| !(1.0..=100.0).contains(&factor)) {
            return Err(InjectionError::new(
                "slow is a factor between 1 and 100; 1.1 is ten percent slower",
            ));
        }
        match self.operations.keys().find(|name| !operation(name)) {
            Some(name) => Err(InjectionError::new(format!(
                "no contract has the operation `{name}`"
            ))),
            None => Ok(()),
        }
    }
}
