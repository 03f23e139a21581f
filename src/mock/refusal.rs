//! Why a request is not carried out: what the client is told, and what the journal notes.

use super::journal::Stage;
use crate::begjaering::Violation;

/// The meanings of the service's error codes. The code's prefix and status are the contract's; the number is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Unexpected error in the service.
    Unexpected,
    /// Unknown address.
    UnknownAddress,
    /// Authentication.
    Authentication,
    /// Authorisation.
    Authorisation,
    /// Input validation: syntax and schema.
    InvalidInput,
    /// Nothing found for the parties.
    NothingFound,
    /// Data format.
    Format,
    /// Unknown identifier.
    UnknownIdentifier,
}

impl Meaning {
    /// The number at the end of the code.
    pub fn number(self) -> &'static str {
        match self {
            Self::Unexpected => "001",
            Self::UnknownAddress => "003",
            Self::Authentication => "004",
            Self::Authorisation => "005",
            Self::InvalidInput => "006",
            Self::NothingFound => "007",
            Self::Format => "008",
            Self::UnknownIdentifier => "009",
        }
    }

    /// The message sent with it, in the service's language; the wording is ours.
    pub fn melding(self) -> &'static str {
        match self {
            Self::Unexpected => "Det oppsto en uventet feil i tjenesten.",
            Self::UnknownAddress => "Adressen finnes ikke.",
            Self::Authentication => "Autentiseringen feilet.",
            Self::Authorisation => "Kalleren har ikke tilgang til tjenesten.",
            Self::InvalidInput => "Forespørselen er ikke gyldig.",
            Self::NothingFound => "Det finnes ingen sak mellom partene.",
            Self::Format => "Formatet støttes ikke. Bruk JSON eller XML.",
            Self::UnknownIdentifier => "Identifikatoren er ukjent.",
        }
    }
}

/// A refused request.
#[derive(Debug)]
pub struct Refusal {
    /// The stage that decided.
    pub stage: Stage,
    /// The rule in words, for the journal.
    pub reason: String,
    /// What the client gets.
    pub told: Told,
}

/// What the client is told.
#[derive(Debug)]
pub enum Told {
    /// One of the service's codes, with details after its standard message.
    Meaning(Meaning, Option<String>),
    /// A code that a script named, with the status it named, if any.
    Scripted {
        /// The code.
        code: String,
        /// The status, where the script gave one.
        status: Option<u16>,
    },
    /// The violated conditions, all of them.
    Conditions(Vec<Violation>),
}

impl Refusal {
    /// With a standard code.
    pub fn new(stage: Stage, meaning: Meaning, reason: impl Into<String>) -> Self {
        Self {
            stage,
            reason: reason.into(),
            told: Told::Meaning(meaning, None),
        }
    }

    /// With a standard code and details for the client.
    pub fn detailed(stage: Stage, meaning: Meaning, reason: impl Into<String>, detail: String) -> Self {
        Self {
            stage,
            reason: reason.into(),
            told: Told::Meaning(meaning, Some(detail)),
        }
    }

    /// No such case, attachment or the like, or not one of this organisation.
    pub fn unknown(what: &str) -> Self {
        let reason = format!("the organisation has no {what} with this identifier");
        Self::new(Stage::Identifier, Meaning::UnknownIdentifier, reason)
    }

    /// Conditions are violated.
    pub fn conditions(violations: Vec<Violation>) -> Self {
        let codes: Vec<&str> = violations.iter().map(|violation| violation.code).collect();
        let reason = format!("violated conditions: {}", codes.join(", "));
        Self {
            stage: Stage::Conditions,
            reason,
            told: Told::Conditions(violations),
        }
    }
}
