//! Lays what was seen over what the contract lists.

use super::collector::{Answer, Seen};
use super::report::{Cell, Counts, Matrix, ModelCoverage, Reach};
use crate::contract::{CodeEntry, CodeKind, Contract, Unreachable};

/// The coverage of one model.
pub(super) fn of(contract: &Contract, seen: &Seen) -> ModelCoverage {
    let mut coverage = ModelCoverage {
        model: contract.model().to_owned(),
        counts: Counts::default(),
        statuses: Matrix::new(statuses(contract, seen)),
        codes: Matrix::new(codes(contract, CodeKind::Kb, seen)),
        gateway_codes: Matrix::new(codes(contract, CodeKind::Das, seen)),
        conditions: Matrix::new(conditions(contract, seen)),
        unlisted: Vec::new(),
    };
    let mut counts = Counts::default();
    coverage
        .matrices()
        .iter()
        .for_each(|matrix| counts.add(matrix.counts));
    coverage.counts = counts;
    coverage.unlisted = unlisted(&coverage, seen);
    coverage
}

fn statuses(contract: &Contract, seen: &Seen) -> Vec<Cell> {
    let mut cells = Vec::new();
    for operation in contract.operations() {
        let mut statuses: Vec<u16> = operation.statuses().collect();
        statuses.sort_unstable();
        for status in statuses {
            let excuse = contract.unreachable_status(operation.name(), status);
            cells.push(cell(Some(operation.name()), Answer::Status(status), seen, excuse));
        }
    }
    cells
}

fn codes(contract: &Contract, kind: CodeKind, seen: &Seen) -> Vec<Cell> {
    let entries = || contract.codes().iter().filter(|entry| entry.kind == kind);
    let answer = |entry: &CodeEntry| Answer::Code(entry.code.clone());
    let mut cells = Vec::new();
    for operation in contract.operations() {
        for entry in entries().filter(|entry| entry.applies_to(operation.name())) {
            let excuse = contract.unreachable_code(operation.name(), &entry.code);
            cells.push(cell(Some(operation.name()), answer(entry), seen, excuse));
        }
    }
    let outside = |entry: &&CodeEntry| {
        let mut listed = contract.unreachable().iter();
        listed.any(|excuse| excuse.outside_operations && excuse.codes.contains(&entry.code))
    };
    cells.extend(
        entries()
            .filter(outside)
            .map(|entry| cell(None, answer(entry), seen, None)),
    );
    cells
}

fn conditions(contract: &Contract, seen: &Seen) -> Vec<Cell> {
    let in_model = |entry: &&CodeEntry| {
        entry.kind == CodeKind::Condition && entry.models.iter().any(|model| model == contract.model())
    };
    let mut cells = Vec::new();
    for entry in contract.codes().iter().filter(in_model) {
        for operation in contract.operations() {
            if entry.applies_to(operation.name()) {
                let excuse = contract.unreachable_code(operation.name(), &entry.code);
                let answer = Answer::Condition(entry.code.clone());
                cells.push(cell(Some(operation.name()), answer, seen, excuse));
            }
        }
    }
    cells
}

fn cell(operation: Option<&str>, answer: Answer, seen: &Seen, excuse: Option<&Unreachable>) -> Cell {
    let key = (operation.map(str::to_owned), answer);
    let scenarios: Vec<String> = seen
        .get(&key)
        .map(|scenarios| scenarios.iter().cloned().collect())
        .unwrap_or_default();
    let reach = match (scenarios.is_empty(), excuse) {
        (false, _) => Reach::Reached,
        (true, Some(_)) => Reach::Unreachable,
        (true, None) => Reach::Missed,
    };
    Cell {
        operation: key.0,
        answer: words(&key.1),
        reach,
        reason: excuse.map(|excuse| excuse.reason.clone()),
        scenarios,
    }
}

/// Answers that no matrix has a cell for. The status of a request outside all operations is nobody's promise.
fn unlisted(coverage: &ModelCoverage, seen: &Seen) -> Vec<Cell> {
    let listed = |operation: Option<&str>, answer: &Answer| {
        let matrices = coverage.matrices();
        let mut listed = matrices.iter();
        listed.any(|matrix| matrix.cell(operation, &words(answer)).is_some())
    };
    seen.iter()
        .filter(|((operation, answer), _)| {
            let of_nobody = operation.is_none() && matches!(answer, Answer::Status(_));
            !of_nobody && !listed(operation.as_deref(), answer)
        })
        .map(|((operation, answer), scenarios)| Cell {
            operation: operation.clone(),
            answer: words(answer),
            reach: Reach::Reached,
            reason: None,
            scenarios: scenarios.iter().cloned().collect(),
        })
        .collect()
}

fn words(answer: &Answer) -> String {
    match answer {
        Answer::Status(status) => status.to_string(),
        Answer::Code(code) | Answer::Condition(code) => code.clone(),
    }
}
