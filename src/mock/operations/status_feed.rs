//! status-feed: the changes of state of all of an organisation's cases, page by page.

use serde_json::{Value, json};

use super::request::REFERENCE;
use crate::mock::answer::Answer;
use crate::mock::call::Call;
use crate::mock::state::MockState;

/// Events in a page where the request does not say, and at most.
const PAGE: usize = 100;
const LARGEST_PAGE: usize = 1000;

/// Answers with at most `antall` events from `fraSekvensnummer` on.
pub fn handle(state: &MockState, call: &Call<'_>) -> Answer {
    let number = |name: &str| call.query.get(name).and_then(|text| text.parse::<u64>().ok());
    let from = number("fraSekvensnummer").unwrap_or(1);
    let count = number("antall")
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(PAGE)
        .min(LARGEST_PAGE);
    let events = state.cases.feed(&call.organisation, from, count, call.now);
    let events: Vec<Value> = events
        .iter()
        .map(|event| {
            json!({
                "sekvensnummer": event.sequence,
                REFERENCE: event.reference,
                "saksstatus": event.change.state.spelled(&call.model.contract),
                "tidspunkt": event.change.time,
            })
        })
        .collect();
    let reason = format!("{} events from number {from}", events.len());
    Answer::with(json!({ "hendelser": events }), reason)
}
