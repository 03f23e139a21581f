//! validate-new: what submit would say, without storing anything.

use crate::begjaering::Phase;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;
use crate::mock::surroundings::Seen;

/// Judges the request.
///
/// # Errors
/// The violated conditions.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    Seen::new(state, call).check(Phase::New, None)?;
    Ok(Answer::empty("no condition is violated; nothing was stored"))
}
