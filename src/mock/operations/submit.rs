//! submit: a new request becomes a case.

use std::sync::Arc;

use serde_json::json;

use super::request::{REFERENCE, actors, attachments, identifier, innsender_referanse};
use crate::begjaering::Phase;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::case::{Case, Submission};
use crate::mock::cases::PartiesKey;
use crate::mock::derived;
use crate::mock::refusal::Refusal;
use crate::mock::state::MockState;
use crate::mock::surroundings::Seen;

/// Case numbers are below this: six digits.
const NUMBERS: u64 = 1_000_000;

/// Judges the request and stores it.
///
/// # Errors
/// The violated conditions.
pub fn handle(state: &MockState, call: &Call<'_>) -> Result<Answer, Refusal> {
    let seen = Seen::new(state, call);
    seen.check(Phase::New, None)?;
    if seen.submission_key().is_some_and(|key| !state.cases.claim(key)) {
        // An equal request was stored since the check: now it is seen.
        seen.check(Phase::New, None)?;
    }
    let submission = submission(state, call);
    let reference = submission.reference.clone();
    let parties = parties(call);
    state.cases.add(Case::submit(submission, call.now), &parties);
    name_attachments(state, call);
    Ok(Answer::with(
        json!({ REFERENCE: reference }),
        "no condition is violated; a case was made",
    ))
}

/// Remembers that a case names these attachments, so that they are not discarded as unused.
pub fn name_attachments(state: &MockState, call: &Call<'_>) {
    for uuid in attachments(&call.document()) {
        state.attachments.with(&uuid.to_ascii_lowercase(), |stored| {
            stored.named |= stored.organisation == call.organisation;
        });
    }
}

fn submission(state: &MockState, call: &Call<'_>) -> Submission {
    let own = innsender_referanse(&call.payload);
    let reference = reference(state, call, own.as_deref());
    let year = call.now.to_zoned(jiff::tz::TimeZone::UTC).year();
    let number = derived::number(state.options.seed, &["saksnummer", &reference], NUMBERS);
    let script = own
        .as_ref()
        .and_then(|own| state.scripts.with(own, |script| Arc::clone(script)));
    Submission {
        organisation: call.organisation.clone(),
        number: format!("UTLBGJ/{year}/{number}"),
        reference,
        innsender_referanse: own,
        request: call.stored(),
        script: script.unwrap_or_default(),
        contract: Arc::clone(&call.model.contract),
    }
}

/// Depends on the seed and the request alone, so that a run can be repeated; a further case with the same own
/// reference (another begjaeringsdato) gets another.
fn reference(state: &MockState, call: &Call<'_>, own: Option<&str>) -> String {
    let Some(own) = own else {
        return uuid::Uuid::new_v4().to_string();
    };
    let seed = state.options.seed;
    let parts = [call.model.name(), &call.organisation, own];
    let first = derived::uuid(seed, &parts).to_string();
    if !state.cases.contains(&first) {
        return first;
    }
    uuid::Uuid::new_v4().to_string()
}

fn parties(call: &Call<'_>) -> Vec<PartiesKey> {
    let document = call.document();
    let identifiers = |role| {
        actors(&document, role)
            .into_iter()
            .filter_map(identifier)
            .map(str::to_owned)
    };
    let debtors: Vec<String> = identifiers("saksoekt").collect();
    identifiers("saksoeker")
        .flat_map(|creditor| {
            let organisation = call.organisation.clone();
            debtors
                .iter()
                .map(move |debtor| (organisation.clone(), creditor.clone(), debtor.clone()))
        })
        .collect()
}
