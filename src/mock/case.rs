//! A case: its state, its own clock, what the script still has in store for it.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::clock::Clock;
use super::script::{Outcome, Planned, Script, Step};
use super::stored_request::StoredRequest;
use crate::contract::{Contract, Vocabulary};

/// The states of a case; the contract says how answers spell them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseState {
    /// Received, not yet processed.
    Opprettet,
    /// Being processed.
    UnderBehandling,
    /// Presented to the parties.
    Forelagt,
    /// Decided.
    Besluttet,
    /// Closed.
    Avsluttet,
    /// Withdrawn or annulled.
    Hevet,
    /// Refused.
    NektetFremmet,
}

impl CaseState {
    /// As answers under this contract spell it.
    pub fn spelled(self, contract: &Contract) -> &str {
        let meaning = match self {
            Self::Opprettet => "received",
            Self::UnderBehandling => "processed",
            Self::Forelagt => "presented",
            Self::Besluttet => "decided",
            Self::Avsluttet => "closed",
            Self::Hevet => "annulled",
            Self::NektetFremmet => "refused",
        };
        contract.word(Vocabulary::CaseState, meaning)
    }

    /// Whether a decision belongs to the state.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Besluttet | Self::Avsluttet)
    }
}

/// A message to the creditor: a request for correction, which is the only kind there is here.
#[derive(Debug, Clone)]
pub struct Message {
    /// When, in the case's time.
    pub time: Timestamp,
    /// What it says.
    pub text: String,
    /// Until when an answer is expected.
    pub deadline: Option<Timestamp>,
}

/// A decision.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// When, in the case's time.
    pub time: Timestamp,
    /// What was decided.
    pub outcome: Outcome,
}

/// A change of state, for the status feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateChange {
    /// When, in the case's time.
    pub time: Timestamp,
    /// The new state.
    pub state: CaseState,
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// The organisation that submitted it; nobody else sees it.
    pub organisation: String,
    /// Its eksternSaksreferanse.
    pub reference: String,
    /// The case number given to the creditor.
    pub number: String,
    /// The submitter's own reference.
    pub innsender_referanse: Option<String>,
    /// The request as last submitted or changed.
    pub request: StoredRequest,
    /// When it was submitted, in its own time.
    pub submitted: Timestamp,
    /// Its clock.
    pub clock: Clock,
    /// Its state.
    pub state: CaseState,
    /// Whether a request for correction is open.
    pub awaits_correction: bool,
    /// Messages, oldest first.
    pub messages: Vec<Message>,
    /// The decision, once there is one.
    pub decision: Option<Decision>,
    /// The script of its processing.
    pub script: Arc<Script>,
    /// The contract it was submitted under.
    pub contract: Arc<Contract>,
    pending: Vec<(Timestamp, Step)>,
}

/// What is known of a case when it is submitted.
#[derive(Debug)]
pub struct Submission {
    /// The submitting organisation.
    pub organisation: String,
    /// The new eksternSaksreferanse.
    pub reference: String,
    /// The new case number.
    pub number: String,
    /// The submitter's own reference.
    pub innsender_referanse: Option<String>,
    /// The body.
    pub request: StoredRequest,
    /// How it is to be processed.
    pub script: Arc<Script>,
    /// The contract it is submitted under.
    pub contract: Arc<Contract>,
}

/// Days the creditor has to correct a request; ours, since none is published.
const CORRECTION_DAYS: i64 = 14;

impl Case {
    /// A new case at real time `real`, with the script's steps planned.
    pub fn submit(submission: Submission, real: Timestamp) -> Self {
        let Submission {
            organisation,
            reference,
            number,
            innsender_referanse,
            request,
            script,
            contract,
        } = submission;
        let mut case = Self {
            organisation,
            reference,
            number,
            innsender_referanse,
            request,
            submitted: real,
            clock: Clock::default(),
            state: CaseState::Opprettet,
            awaits_correction: false,
            messages: Vec::new(),
            decision: None,
            pending: Vec::new(),
            script: Arc::clone(&script),
            contract,
        };
        case.plan(&script.after_submit, real);
        case
    }

    /// Takes a change that the conditions let pass: the case goes back to its first state.
    pub fn change(&mut self, request: StoredRequest, script: Arc<Script>, real: Timestamp) -> StateChange {
        let time = self.clock.show(real);
        self.request = request;
        self.state = CaseState::Opprettet;
        self.awaits_correction = false;
        self.pending.clear();
        self.plan(&script.after_change, time);
        self.script = script;
        StateChange {
            time,
            state: self.state,
        }
    }

    fn plan(&mut self, steps: &[Planned<Step>], from: Timestamp) {
        let due = |after: SignedDuration| from.saturating_add(after).unwrap_or(from);
        self.pending.extend(
            steps
                .iter()
                .map(|planned| (due(planned.after), planned.step.clone())),
        );
        // Stable, so that steps due at the same time happen in the order in which they were written.
        self.pending.sort_by_key(|(at, _)| *at);
    }

    /// Whether something is still to happen.
    pub fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Lets everything happen that is due by now; returns the changes of state, oldest first.
    pub fn settle(&mut self, real: Timestamp) -> Vec<StateChange> {
        if self.pending.is_empty() {
            return Vec::new();
        }
        let now = self.clock.show(real);
        let due = self.pending.partition_point(|(at, _)| *at <= now);
        let steps: Vec<_> = self.pending.drain(..due).collect();
        steps
            .into_iter()
            .filter_map(|(time, step)| self.take(&step, time))
            .collect()
    }

    fn take(&mut self, step: &Step, time: Timestamp) -> Option<StateChange> {
        let state = match step {
            Step::Process => CaseState::UnderBehandling,
            Step::AskForCorrection { text } => {
                self.ask_for_correction(text.as_deref(), time);
                CaseState::UnderBehandling
            }
            Step::Present => CaseState::Forelagt,
            Step::Decide(outcome) => {
                self.decision = Some(Decision {
                    time,
                    outcome: *outcome,
                });
                CaseState::Besluttet
            }
            Step::Refuse => CaseState::NektetFremmet,
            Step::Annul => CaseState::Hevet,
            Step::Close => CaseState::Avsluttet,
        };
        if state != CaseState::UnderBehandling {
            self.awaits_correction = false;
        }
        let changed = self.state != state;
        self.state = state;
        changed.then_some(StateChange { time, state })
    }

    fn ask_for_correction(&mut self, text: Option<&str>, time: Timestamp) {
        self.awaits_correction = true;
        let deadline = time.saturating_add(SignedDuration::from_hours(24 * CORRECTION_DAYS));
        self.messages.push(Message {
            time,
            text: text
                .unwrap_or("Begjæringen må rettes før den kan behandles videre.")
                .to_owned(),
            deadline: deadline.ok(),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn case(script: &Value) -> Case {
        let submission = Submission {
            organisation: "310000001".into(),
            reference: "r".into(),
            number: "UTLBGJ/2026/1".into(),
            innsender_referanse: None,
            request: StoredRequest::of(b"{}"),
            script: Arc::new(Script::parse(script).unwrap()),
            contract: Contract::builtin("v2").unwrap(),
        };
        Case::submit(submission, Timestamp::UNIX_EPOCH)
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn without_a_script_a_case_stays_as_it_was_submitted() {
        let mut case = case(&json!({}));
        case.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(case.settle(at(100)), []);
        assert_eq!(case.state.spelled(&case.contract), "sakOpprettet");
    }

    #[test]
    fn steps_happen_in_order_when_their_time_has_come() {
        let mut case =
            case(&json!({"after_submit": [{"decide": {"after": "2m"}}, {"process": {"after": "1s"}}]}));
        assert_eq!(case.settle(at(0)), []);
        assert_eq!(case.settle(at(1))[0].state, CaseState::UnderBehandling);
        case.clock.advance(SignedDuration::from_secs(120));
        let changes = case.settle(at(2));
        assert_eq!(
            changes,
            [StateChange {
                time: at(120),
                state: CaseState::Besluttet
            }]
        );
        assert!(case.decision.is_some() && !case.is_pending());
    }

    #[test]
    fn a_change_answers_the_request_for_correction_and_starts_over() {
        let script = json!({"after_submit": {"ask_for_correction": {"after": "5s", "text": "Rett beløpet"}},
                            "after_change": {"refuse": {"after": "1h"}}});
        let mut case = case(&script);
        case.settle(at(5));
        assert!(case.awaits_correction);
        assert_eq!(case.messages[0].text, "Rett beløpet");
        let script = Arc::clone(&case.script);
        case.change(StoredRequest::of(b"{}"), script, at(10));
        assert_eq!(
            (case.state, case.awaits_correction),
            (CaseState::Opprettet, false)
        );
        case.clock.advance(SignedDuration::from_hours(1));
        assert_eq!(case.settle(at(10))[0].state, CaseState::NektetFremmet);
    }
}
