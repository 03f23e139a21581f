//! Judges one request: the schema first, then all conditions, then what the contract does not know.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::Input;
use super::finding::{Finding, Judged, Kind};
use super::place::{key_place, place};
use super::unjudged::{self, Unjudged};
use crate::begjaering::{self, CaseBefore, Phase, Surroundings, Violation};
use crate::cli::problem::Problem;
use crate::contract::{CodeEntry, CodeKind, Contract, Knowledge, Operation, SchemaViolation};
use crate::source::{Diagnostic, JsonDocument, Node, SourceFile, parse_json};

/// The media type that is judged.
const JSON: &str = "application/json";

/// The status of an answer to a request that breaks the schema (RFC 9110): the contract says which code goes with it.
const BAD_REQUEST: u16 = 400;

/// What requests are judged by.
pub(super) struct Judge<'a> {
    /// The contract of the model.
    pub(super) contract: &'a Contract,
    /// The contracts of other models.
    pub(super) others: Vec<&'a Arc<Contract>>,
    /// New or change.
    pub(super) phase: Phase,
    /// The organisation that is logged in, if known.
    pub(super) authenticated: Option<&'a str>,
    /// The request that a change replaces, if known.
    pub(super) previous: Option<Value>,
    /// The day the request is received.
    pub(super) received: Date,
}

impl Judge<'_> {
    /// Judges one input.
    pub(super) fn file(&self, input: Input) -> Judged {
        match input {
            Ok(file) => self.text(&file),
            Err((name, problem)) => {
                let mut finding = Finding::new(Kind::Unreadable, "The input cannot be read", problem.message);
                finding.help = problem.help;
                alone(name, finding)
            }
        }
    }

    fn text(&self, file: &Arc<SourceFile>) -> Judged {
        match parse_json(file) {
            Ok(document) => self.document(file, document),
            Err(problem) => {
                let finding = from_diagnostic(Kind::NotJson, "The input is not JSON", problem);
                alone(file.name().to_owned(), finding)
            }
        }
    }

    fn document(&self, file: &SourceFile, document: JsonDocument) -> Judged {
        let JsonDocument { root, doubts } = document;
        let body = root.to_json();
        let mut findings: Vec<Finding> = Vec::new();
        let mut fits_better = None;
        if let Some(operation) = self.operation(self.contract) {
            let violations = operation.check_request(JSON, &body);
            let unknown = operation.unknown_request_fields(JSON, &body);
            let against = violations.len() + unknown.len();
            findings.extend(
                violations
                    .into_iter()
                    .map(|violation| self.schema(&root, violation)),
            );
            findings.extend(self.conditions(operation, &root, &body));
            findings.extend(unknown.into_iter().map(|pointer| self.unknown(&root, pointer)));
            fits_better = self.better_model(against, &body);
        }
        let twice = "A key is given twice in one object";
        let doubts = doubts.0.into_iter();
        findings.extend(doubts.map(|doubt| from_diagnostic(Kind::DuplicateKey, twice, doubt)));
        Judged {
            name: file.name().to_owned(),
            findings,
            fits_better,
        }
    }

    /// The operation whose form the request has; validation takes what submission and change take.
    fn operation<'c>(&self, contract: &'c Contract) -> Option<&'c Operation> {
        contract.operation(match self.phase {
            Phase::New => "validate-new",
            Phase::Change => "validate-change",
        })
    }

    /// The conditions in force for the operation.
    fn codes(&self, operation: &Operation) -> Vec<&CodeEntry> {
        let in_force = |entry: &&CodeEntry| {
            entry.kind == CodeKind::Condition
                && entry.applies_to(operation.name())
                && entry.models.iter().any(|model| model == self.contract.model())
        };
        self.contract.codes().iter().filter(in_force).collect()
    }

    fn schema(&self, root: &Node, violation: SchemaViolation) -> Finding {
        let code = self
            .contract
            .codes()
            .iter()
            .find(|entry| entry.kind == CodeKind::Kb && entry.statuses.contains(&BAD_REQUEST));
        let title = code.map_or("The schema is violated", |code| &code.title);
        let mut finding = Finding::new(Kind::Schema, title, violation.message);
        if let Some(code) = code {
            finding.code.clone_from(&code.code);
            finding.trigger.clone_from(&code.trigger);
        }
        finding.place = Some(place(root, &violation.pointer));
        finding.pointer = Some(violation.pointer);
        finding.provenance = Some(violation.provenance);
        finding.rule = Some(violation.place);
        finding
    }

    fn conditions(&self, operation: &Operation, root: &Node, body: &Value) -> Vec<Finding> {
        let surroundings = Surroundings {
            authenticated: self.authenticated,
            case: self.previous.as_ref().map(before),
            ..Surroundings::unknown(self.received)
        };
        let entries = self.codes(operation);
        let codes: Vec<&str> = entries.iter().map(|entry| entry.code.as_str()).collect();
        begjaering::check(&codes, self.phase, body, &surroundings)
            .into_iter()
            .filter_map(|violation| {
                let entry = entries.iter().find(|entry| entry.code == violation.code)?;
                Some(condition(entry, root, violation))
            })
            .collect()
    }

    fn unknown(&self, root: &Node, pointer: String) -> Finding {
        let name = pointer.rsplit('/').next().unwrap_or_default();
        let message = format!("model {} has no field `{name}` here", self.contract.model());
        let mut finding = Finding::new(
            Kind::UnknownField,
            "The contract does not know this field",
            message,
        );
        finding.place = Some(key_place(root, &pointer));
        finding.pointer = Some(pointer);
        finding
    }

    /// Another model whose schema has less against the request.
    fn better_model(&self, against: usize, body: &Value) -> Option<String> {
        if against == 0 {
            return None;
        }
        let count = |other: &&&Arc<Contract>| {
            self.operation(other).map_or(usize::MAX, |operation| {
                operation.check_request(JSON, body).len() + operation.unknown_request_fields(JSON, body).len()
            })
        };
        let best = self.others.iter().min_by_key(count)?;
        (count(&best) < against).then(|| best.model().to_owned())
    }

    /// The conditions in force that could not be judged, by what is unknown.
    ///
    /// # Errors
    /// When the contract has no such operation to judge a request by.
    pub(super) fn unjudged(&self) -> Result<Vec<Unjudged>, Problem> {
        let Some(operation) = self.operation(self.contract) else {
            let model = self.contract.model();
            let message = format!("the contract of {model} has no operation that validates such a request");
            return Err(Problem::invalid(message));
        };
        let mut known = Vec::new();
        known.extend(self.authenticated.map(|_| Knowledge::Token));
        known.extend(self.previous.as_ref().map(|_| Knowledge::PreviousRequest));
        Ok(unjudged::of(&self.codes(operation), &known))
    }
}

/// The case behind a change, as far as a file tells: of its state nothing is known, so nothing speaks against a change.
fn before(request: &Value) -> CaseBefore<'_> {
    CaseBefore {
        request,
        reference: "",
        state: "",
        unprocessed: false,
        changes_allowed: true,
    }
}

fn condition(entry: &CodeEntry, root: &Node, violation: Violation) -> Finding {
    let mut finding = Finding::new(Kind::Condition, entry.title.as_str(), violation.message);
    finding.code.clone_from(&entry.code);
    finding.trigger.clone_from(&entry.trigger);
    finding.place = Some(place(root, &violation.pointer));
    finding.pointer = Some(violation.pointer);
    finding.certainty = Some(entry.certainty);
    finding.parameters = violation.parameters;
    finding
}

fn from_diagnostic(kind: Kind, title: &str, diagnostic: Diagnostic) -> Finding {
    let mut finding = Finding::new(kind, title, diagnostic.message);
    finding.place = diagnostic.place;
    finding.related = diagnostic.related;
    finding.help = diagnostic.help;
    finding
}

fn alone(name: String, finding: Finding) -> Judged {
    Judged {
        name,
        findings: vec![finding],
        fits_better: None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cli::validate::finding::Report;
    use crate::cli::validate::{human, json, sarif};

    const EXAMPLE: &str = include_str!("../../../tests/it/data/v1-simple.json");

    /// Judges the bytes and writes the report in every format.
    fn judged(contract: &Contract, bytes: Vec<u8>) -> Judged {
        let judge = Judge {
            contract,
            others: Vec::new(),
            phase: Phase::Change,
            authenticated: Some("312597772"),
            previous: serde_json::from_str(EXAMPLE).ok(),
            received: jiff::civil::date(2026, 11, 23),
        };
        let input = SourceFile::of_bytes("a.json", bytes).map_err(|problem| ("a.json".to_owned(), problem));
        let report = Report {
            model: contract.model().to_owned(),
            phase: judge.phase,
            files: vec![judge.file(input)],
            unjudged: judge.unjudged().unwrap(),
        };
        let mut out = Vec::new();
        human::write(&report, true, &mut out).unwrap();
        json::write(&report, &mut out).unwrap();
        sarif::write(&report, &mut out).unwrap();
        report.files.into_iter().next().unwrap()
    }

    fn contract() -> &'static Contract {
        static CONTRACT: std::sync::LazyLock<Arc<Contract>> =
            std::sync::LazyLock::new(|| Contract::builtin("v1").unwrap());
        &CONTRACT
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_bytes_end_in_findings(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let judged = judged(contract(), bytes);
            prop_assert!(judged.findings.iter().all(|finding| !finding.message.is_empty()));
        }

        #[test]
        fn a_request_with_a_piece_replaced_ends_in_findings(
            at in any::<prop::sample::Index>(),
            length in 0usize..12,
            piece in "[\\[\\]{}\":,0-9a-zÅ\\\\ \n-]{0,8}",
        ) {
            let mut bytes = EXAMPLE.as_bytes().to_vec();
            let start = at.index(bytes.len());
            let end = bytes.len().min(start + length);
            bytes.splice(start..end, piece.into_bytes());
            let judged = judged(contract(), bytes);
            prop_assert!(judged.is_valid() || judged.findings.iter().any(|it| it.kind.severity() == crate::source::Severity::Error));
        }
    }
}
