//! One call, as listeners see it the moment its answer is judged.

use super::done::Done;
use super::session::Session;
use crate::assertion::Check;
use crate::http::{ErrorReading, Exchange, Transport};
use crate::outcome::StepOutcome;
use crate::scenario::{Step, StepAction};

/// One call of a step: the only one, or one of a poll's. Token fetches and what is said to the mock's admin interface
/// are no calls.
#[derive(Debug, Clone, Copy)]
pub struct SeenCall<'a> {
    /// The step that makes it.
    pub step: &'a Step,
    /// The step's position in the test, from 0; preparation steps come first.
    pub index: usize,
    /// Whether the step only prepares the test.
    pub preparation: bool,
    /// What was sent and what came back. Not masked.
    pub exchange: &'a Exchange,
    /// How it ended: [`StepOutcome::Failed`] where a check did not hold, [`StepOutcome::Error`] where there was no
    /// answer or it could not be judged. A poll's call that only shows that it is too early has passed.
    pub outcome: StepOutcome,
    /// The checks that were made on its answer; of a poll only the last call's.
    pub checks: &'a [Check],
    /// The error that was read from the answer, where one was looked for.
    pub reading: Option<&'a ErrorReading>,
}

impl SeenCall<'_> {
    /// Whether it is one of a poll's calls.
    pub fn is_poll(&self) -> bool {
        matches!(self.step.action, StepAction::Poll(_))
    }
}

/// The call that a step ended with, if it made one.
pub(super) fn last<'a, T: Transport>(
    session: &Session<'_, T>,
    step: &'a Step,
    done: &'a Done,
) -> Option<SeenCall<'a>> {
    Some(SeenCall {
        outcome: done.outcome(),
        checks: done.checks(),
        reading: done.reading.as_ref(),
        ..early(session, step, done.exchange.as_ref()?)
    })
}

/// A call of a poll after which another one will be made.
pub(super) fn early<'a, T: Transport>(
    session: &Session<'_, T>,
    step: &'a Step,
    exchange: &'a Exchange,
) -> SeenCall<'a> {
    SeenCall {
        step,
        index: session.step,
        preparation: session.step < session.test.preparation.len(),
        exchange,
        outcome: StepOutcome::Passed,
        checks: &[],
        reading: None,
    }
}
