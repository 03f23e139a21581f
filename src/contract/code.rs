//! The codes an answer may carry: error codes, gateway codes and conditions.

use serde::{Deserialize, Serialize};

use crate::source::Place;

/// Which family a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// The service's own error codes (`KB-…`, or whatever prefix the service uses).
    Kb,
    /// The gateway's error codes, shared by the administration's APIs (`DAS-…`).
    Das,
    /// A violated condition of a 422 answer.
    Condition,
}

/// How sure the trigger of a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The documentation says when it fires.
    Documented,
    /// We concluded when it fires.
    Inferred,
}

/// What must be known beyond a request to judge a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Knowledge {
    /// Who the token was issued for.
    Token,
    /// The request that a change replaces.
    PreviousRequest,
    /// How far the case has come.
    CaseState,
    /// The requests sent in before.
    Submissions,
    /// The attachments uploaded before.
    Attachments,
    /// The party register, or Betjeningskartet.
    PartyRegister,
}

impl Knowledge {
    /// All of them, with their spelling in the contract files.
    pub(super) const NAMES: [(&'static str, Self); 6] = [
        ("token", Self::Token),
        ("previous-request", Self::PreviousRequest),
        ("case-state", Self::CaseState),
        ("submissions", Self::Submissions),
        ("attachments", Self::Attachments),
        ("party-register", Self::PartyRegister),
    ];
}

/// One entry of `x-utlegg-codes`.
#[derive(Debug, Clone)]
pub struct CodeEntry {
    /// The code as answers spell it, in NFC.
    pub code: String,
    /// Its family.
    pub kind: CodeKind,
    /// The statuses it comes with.
    pub statuses: Vec<u16>,
    /// Logical names of the operations that can answer with it.
    pub operations: Vec<String>,
    /// The models that know it.
    pub models: Vec<String>,
    /// How sure the trigger is.
    pub certainty: Certainty,
    /// What is wrong, in a few words of English.
    pub title: String,
    /// When it fires, in full; a contract may leave it out.
    pub trigger: Option<String>,
    /// What must be known beyond the request to judge it at all.
    pub needs: Vec<Knowledge>,
    /// What more can be judged where this is known.
    pub partly_needs: Vec<Knowledge>,
    /// Where in the request, as a JSON Pointer pattern such as `/saksoekt/{i}`; conditions only.
    pub pointer: Option<String>,
    /// What the Norwegian message names, such as `kravreferanse`.
    pub parameters: Vec<String>,
    /// Where the contract says so.
    pub place: Place,
}

impl CodeEntry {
    /// Whether the operation with this logical name can answer with the code.
    pub fn applies_to(&self, operation: &str) -> bool {
        self.operations.iter().any(|name| name == operation)
    }
}
