//! Faults that a script ordered: wrong answers and late ones.

use std::sync::Arc;

use super::request::{REFERENCE, UUID, innsender_referanse};
use crate::mock::call::Call;
use crate::mock::journal::Stage;
use crate::mock::refusal::{Refusal, Told};
use crate::mock::script::{Effect, Script};
use crate::mock::state::MockState;

/// Lets the faults strike that the script of this request's case has for this operation.
///
/// # Errors
/// The ordered failure.
pub async fn strike(state: &MockState, call: &Call<'_>) -> Result<(), Refusal> {
    let Some(script) = script_of(state, call) else {
        return Ok(());
    };
    for fault in script
        .faults
        .iter()
        .filter(|fault| fault.operation == call.operation.name())
    {
        if !fault.strikes() {
            continue;
        }
        match &fault.effect {
            Effect::Delay(by) => tokio::time::sleep(*by).await,
            Effect::Fail { code, status } => {
                let told = Told::Scripted {
                    code: code.clone(),
                    status: *status,
                };
                let reason = format!("the script ordered {code} on {}", fault.operation);
                return Err(Refusal {
                    stage: Stage::Script,
                    reason,
                    told,
                });
            }
        }
    }
    Ok(())
}

/// By the reference in the body, else by that of the case or the attachment in the path, else by the header Klientid:
/// what is asked of the feed, of the rules and of deductions has no reference of the caller's own.
fn script_of(state: &MockState, call: &Call<'_>) -> Option<Arc<Script>> {
    let of_case = || {
        let case = |case: &mut crate::mock::case::Case| (case.innsender_referanse.clone(), None);
        state
            .cases
            .with(&call.organisation, call.path(REFERENCE), call.now, case)?
    };
    let of_attachment = || {
        let uuid = call.path(UUID).to_ascii_lowercase();
        state.attachments.with(&uuid, |stored| {
            let own = stored.organisation == call.organisation;
            own.then(|| stored.innsender_referanse.clone()).flatten()
        })?
    };
    let own = innsender_referanse(&call.payload)
        .or_else(of_case)
        .or_else(of_attachment)
        .or_else(|| call.client.clone())?;
    state.scripts.with(&own, |script| Arc::clone(script))
}
