//! validate-change: what change would say, without storing anything.

use super::request::REFERENCE;
use crate::begjaering::{CaseBefore, Phase};
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::case::{Case, CaseState};
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;
use crate::mock::stored_request::StoredRequest;
use crate::mock::surroundings::Seen;

/// Judges the change.
///
/// # Errors
/// The unknown case, or the violated conditions.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    judge(state, call)?;
    Ok(Answer::empty("no condition is violated; nothing was stored"))
}

/// The judgement that change and validate-change share.
///
/// # Errors
/// The unknown case, or the violated conditions.
pub fn judge(state: &MockState, call: &Call<'_>) -> Result<(), Refusal> {
    let before = state
        .cases
        .with(&call.organisation, call.path(REFERENCE), call.now, |case| {
            (Before::of(case), None)
        });
    let Some(before) = before else {
        return Err(Refusal::unknown("case"));
    };
    let earlier = before.request.document();
    let before = CaseBefore {
        request: &earlier,
        reference: call.path(REFERENCE),
        state: before.state.spelled(&call.model.contract),
        unprocessed: before.state == CaseState::Opprettet,
        // Allowed under processing, which is also the state in which a correction is asked for.
        changes_allowed: before.state == CaseState::UnderBehandling,
    };
    Seen::new(state, call).check(Phase::Change, Some(before))
}

struct Before {
    request: StoredRequest,
    state: CaseState,
}

impl Before {
    fn of(case: &Case) -> Self {
        Self {
            request: case.request.clone(),
            state: case.state,
        }
    }
}
