//! What the conditions ask the mock: parties, attachments, earlier submissions, the case before a change.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::call::Call;
use super::cases::SubmissionKey;
use super::parties;
use super::refusal::Refusal;
use super::state::MockState;
use crate::begjaering::{
    Attachment, AttachmentState, Attachments, CaseBefore, PartyRegister, Phase, RegisteredParty, Submissions,
    Surroundings, Violation, check_in_force,
};

/// The state as one call's conditions see it.
#[derive(Debug)]
pub struct Seen<'a> {
    state: &'a MockState,
    call: &'a Call<'a>,
    asked: Mutex<Option<SubmissionKey>>,
}

impl<'a> Seen<'a> {
    /// For one call.
    pub fn new(state: &'a MockState, call: &'a Call<'a>) -> Self {
        Self {
            state,
            call,
            asked: Mutex::default(),
        }
    }

    /// Checks the body against every condition that the contract lists for its model.
    ///
    /// # Errors
    /// The refusal with all violations.
    pub fn check(&self, phase: Phase, case: Option<CaseBefore<'_>>) -> Result<(), Refusal> {
        let violations = self.violations(phase, case);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(Refusal::conditions(violations))
        }
    }

    fn violations(&self, phase: Phase, case: Option<CaseBefore<'_>>) -> Vec<Violation> {
        let behaviour = &self.state.options.behaviour;
        let surroundings = Surroundings {
            today: oslo_date(self.call.now),
            authenticated: behaviour
                .check_submitter
                .then_some(self.call.organisation.as_str()),
            register: Some(self),
            attachments: Some(self),
            submissions: Some(self),
            case,
        };
        let model = self.call.model;
        let violations = check_in_force(&model.conditions, phase, &self.call.document(), &surroundings);
        match &model.mutant {
            Some(mutant) => mutant.judge(&model.conditions, phase, violations),
            None => violations,
        }
    }

    /// What the conditions asked about earlier submissions: the key under which this one is to be remembered.
    pub fn submission_key(&self) -> Option<SubmissionKey> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The day in the administration's time zone: conditions on dates are about days there.
pub fn oslo_date(time: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Oslo").unwrap_or(TimeZone::UTC);
    time.to_zoned(zone).date()
}

impl PartyRegister for Seen<'_> {
    fn party(&self, identifier: &str) -> Option<RegisteredParty> {
        parties::registered(&self.state.register, identifier)
    }
}

impl Attachments for Seen<'_> {
    fn attachment(&self, uuid: &str) -> Option<Attachment> {
        let (state, call) = (self.state, self.call);
        let uploaded = state.attachments.with(&uuid.to_ascii_lowercase(), |stored| {
            let own = stored.organisation == call.organisation;
            own.then(|| Attachment {
                state: stored.progress(call.now).judged(),
                kind: Some(stored.kind.clone()),
                innsender_referanse: stored.innsender_referanse.clone(),
            })
        });
        let trusted = state.options.behaviour.trust_unknown_attachments;
        // Another organisation's attachment is as unknown as none, but it is never taken on trust.
        uploaded.unwrap_or_else(|| trusted.then(ready))
    }
}

fn ready() -> Attachment {
    Attachment {
        state: AttachmentState::Ready,
        kind: None,
        innsender_referanse: None,
    }
}

impl Submissions for Seen<'_> {
    fn is_submitted(&self, innsender: &str, begjaeringsdato: &str, innsender_referanse: &str) -> bool {
        let key = (
            innsender.to_owned(),
            begjaeringsdato.to_owned(),
            innsender_referanse.to_owned(),
        );
        let submitted = self.state.cases.is_submitted(&key);
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        submitted
    }
}
