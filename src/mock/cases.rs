//! All cases, found by their references, their submitters and their parties.

use jiff::{SignedDuration, Timestamp};

use super::bounded::Bounded;
use super::case::{Case, StateChange};
use super::feed::{Feed, FeedEvent};

/// Organisations whose feeds are kept.
const ORGANISATIONS: usize = 4096;
/// Cases remembered per innsenderReferanse and per pair of parties.
const PER_KEY: usize = 16;

/// What makes two submissions the same: innsender, begjaeringsdato, innsenderReferanse.
pub type SubmissionKey = (String, String, String);
/// Submitting organisation, saksoeker, saksoekt.
pub type PartiesKey = (String, String, String);

/// The store. Beyond its limit the oldest cases are forgotten, as if they had never been.
#[derive(Debug)]
pub struct Cases {
    by_reference: Bounded<String, Case>,
    submissions: Bounded<SubmissionKey, ()>,
    by_innsender_referanse: Bounded<String, Vec<String>>,
    by_parties: Bounded<PartiesKey, Vec<String>>,
    feeds: Bounded<String, Feed>,
}

impl Cases {
    /// At most about `limit` cases, whose requests have at most about so many bytes.
    pub fn new(limit: usize, bytes: usize) -> Self {
        Self {
            by_reference: Bounded::weighed(limit, bytes),
            submissions: Bounded::new(limit),
            by_innsender_referanse: Bounded::new(limit),
            by_parties: Bounded::new(limit),
            feeds: Bounded::new(ORGANISATIONS),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_reference.len()
    }

    /// Whether there is a case with this reference, whoever owns it.
    pub fn contains(&self, reference: &str) -> bool {
        self.by_reference.contains(&reference.to_owned())
    }

    /// Whether the same request was submitted before.
    pub fn is_submitted(&self, key: &SubmissionKey) -> bool {
        self.submissions.contains(key)
    }

    /// Claims a submission's key; of two equal requests at the same time, one gets it.
    pub fn claim(&self, key: SubmissionKey) -> bool {
        self.submissions.insert_if_absent(key, ())
    }

    /// Takes a new case in.
    pub fn add(&self, case: Case, parties: &[PartiesKey]) {
        let reference = case.reference.clone();
        let remember = |list: &mut Vec<String>| {
            if list.len() >= PER_KEY {
                list.remove(0);
            }
            list.push(reference.clone());
        };
        if let Some(own) = &case.innsender_referanse {
            self.by_innsender_referanse
                .with_or_insert(own, Vec::new, remember);
        }
        for key in parties {
            self.by_parties.with_or_insert(key, Vec::new, remember);
        }
        let first = StateChange {
            time: case.submitted,
            state: case.state,
        };
        let weight = case.request.len();
        let forgotten = self.by_reference.insert(reference.clone(), case, weight);
        for case in forgotten.iter().filter(|case| case.is_pending()) {
            self.feeds
                .with(&case.organisation, |feed| feed.pending.remove(&case.reference));
        }
        self.by_reference
            .with(&reference, |case| self.note(case, [first]));
    }

    fn note(&self, case: &Case, changes: impl IntoIterator<Item = StateChange>) {
        self.feeds
            .with_or_insert(&case.organisation, Feed::default, |feed| {
                feed.add(&case.reference, changes);
                if case.is_pending() {
                    feed.pending.insert(case.reference.clone());
                } else {
                    feed.pending.remove(&case.reference);
                }
            });
    }

    /// Works on a case of this organisation after everything due has happened to it; none where it has no such case.
    pub fn with<R>(
        &self,
        organisation: &str,
        reference: &str,
        real: Timestamp,
        work: impl FnOnce(&mut Case) -> (R, Option<StateChange>),
    ) -> Option<R> {
        self.by_reference.with(&reference.to_owned(), |case| {
            if case.organisation != organisation {
                return None;
            }
            let mut changes = case.settle(real);
            let (result, change) = work(case);
            changes.extend(change);
            if !changes.is_empty() {
                self.note(case, changes);
            }
            Some(result)
        })?
    }

    /// Moves the clock of one case, whoever owns it; none where there is no such case.
    pub fn advance(
        &self,
        reference: &str,
        by: SignedDuration,
        real: Timestamp,
    ) -> Option<(Timestamp, String)> {
        self.by_reference.with(&reference.to_owned(), |case| {
            case.clock.advance(by);
            let changes = case.settle(real);
            if !changes.is_empty() {
                self.note(case, changes);
            }
            (
                case.clock.show(real),
                case.state.spelled(&case.contract).to_owned(),
            )
        })
    }

    /// The latest case with this innsenderReferanse.
    pub fn find_by_innsender_referanse(&self, own: &str) -> Option<String> {
        self.by_innsender_referanse
            .with(&own.to_owned(), |list| list.last().cloned())?
    }

    /// The cases that join these two parties.
    pub fn between(&self, parties: &PartiesKey) -> Vec<String> {
        self.by_parties
            .with(parties, |list| list.clone())
            .unwrap_or_default()
    }

    /// A page of an organisation's feed, after everything due has happened to its cases.
    pub fn feed(&self, organisation: &str, from: u64, count: usize, real: Timestamp) -> Vec<FeedEvent> {
        let organisation = organisation.to_owned();
        let pending = self
            .feeds
            .with(&organisation, |feed| feed.pending.clone())
            .unwrap_or_default();
        for reference in pending {
            if self
                .with(&organisation, &reference, real, |_| ((), None))
                .is_none()
            {
                self.feeds
                    .with(&organisation, |feed| feed.pending.remove(&reference));
            }
        }
        self.feeds
            .with(&organisation, |feed| feed.page(from, count))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::contract::Contract;
    use crate::mock::case::Submission;
    use crate::mock::script::Script;
    use crate::mock::stored_request::StoredRequest;

    const ORGANISATION: &str = "310000001";

    #[test]
    fn a_forgotten_case_leaves_nothing_in_its_organisations_feed() {
        let cases = Cases::new(1, usize::MAX);
        let script = Arc::new(Script::parse(&json!({"after_submit": {"decide": {"after": "1h"}}})).unwrap());
        let contract = Contract::builtin("v2").unwrap();
        for number in 0..1000 {
            let submission = Submission {
                organisation: ORGANISATION.into(),
                reference: number.to_string(),
                number: String::new(),
                innsender_referanse: None,
                request: StoredRequest::of(b"{}"),
                script: Arc::clone(&script),
                contract: Arc::clone(&contract),
            };
            cases.add(Case::submit(submission, Timestamp::UNIX_EPOCH), &[]);
        }
        let pending = cases
            .feeds
            .with(&ORGANISATION.to_owned(), |feed| feed.pending.len());
        assert_eq!(pending, Some(cases.len()));
        assert!(cases.len() < 100);
    }
}
