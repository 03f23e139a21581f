//! deduction-insight: the creditor's claims in deductions from a debtor's income.

use serde_json::{Value, json};

use super::request::identifier;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::journal::Stage;
use crate::mock::refusal::{Meaning, Refusal};
use crate::mock::state::MockState;
use crate::mock::stored_request::StoredRequest;

/// Answers synthetically, as the test environment does, and only between the parties of a submitted case.
///
/// # Errors
/// The refusal where no case of this organisation joins the two.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let document = call.document();
    let party = |role: &str| {
        document
            .get(role)
            .and_then(identifier)
            .unwrap_or_default()
            .to_owned()
    };
    let (creditor, debtor) = (party("saksoeker"), party("saksoekt"));
    let key = (call.organisation.clone(), creditor.clone(), debtor.clone());
    let claims: Vec<Value> = state
        .cases
        .between(&key)
        .iter()
        .flat_map(|reference| claims(state, call, reference))
        .collect();
    if claims.is_empty() {
        let reason = "no case of the organisation joins the two parties";
        return Err(Refusal::new(Stage::Identifier, Meaning::NothingFound, reason));
    }
    let body = json!({
        "saksoekt": debtor,
        "saksoeker": creditor,
        "tidspunktForInnsynsforespoersel": call.now,
        "saksoekersKravIEttTrekk": claims,
    });
    Ok(Answer::with(
        body,
        "synthetic insight into the claims of the submitted cases",
    ))
}

fn claims(state: &MockState, call: &Call<'_>, reference: &str) -> Vec<Value> {
    let request = state.cases.with(&call.organisation, reference, call.now, |case| {
        (case.request.clone(), None)
    });
    let request = request.as_ref().map(StoredRequest::document).unwrap_or_default();
    let claims = request.get("kravTilInnkreving").and_then(Value::as_array);
    let told = claims.into_iter().flatten().map(|claim| {
        let own = claim
            .get("innsendersKravreferanse")
            .or_else(|| claim.get("kravreferanse"));
        json!({"innsendersKravreferanse": own, "gjenstaaendeBeloep": claim.get("gjenstaaendeBeloep")})
    });
    told.collect()
}
