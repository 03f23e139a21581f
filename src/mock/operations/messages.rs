//! messages: what the service has told the creditor about a case.

use serde_json::{Value, json};

use super::fixed_cases::FixedCase;
use super::request::REFERENCE;
use crate::contract::{Contract, Vocabulary};
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::case::Case;
use crate::mock::derived;
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;
use crate::mock::surroundings::oslo_date;

/// Answers with the messages, oldest first.
///
/// # Errors
/// The refusal for a case that this organisation does not have.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let reference = call.path(REFERENCE);
    if FixedCase::named(reference).is_some() {
        return Ok(Answer::with(
            json!({"meldinger": []}),
            "a fixed test case has no messages",
        ));
    }
    let seed = state.options.seed;
    let found = state.cases.with(&call.organisation, reference, call.now, |case| {
        (all(seed, &call.model.contract, case), None)
    });
    match found {
        Some(messages) => Ok(Answer::with(
            json!({ "meldinger": messages }),
            "the case's messages on its own clock",
        )),
        None => Err(Refusal::unknown("case")),
    }
}

fn all(seed: u64, contract: &Contract, case: &Case) -> Vec<Value> {
    let numbered = case.messages.iter().enumerate();
    numbered
        .map(|(index, message)| {
            let id = derived::uuid(seed, &["melding", &case.reference, &index.to_string()]);
            let mut body = json!({
                "meldingsid": id,
                "type": contract.word(Vocabulary::MessageType, "correction"),
                "tidspunkt": message.time,
                "tekst": message.text,
            });
            if let Some(deadline) = message.deadline {
                body["frist"] = json!(oslo_date(deadline));
            }
            body
        })
        .collect()
}
