//! From the contract's logical name to the function that answers.

use super::{
    attachment_status, case_status, change, deduction_insight, faults, messages, ruleset_lookup, status_feed,
    submit, upload_attachment, validate_change, validate_new,
};
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::journal::Stage;
use crate::mock::refusal::{Meaning, Refusal};
use crate::mock::state::MockState;

/// Carries out a request that has passed the schema; faults that a script ordered come first.
///
/// # Errors
/// The refusal, where the operation refuses.
pub async fn carry_out(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    faults::strike(state, call).await?;
    match call.operation.name() {
        "submit" => submit::handle(state, call),
        "change" => change::handle(state, call),
        "validate-new" => validate_new::handle(state, call),
        "validate-change" => validate_change::handle(state, call),
        "upload-attachment" => upload_attachment::handle(state, call),
        "attachment-status" => attachment_status::handle(state, call),
        "case-status" => case_status::handle(state, call),
        "status-feed" => Ok(status_feed::handle(state, call)),
        "messages" => messages::handle(state, call),
        "ruleset-lookup" => Ok(ruleset_lookup::handle(state, call)),
        "deduction-insight" => deduction_insight::handle(state, call),
        other => {
            let reason = format!("the contract has an operation `{other}` that the mock does not know");
            Err(Refusal::new(Stage::Internal, Meaning::Unexpected, reason))
        }
    }
}
