//! attachment-status: how far an attachment has come.

use serde_json::json;

use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;

/// Answers from the attachment's own clock.
///
/// # Errors
/// The refusal for one that this organisation did not upload.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let uuid = call.path("uuid").to_ascii_lowercase();
    let body = state.attachments.with(&uuid, |stored| {
        (stored.organisation == call.organisation).then(|| {
            let status = stored.status(call.now);
            json!({"uuid": uuid, "filnavn": stored.filename, "type": stored.kind, "status": status})
        })
    });
    match body.flatten() {
        Some(body) => Ok(Answer::with(body, "the attachment's state on its own clock")),
        None => Err(Refusal::unknown("attachment")),
    }
}
