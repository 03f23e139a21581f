//! ruleset-lookup (Betjeningskartet): which rules a debtor is handled under.

use serde_json::{Value, json};

use crate::begjaering::Ruleset;
use crate::contract::{Contract, Vocabulary};
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::parties;
use crate::mock::state::MockState;

/// Answers for every identifier asked about. One that the register does not know is under the new rules (our
/// decision: nothing else is documented).
pub fn handle(state: &MockState, call: &Call<'_>) -> Answer {
    let document = call.document();
    let asked = document
        .get("identifikatorer")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let found: Vec<Value> = asked
        .iter()
        .filter_map(Value::as_str)
        .map(|identifier| line(state, &call.model.contract, identifier))
        .collect();
    Answer::with(json!({ "regelverk": found }), "the register's answer")
}

fn line(state: &MockState, contract: &Contract, identifier: &str) -> Value {
    let rules = parties::registered(&state.register, identifier).map(|party| party.rules);
    let meaning = if rules == Some(Ruleset::Old) { "old" } else { "new" };
    let rules = contract.word(Vocabulary::Rules, meaning);
    json!({"identifikator": identifier, "regelverk": rules})
}
