//! What a condition may need to know outside the request. `None` is unknown, and what needs it stays silent.

use jiff::civil::Date;
use serde_json::Value;

/// Whether a request is new or changes an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// A submission, or its validation.
    New,
    /// A change of a case, or its validation.
    Change,
}

/// Everything outside the request.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The day the request is received.
    pub today: Date,
    /// The caller's organisation number: the system user's organisation where the token has one, else its consumer.
    pub authenticated: Option<&'a str>,
    /// The party register and Betjeningskartet.
    pub register: Option<&'a dyn PartyRegister>,
    /// The attachments uploaded so far.
    pub attachments: Option<&'a dyn Attachments>,
    /// The requests submitted so far.
    pub submissions: Option<&'a dyn Submissions>,
    /// For a change: the case as it is.
    pub case: Option<CaseBefore<'a>>,
}

impl Surroundings<'_> {
    /// Nothing known but the day.
    pub fn unknown(today: Date) -> Self {
        Self {
            today,
            authenticated: None,
            register: None,
            attachments: None,
            submissions: None,
            case: None,
        }
    }
}

/// Looks up persons and organisations.
pub trait PartyRegister {
    /// The party that holds `identifier` (national identity or organisation number); nothing when there is none.
    fn party(&self, identifier: &str) -> Option<RegisteredParty>;
}

/// What the register knows of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisteredParty {
    /// What it is.
    pub kind: PartyKind,
    /// The rules a debtor is handled under, as Betjeningskartet answers.
    pub rules: Ruleset,
}

/// Kinds of party, as far as the conditions tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyKind {
    /// A natural person.
    Person,
    /// An organisation as a legal entity (hovedenhet).
    MainUnit,
    /// A place of business of one (underenhet), which cannot be a party.
    SubUnit,
    /// A sole proprietorship (enkeltpersonforetak, ENK): its owner is the party.
    SoleProprietorship,
}

/// The rules a debtor's cases are handled under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ruleset {
    /// Still the old rules and the old system.
    Old,
    /// The rules this API serves.
    New,
}

/// Looks up uploaded attachments.
pub trait Attachments {
    /// The attachment with this uuid, as the caller may see it; nothing when it was never uploaded.
    fn attachment(&self, uuid: &str) -> Option<Attachment>;
}

/// What is known of an uploaded attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// How far it has come.
    pub state: AttachmentState,
    /// The `type` it was uploaded with.
    pub kind: Option<String>,
    /// The `innsenderReferanse` it was uploaded with.
    pub innsender_referanse: Option<String>,
}

/// The states that the conditions tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttachmentState {
    /// Received, virus checked or validated, but not yet all three and converted.
    InProgress,
    /// Virus checked, validated and converted.
    Ready,
    /// Validation or conversion failed.
    Failed,
    /// Deleted, discarded, or found to carry a virus.
    Gone,
}

/// Knows which requests were submitted.
pub trait Submissions {
    /// Whether this submitter has submitted a request with this date (ISO 8601) and reference.
    fn is_submitted(&self, innsender: &str, begjaeringsdato: &str, innsender_referanse: &str) -> bool;
}

/// A case before a change.
#[derive(Debug, Clone, Copy)]
pub struct CaseBefore<'a> {
    /// The request as last accepted.
    pub request: &'a Value,
    /// Its `eksternSaksreferanse`.
    pub reference: &'a str,
    /// The name of its state, as `saksstatus` spells it.
    pub state: &'a str,
    /// Whether an earlier submission or change is still unprocessed.
    pub unprocessed: bool,
    /// Whether its state permits changes.
    pub changes_allowed: bool,
}
