//! upload-attachment: a file for a request to come.

use std::sync::Arc;

use serde_json::json;

use super::request::innsender_referanse;
use crate::mock::answer::Answer;
use crate::mock::attachment::{Fate, StoredAttachment};
use crate::mock::call::Call;
use crate::mock::clock::Clock;
use crate::mock::derived;
use crate::mock::journal::Stage;
use crate::mock::payload::Part;
use crate::mock::refusal::{Meaning, Refusal};
use crate::mock::state::MockState;

const FILE: &str = "fil";
const KIND: &str = "type";

/// Stores what is known of the file; its bytes are looked at once and not kept.
///
/// # Errors
/// The refusal for a form without a file, where the contract does not demand one.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let Some(file) = call.payload.part(FILE) else {
        let told = format!("Skjemaet mangler delen `{FILE}`.");
        let reason = "the form has no file";
        return Err(Refusal::detailed(
            Stage::Schema,
            Meaning::InvalidInput,
            reason,
            told,
        ));
    };
    let own = innsender_referanse(&call.payload);
    let filename = file.filename.clone().unwrap_or_else(|| FILE.to_owned());
    let uuid = uuid(state, call, own.as_deref(), &filename);
    let script = own
        .as_ref()
        .and_then(|own| state.scripts.with(own, |script| Arc::clone(script)));
    let attachment = StoredAttachment {
        organisation: call.organisation.clone(),
        filename,
        kind: call.payload.part(KIND).map(Part::text).unwrap_or_default(),
        innsender_referanse: own,
        received: call.now,
        clock: Clock::default(),
        fate: Fate::of(&file.content),
        named: false,
        script: script.unwrap_or_default(),
        contract: Arc::clone(&call.model.contract),
    };
    let reason = format!("the file was received; it will be {:?}", attachment.fate);
    state.attachments.insert(uuid.clone(), attachment, 0);
    Ok(Answer::with(json!({"uuid": uuid}), reason))
}

/// Depends on the seed and the upload alone, the first time it is uploaded.
fn uuid(state: &MockState, call: &Call<'_>, own: Option<&str>, filename: &str) -> String {
    let parts = ["vedlegg", &call.organisation, own.unwrap_or_default(), filename];
    let first = derived::uuid(state.options.seed, &parts).to_string();
    if own.is_some() && !state.attachments.contains(&first) {
        return first;
    }
    uuid::Uuid::new_v4().to_string()
}
