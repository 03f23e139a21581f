//! One check and how it ended.

use serde::{Deserialize, Serialize};

use crate::source::{Place, Position};

/// One expectation held against one exchange.
#[must_use]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What was looked at.
    pub subject: Subject,
    /// How it ended.
    pub result: CheckResult,
    /// What was expected, in words or as JSON; short.
    pub expected: String,
    /// What was found; short, masked by whoever captures the exchange.
    pub actual: String,
    /// `JSONPath`, JSON Pointer or header name within the answer, where one applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where the expectation was written; `None` for a check that is always on (schema).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Position>,
    /// More than one line: a snapshot's diff, a schema rule's location.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whether the check rests on a fact of the contract that is reconstructed, not documented.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reconstructed: bool,
}

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The status code.
    Status,
    /// The error code (KB, DAS, …).
    Code,
    /// The violated conditions of a 422 answer.
    Conditions,
    /// A header.
    Header,
    /// A value in the body.
    Body,
    /// The answer against the contract's schema.
    Schema,
    /// The answer against its snapshot.
    Snapshot,
    /// The time the answer took.
    Within,
    /// A poll's end condition.
    Until,
    /// A poll's fatal condition.
    FailIf,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckResult {
    /// As expected.
    Passed,
    /// Not as expected.
    Failed,
}

impl Check {
    /// A check that holds or not, without place, path and detail yet.
    pub fn new(
        subject: Subject,
        holds: bool,
        expected: impl Into<String>,
        actual: impl Into<String>,
    ) -> Self {
        Self {
            subject,
            result: if holds {
                CheckResult::Passed
            } else {
                CheckResult::Failed
            },
            expected: expected.into(),
            actual: actual.into(),
            path: None,
            place: None,
            detail: None,
            reconstructed: false,
        }
    }

    /// Says where the expectation is written.
    pub fn at(mut self, place: &Place) -> Self {
        self.place = Some(place.position());
        self
    }

    /// Says which part of the answer was looked at.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds what takes more than one line.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Whether it holds.
    pub fn passed(&self) -> bool {
        self.result == CheckResult::Passed
    }
}
