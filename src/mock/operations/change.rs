//! change: a corrected request takes the place of the earlier one.

use std::sync::Arc;

use super::request::REFERENCE;
use super::submit::name_attachments;
use super::validate_change::judge;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;

/// Judges the change and stores it.
///
/// # Errors
/// The unknown case, or the violated conditions.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    judge(state, call)?;
    let request = call.stored();
    let stored = state
        .cases
        .with(&call.organisation, call.path(REFERENCE), call.now, |case| {
            let newest = case
                .innsender_referanse
                .as_ref()
                .and_then(|own| state.scripts.with(own, |s| Arc::clone(s)));
            let script = newest.unwrap_or_else(|| Arc::clone(&case.script));
            ((), Some(case.change(request, script, call.now)))
        });
    match stored {
        Some(()) => {
            name_attachments(state, call);
            Ok(Answer::empty("no condition is violated; the case starts over"))
        }
        None => Err(Refusal::unknown("case")),
    }
}
