//! What came of a step, before anything is masked or written.

use std::sync::Arc;
use std::time::Duration;

use crate::assertion::{Check, CheckResult};
use crate::http::{ErrorReading, Exchange};
use crate::outcome::{Note, StepOutcome};

use super::failure::StepError;

/// What came of a step.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Why it could not be judged.
    pub(super) error: Option<StepError>,
    /// Every check that was made on this answer, in order.
    pub(super) checks: Vec<Check>,
    /// The checks that it passes because one that differs in nothing that matters has passed them.
    pub(super) known: Option<Arc<[Check]>>,
    /// What is worth knowing but not wrong.
    pub(super) notes: Vec<Note>,
    /// How many requests were sent.
    pub(super) attempts: u32,
    /// The last exchange.
    pub(super) exchange: Option<Exchange>,
    /// The error that was read from the last answer.
    pub(super) reading: Option<ErrorReading>,
    /// The whole step's time, virtual waiting included.
    pub(super) elapsed: Duration,
    /// The named measurement it ended.
    pub(super) measure: Option<(String, Duration)>,
}

impl Done {
    /// A step that could not be judged.
    pub(super) fn failed_with(error: StepError) -> Self {
        Self {
            error: Some(error),
            ..Self::default()
        }
    }

    /// Every check, in order.
    pub(super) fn checks(&self) -> &[Check] {
        self.known.as_deref().unwrap_or(&self.checks)
    }

    /// How it ended. A failed check is a fact about the service, so it outweighs what could not be judged after it.
    pub(super) fn outcome(&self) -> StepOutcome {
        if self
            .checks()
            .iter()
            .any(|check| check.result == CheckResult::Failed)
        {
            StepOutcome::Failed
        } else if self.error.is_some() {
            StepOutcome::Error
        } else {
            StepOutcome::Passed
        }
    }
}
