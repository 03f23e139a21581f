//! One contract as the mock serves it: its base path and its codes by meaning.

use std::borrow::Cow;
use std::sync::Arc;

use super::mutant::Mutant;
use super::refusal::Meaning;
use crate::begjaering::{Condition, in_force};
use crate::contract::{CodeKind, Contract};

/// A contract under its base path.
pub struct ServedModel {
    /// The contract.
    pub contract: Arc<Contract>,
    /// The path before every operation's own, without a trailing slash. It is the mock's own choice.
    pub base_path: String,
    /// The conditions that the contract lists.
    pub conditions: Vec<&'static Condition>,
    /// The rule changed on purpose, in a test of the scenarios.
    pub mutant: Option<Mutant>,
}

impl std::fmt::Debug for ServedModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServedModel")
            .field("base_path", &self.base_path)
            .finish_non_exhaustive()
    }
}

impl ServedModel {
    /// Serves a contract at its usual place.
    pub fn new(contract: Arc<Contract>) -> Self {
        let base_path = format!("/api/utleggsbegjaering/{}", contract.model());
        let listed = contract
            .codes()
            .iter()
            .filter(|entry| entry.kind == CodeKind::Condition);
        let codes: Vec<&str> = listed.map(|entry| entry.code.as_str()).collect();
        let conditions = in_force(&codes);
        Self {
            contract,
            base_path,
            conditions,
            mutant: None,
        }
    }

    /// The same with one rule changed, if one is.
    pub fn with_mutant(self, mutant: Option<Mutant>) -> Self {
        Self { mutant, ..self }
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        self.contract.model()
    }

    /// The code of this meaning with its status, as the contract lists it; none where it does not.
    pub fn code(&self, meaning: Meaning) -> Option<(&str, u16)> {
        let entry = self.contract.codes().iter().find(|entry| {
            let number = entry.code.rsplit_once('-').map(|(_, number)| number);
            entry.kind == CodeKind::Kb && number == Some(meaning.number())
        })?;
        Some((&entry.code, entry.statuses.first().copied()?))
    }

    /// A code as answers spell it: as it is, but for a mutant.
    pub fn spelling<'a>(&self, code: &'a str) -> Cow<'a, str> {
        let mutant = self.mutant.as_ref();
        mutant.map_or(Cow::Borrowed(code), |mutant| mutant.spelling(code))
    }

    /// The status a code comes with: the one it has, but for a mutant.
    pub fn status(&self, code: &str, status: u16) -> u16 {
        let mutant = self.mutant.as_ref();
        mutant.map_or(status, |mutant| mutant.status(code, status))
    }

    /// Whether a mutant answers what this meaning refuses as if it had been carried out.
    pub fn lets_pass(&self, meaning: Meaning) -> bool {
        let Some(mutant) = &self.mutant else {
            return false;
        };
        self.code(meaning).is_some_and(|(code, _)| mutant.lets_pass(code))
    }

    /// The path below the base path, where it is below it. A base path with nothing behind it means `/`.
    pub fn relative<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix(&self.base_path)?;
        match rest {
            "" => Some("/"),
            rest if rest.starts_with('/') => Some(rest),
            _ => None,
        }
    }
}
