//! A step that went wrong, as pages show it.

use serde::Serialize;

use super::Fact;
use crate::outcome::{Check, Problem};
use crate::report::terminal::subject;

/// A step that went wrong.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct ProblemView {
    facts: Vec<Fact>,
    checks: Vec<CheckView>,
    checks_omitted: u64,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, Serialize)]
struct CheckView {
    subject: &'static str,
    path: Option<String>,
    expected: String,
    actual: String,
    place: String,
    reconstructed: bool,
}

/// A longer text.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Block {
    /// What it is.
    pub(in crate::report) label: String,
    /// The text.
    pub(in crate::report) text: String,
}

impl ProblemView {
    /// `problem` as pages show it, with `more` texts after its own.
    pub(in crate::report) fn new(problem: &Problem, more: Vec<Block>) -> Self {
        let details = problem.failed_checks.iter().filter_map(|check| {
            Some(Block {
                label: format!("{} in detail", subject(check.subject)),
                text: check.detail.clone()?,
            })
        });
        let curl = problem.curl.iter().map(|curl| Block {
            label: "As a curl command".to_owned(),
            text: curl.clone(),
        });
        Self {
            facts: facts(problem),
            checks: problem.failed_checks.iter().map(view).collect(),
            checks_omitted: problem.failed_checks_omitted,
            blocks: details.chain(more).chain(curl).collect(),
        }
    }
}

fn facts(problem: &Problem) -> Vec<Fact> {
    let kind = problem.kind.as_str();
    let operation = problem
        .operation
        .as_deref()
        .unwrap_or("no operation of the contract");
    let role = if problem.preparation { ", preparation" } else { "" };
    let mut facts = vec![Fact::new(
        "Step",
        format!("{} ({kind} {operation}{role}), {}", problem.step, problem.place),
    )];
    if let Some(error) = &problem.error {
        facts.push(Fact::new("Not judged", error.clone()));
    }
    if let Some(request) = &problem.request {
        facts.push(Fact::code("Request", request.clone()));
    }
    if let Some(answer) = &problem.answer {
        let attempts = match problem.attempts {
            0 | 1 => String::new(),
            n => format!(", after {n} requests"),
        };
        facts.push(Fact::new("Answer", format!("{answer}{attempts}")));
    }
    if let Some(id) = &problem.korrelasjonsid {
        facts.push(Fact::code("korrelasjonsid", id.clone()));
    }
    facts
}

fn view(check: &Check) -> CheckView {
    CheckView {
        subject: subject(check.subject),
        path: check.path.clone(),
        expected: check.expected.clone(),
        actual: check.actual.clone(),
        place: check.place.as_ref().map(ToString::to_string).unwrap_or_default(),
        reconstructed: check.reconstructed,
    }
}
