//! A condition, what it returns, and the run of all that are in force.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::request::Request;
use super::{Phase, Surroundings, conditions};

/// One condition of the service.
pub struct Condition {
    /// Its code as the service spells it, Unicode NFC.
    pub code: &'static str,
    /// Where it applies.
    pub phases: &'static [Phase],
    /// When it fires, and what we decided where the documentation leaves it open.
    pub doc: &'static str,
    pub(super) rule: Rule,
}

/// The function behind a condition.
pub(super) type Rule = fn(&Examined<'_>) -> Vec<Objection>;

/// What a rule looks at.
pub(super) struct Examined<'a> {
    pub(super) request: Request<'a>,
    /// The request as it was, when this is a change and that is known.
    pub(super) before: Option<Request<'a>>,
    pub(super) around: &'a Surroundings<'a>,
}

/// A violation whose code the caller knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Objection {
    pointer: String,
    message: String,
    parameters: Vec<(&'static str, String)>,
}

impl Objection {
    pub(super) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
            parameters: Vec::new(),
        }
    }

    /// Adds a parameter of the message.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }
}

/// One place in a request that violates a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The condition's code.
    pub code: &'static str,
    /// Where: RFC 6901 into the request; of something missing, where it should be.
    pub pointer: String,
    /// What is wrong, in Norwegian, in words of our own.
    pub message: String,
    /// The values the message was made from, named as the service documents them.
    pub parameters: Vec<(&'static str, String)>,
}

/// The condition with this code, in whatever Unicode form it is spelled.
pub fn condition(code: &str) -> Option<&'static Condition> {
    let matches = |code: &str| conditions().iter().find(|condition| condition.code == code);
    if code.is_ascii() {
        matches(code)
    } else {
        matches(&code.nfc().collect::<String>())
    }
}

/// The conditions that a contract lists, in the order of the conditions' own table; unknown codes are passed over.
pub fn in_force(codes: &[&str]) -> Vec<&'static Condition> {
    let codes: std::collections::HashSet<String> = codes.iter().map(|code| code.nfc().collect()).collect();
    conditions()
        .iter()
        .filter(|condition| codes.contains(condition.code))
        .collect()
}

/// Checks a request against the conditions with these codes.
///
/// The order is that of the conditions' table, within one condition that of the document.
pub fn check(
    codes: &[&str],
    phase: Phase,
    request: &Value,
    surroundings: &Surroundings<'_>,
) -> Vec<Violation> {
    check_in_force(&in_force(codes), phase, request, surroundings)
}

/// The same for conditions picked once with [`in_force`], for callers that check many requests.
pub fn check_in_force(
    conditions: &[&'static Condition],
    phase: Phase,
    request: &Value,
    surroundings: &Surroundings<'_>,
) -> Vec<Violation> {
    let examined = Examined {
        request: Request::read(request),
        before: surroundings.case.map(|case| Request::read(case.request)),
        around: surroundings,
    };
    conditions
        .iter()
        .filter(|condition| condition.phases.contains(&phase))
        .flat_map(|condition| {
            (condition.rule)(&examined)
                .into_iter()
                .map(|objection| Violation {
                    code: condition.code,
                    pointer: objection.pointer,
                    message: objection.message,
                    parameters: objection.parameters,
                })
        })
        .collect()
}
