//! A step that has ended, as listeners see it before anything is masked or written.

use std::time::Duration;

use super::done::Done;
use super::record;
use crate::assertion::Check;
use crate::contract::Operation;
use crate::http::{ErrorReading, Exchange};
use crate::outcome::{StepOutcome, StepRecord, TestId};
use crate::scenario::Step;

/// A step that has ended, or that was passed over.
#[derive(Debug, Clone, Copy)]
pub struct FinishedStep<'a> {
    /// The test it belongs to.
    pub test: &'a TestId,
    /// The step itself.
    pub step: &'a Step,
    /// Its position in the test, from 0; preparation steps come first.
    pub index: usize,
    /// Whether it only prepares the test.
    pub preparation: bool,
    /// The operation it calls, where the contract has it.
    pub(super) operation: Option<&'a Operation>,
    /// What came of it, or why it was not run.
    pub(super) done: Result<&'a Done, &'a str>,
}

impl FinishedStep<'_> {
    /// How it ended. A check that fails while a test is being prepared says nothing of conformance: that is an error.
    pub fn outcome(&self) -> StepOutcome {
        match self.done.map(Done::outcome) {
            Ok(StepOutcome::Failed) if self.preparation => StepOutcome::Error,
            Ok(outcome) => outcome,
            Err(_) => StepOutcome::NotRun,
        }
    }

    /// Why it could not be judged, or was not run. Not masked.
    pub fn error(&self) -> Option<String> {
        match self.done {
            Ok(done) => done.error.as_ref().map(ToString::to_string),
            Err(reason) => Some(reason.to_owned()),
        }
    }

    /// The last exchange. Not masked.
    pub fn exchange(&self) -> Option<&Exchange> {
        self.done.ok()?.exchange.as_ref()
    }

    /// Every check, in order. Not masked.
    pub fn checks(&self) -> &[Check] {
        self.done.map_or(&[], Done::checks)
    }

    /// The error that was read from the last answer. Not masked.
    pub fn reading(&self) -> Option<&ErrorReading> {
        self.done.ok()?.reading.as_ref()
    }

    /// The named measurement that it ended.
    pub fn measure(&self) -> Option<(&str, Duration)> {
        let (name, time) = self.done.ok()?.measure.as_ref()?;
        Some((name, *time))
    }

    /// The whole step's time: virtual waiting counts, fetching tokens does not.
    pub fn elapsed(&self) -> Duration {
        self.done.map_or(Duration::ZERO, |done| done.elapsed)
    }

    /// The masked record that reports see.
    pub fn record(&self) -> StepRecord {
        record::step(self)
    }
}
