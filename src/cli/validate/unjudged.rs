//! Which conditions could not be judged offline, and why: never passed over in silence.

use serde::Serialize;

use crate::contract::{CodeEntry, Knowledge};

/// Conditions that lack the same knowledge.
#[derive(Debug, Serialize)]
pub(super) struct Unjudged {
    /// What is not known.
    pub(super) unknown: Knowledge,
    /// Why, and what to do where something can be done; English.
    pub(super) reason: &'static str,
    /// Whether the conditions were judged as far as the request itself tells.
    pub(super) partly: bool,
    /// Their codes, in the order of the contract.
    pub(super) codes: Vec<String>,
}

/// What is missing, in a fixed order, with the words for it.
const REASONS: [(Knowledge, &str); 6] = [
    (
        Knowledge::Token,
        "the token says who is logged in: give --authenticated ORGNR",
    ),
    (
        Knowledge::PreviousRequest,
        "the request that is replaced is not known: give --previous FILE",
    ),
    (
        Knowledge::CaseState,
        "only the service knows how far the case has come",
    ),
    (
        Knowledge::Submissions,
        "only the service knows what was sent in before",
    ),
    (
        Knowledge::Attachments,
        "only the service knows what was uploaded, and as what",
    ),
    (
        Knowledge::PartyRegister,
        "the party register and Betjeningskartet are not asked",
    ),
];

/// Groups the conditions by the first thing they need that is not `known`.
pub(super) fn of(entries: &[&CodeEntry], known: &[Knowledge]) -> Vec<Unjudged> {
    let lacks = |needs: &[Knowledge], unknown: Knowledge| {
        let first = REASONS
            .iter()
            .map(|(knowledge, _)| knowledge)
            .find(|knowledge| needs.contains(knowledge) && !known.contains(knowledge));
        first == Some(&unknown)
    };
    let group = |partly: bool| {
        REASONS.iter().filter_map(move |(unknown, reason)| {
            let codes: Vec<String> = entries
                .iter()
                .filter(|entry| lacks(if partly { &entry.partly_needs } else { &entry.needs }, *unknown))
                .map(|entry| entry.code.clone())
                .collect();
            let found = Unjudged {
                unknown: *unknown,
                reason,
                partly,
                codes,
            };
            (!found.codes.is_empty()).then_some(found)
        })
    };
    group(false).chain(group(true)).collect()
}
