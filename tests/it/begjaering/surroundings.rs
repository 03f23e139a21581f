//! A small world around the trial document: register, attachments, submissions and the case before a change.

use jiff::civil::Date;
use serde_json::Value;
use utlegg::begjaering::{
    Attachment, AttachmentState, Attachments, CaseBefore, PartyKind, PartyRegister, RegisteredParty, Ruleset,
    Submissions, Surroundings,
};

/// The day of every trial; the document's payment is one day earlier.
pub const TODAY: Date = Date::constant(2026, 11, 23);

/// The parties, all synthetic.
pub const CREDITOR: &str = "311758489";
pub const SUBMITTER: &str = "312597772";
pub const DEBTOR: &str = "30906197746";
pub const OTHER_PERSON: &str = "07841949964";
pub const OLD_RULES_PERSON: &str = "08907395937";
pub const UNKNOWN_PERSON: &str = "69887800189";
pub const REPRESENTATIVE: &str = "44926701751";
pub const SUB_UNIT: &str = "313159949";
pub const SOLE_PROPRIETORSHIP: &str = "310844136";
pub const OTHER_ORGANISATION: &str = "213144502";
pub const UNKNOWN_ORGANISATION: &str = "313182495";

/// Attachments by state.
pub const READY: &str = "11111111-1111-4111-8111-111111111111";
pub const IN_PROGRESS: &str = "22222222-2222-4222-8222-222222222222";
pub const FAILED: &str = "33333333-3333-4333-8333-333333333333";
pub const GONE: &str = "44444444-4444-4444-8444-444444444444";
pub const OF_ANOTHER: &str = "55555555-5555-4555-8555-555555555555";
pub const A_DEMAND: &str = "66666666-6666-4666-8666-666666666666";
pub const NEVER_UPLOADED: &str = "77777777-7777-4777-8777-777777777777";

/// What a trial may set otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    pub authenticated: &'static str,
    pub submitted: bool,
    pub unprocessed: bool,
    pub changes_allowed: bool,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            authenticated: SUBMITTER,
            submitted: false,
            unprocessed: false,
            changes_allowed: true,
        }
    }
}

impl Known {
    pub fn around<'a>(&'a self, before: &'a Value) -> Surroundings<'a> {
        Surroundings {
            today: TODAY,
            authenticated: Some(self.authenticated),
            register: Some(self),
            attachments: Some(self),
            submissions: Some(self),
            case: Some(CaseBefore {
                request: before,
                reference: "UTLBGJ/2026/1",
                state: "sakUnderBehandling",
                unprocessed: self.unprocessed,
                changes_allowed: self.changes_allowed,
            }),
        }
    }
}

impl PartyRegister for Known {
    fn party(&self, identifier: &str) -> Option<RegisteredParty> {
        let (kind, rules) = match identifier {
            CREDITOR | SUBMITTER | OTHER_ORGANISATION => (PartyKind::MainUnit, Ruleset::New),
            DEBTOR | OTHER_PERSON | REPRESENTATIVE => (PartyKind::Person, Ruleset::New),
            OLD_RULES_PERSON => (PartyKind::Person, Ruleset::Old),
            SUB_UNIT => (PartyKind::SubUnit, Ruleset::New),
            SOLE_PROPRIETORSHIP => (PartyKind::SoleProprietorship, Ruleset::New),
            _ => return None,
        };
        Some(RegisteredParty { kind, rules })
    }
}

impl Attachments for Known {
    fn attachment(&self, uuid: &str) -> Option<Attachment> {
        let state = match uuid {
            READY | OF_ANOTHER | A_DEMAND => AttachmentState::Ready,
            IN_PROGRESS => AttachmentState::InProgress,
            FAILED => AttachmentState::Failed,
            GONE => AttachmentState::Gone,
            _ => return None,
        };
        Some(Attachment {
            state,
            kind: (uuid == A_DEMAND).then(|| "betalingsoppfordring".to_owned()),
            innsender_referanse: (uuid == OF_ANOTHER).then(|| "EN ANNEN".to_owned()),
        })
    }
}

impl Submissions for Known {
    fn is_submitted(&self, innsender: &str, begjaeringsdato: &str, innsender_referanse: &str) -> bool {
        self.submitted
            && (innsender, begjaeringsdato, innsender_referanse) == (SUBMITTER, "2026-11-20", "UTL-REF")
    }
}
