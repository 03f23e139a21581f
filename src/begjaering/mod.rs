//! A request (utleggsbegjæring) and the conditions (vilkår) it must fulfil beyond its form.
//!
//! Every condition is a pure function over the request as JSON; what it must know beyond the request comes as
//! [`Surroundings`], and where that is unknown the condition stays silent. Which conditions are in force is the
//! contract's decision: a new information model needs a list of codes, and functions only for new rules.

mod accounts;
mod actor;
mod addresses;
mod amounts;
mod attachments;
mod changes;
mod claims;
mod condition;
mod fields;
mod grounds;
mod interest;
mod parties;
mod priority;
mod register;
mod relations;
mod representatives;
mod request;
mod submitter;
mod surroundings;
mod table;
mod walk;

pub use condition::{Condition, Violation, check, check_in_force, condition, in_force};
pub use surroundings::{
    Attachment, AttachmentState, Attachments, CaseBefore, PartyKind, PartyRegister, Phase, RegisteredParty,
    Ruleset, Submissions, Surroundings,
};
pub use table::conditions;
