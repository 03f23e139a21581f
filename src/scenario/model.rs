//! A scenario, and the tests it unfolds into.

use std::sync::Arc;

use super::Obligation;
use super::Step;
use crate::source::{Located, Place};
use crate::template::Template;

/// What one `scenario:` document says before its steps.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The value of `scenario:`; unique in a run.
    pub id: Located<String>,
    /// One line for people.
    pub title: String,
    /// The models it applies to; empty for all.
    pub models: Vec<Located<String>>,
    /// Free words to select by.
    pub tags: Vec<String>,
    /// How binding it is.
    pub obligation: Obligation,
    /// Capabilities that the environment must have.
    pub requires: Vec<Located<String>>,
    /// The identity its steps use unless they say otherwise.
    pub identity: Option<Located<String>>,
    /// Every code (KB, DAS, condition) that any of its tests expects: what `run KB-006` selects by.
    pub provokes: Vec<String>,
}

/// One thing that can pass or fail: a scenario, or one of its cases.
///
/// Cases and step groups are unfolded when the file is read: `${case.…}` and a group's parameters are replaced
/// where they stand for a whole value, so that every diagnostic points at the row of the table it comes from.
#[derive(Debug, Clone)]
pub struct Test {
    /// The scenario it belongs to.
    pub scenario: Arc<Scenario>,
    /// The case's id, for a scenario with a table of cases.
    pub case: Option<Located<String>>,
    /// The case's whole row, where an expression names `case` by itself; its columns are replaced when files are read.
    pub row: Option<Template>,
    /// The model it is unfolded for (a request file may differ per model).
    pub model: String,
    /// What it needs before its first step.
    pub given: Given,
    /// Steps that prepare what the request needs (from the request file); never judged.
    pub preparation: Vec<Step>,
    /// Its steps, groups unfolded.
    pub steps: Vec<Step>,
    /// Codes (KB, DAS, condition) that this test expects.
    pub provokes: Vec<String>,
    /// Where the scenario (or the case's row) is written.
    pub place: Place,
}

/// What a test needs before its first step.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Parties to lease: the variable's name and what it must be.
    pub parties: Vec<PartySpec>,
    /// Values to compute: the variable's name and its template; later ones may name earlier ones.
    pub values: Vec<(Located<String>, Template)>,
    /// The request that `${request}` stands for.
    pub request: Option<RequestSpec>,
    /// What the mock is to do with the submission, as its admin interface takes it.
    pub mock: Option<Template>,
}

/// A party to lease from the pool.
#[derive(Debug, Clone)]
pub struct PartySpec {
    /// The variable's name.
    pub name: Located<String>,
    /// Person or organisation.
    pub kind: PartyKind,
    /// Under which rules it must be, if it matters.
    pub rules: Option<RuleSet>,
    /// What kind of unit an organisation must be, as the register names it (`main`, `sub`, `sole-proprietorship`).
    pub unit: Option<Located<String>>,
}

/// Person or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartyKind {
    /// A natural person.
    Person,
    /// An organisation.
    Organisation,
}

/// The rules a debtor is handled under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleSet {
    /// The new rules (this API).
    New,
    /// The old rules (the old system).
    Old,
}

/// The body a test starts from.
#[derive(Debug, Clone)]
pub struct RequestSpec {
    /// The request file's body, its expressions parsed.
    pub body: Template,
    /// Values to set at `JSONPath`s, in order.
    pub set: Vec<(super::Path, Template)>,
    /// RFC 6902 operations, applied after `set`.
    pub patch: Option<Located<Vec<super::PatchOperation>>>,
    /// Where it is named.
    pub place: Place,
}
