//! The bundled scenarios: clean, complete, and held by the embedded mock whatever the seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use utlegg::contract::{Contract, Operation, Route};
use utlegg::scenario::{ConditionSet, Disk, Language, Loaded, Step, StepAction, discover};

use super::command::Folder;
use super::scenario::DESIGN;

/// The operations whose only input is a path that takes any text.
const WITHOUT_SCHEMA: [&str; 2] = ["case-status", "messages"];

static CONTRACTS: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(|| {
    let models = Contract::builtin_models().iter();
    models.map(|model| Contract::builtin(model).unwrap()).collect()
});

fn bundled() -> Loaded {
    let sources = discover(&[PathBuf::from("scenarios")]).unwrap();
    let language = Language {
        contracts: &CONTRACTS,
        files: &Disk,
    };
    language.load(&sources)
}

/// The operation a step calls; of a raw one whatever its address belongs to.
fn operation<'a>(step: &'a Step, contract: &'a Contract) -> Option<&'a str> {
    match &step.action {
        StepAction::Call(call) => Some(&call.operation.value),
        StepAction::Poll(poll) => Some(&poll.call.operation.value),
        StepAction::Raw(raw) => {
            let text = |value: Option<Value>| value?.as_str().map(str::to_owned);
            let method = text(raw.method.0.constant().cloned())?;
            let path = text(raw.path.0.constant().cloned())?;
            match contract.route(&method.parse().ok()?, &path) {
                Route::Found { operation, .. } => Some(operation.name()),
                _ => None,
            }
        }
    }
}

fn codes(step: &Step) -> Vec<&str> {
    let conditions = step
        .expect
        .conditions
        .iter()
        .flat_map(|found| match &found.value {
            ConditionSet::Exactly(codes) | ConditionSet::Contains(codes) => codes,
        });
    let code = step.expect.code.iter().map(|code| &code.value);
    code.chain(conditions).map(String::as_str).collect()
}

/// Every code with the operations that a scenario provokes it on, for one model.
fn provoked(loaded: &Loaded, contract: &Contract) -> BTreeSet<(String, String)> {
    let tests = loaded.tests.iter().filter(|test| test.model == contract.model());
    let mut found = BTreeSet::new();
    for step in tests.flat_map(|test| &test.steps) {
        let operation = operation(step, contract).unwrap_or_default();
        for code in codes(step) {
            found.insert((code.to_owned(), operation.to_owned()));
        }
    }
    found
}

/// Whether something can provoke the code on the operation.
fn is_reachable(code: &str, operation: &str) -> bool {
    match code {
        // Of an unknown address there is no operation.
        "KB-003" => false,
        "KB-006" => !WITHOUT_SCHEMA.contains(&operation),
        _ => true,
    }
}

#[test]
fn they_have_neither_errors_nor_warnings() {
    let loaded = bundled();
    assert!(loaded.diagnostics.0.is_empty(), "{}", loaded.diagnostics);
    assert!(!loaded.tests.is_empty());
}

#[test]
fn every_code_is_provoked_on_each_operation_it_applies_to() {
    let loaded = bundled();
    let mut missing = Vec::new();
    for contract in CONTRACTS.iter() {
        let provoked = provoked(&loaded, contract);
        for code in contract.codes() {
            for name in contract.operations().map(Operation::name) {
                let wanted = code.applies_to(name) && is_reachable(&code.code, name);
                if wanted && !provoked.contains(&(code.code.clone(), name.to_owned())) {
                    missing.push(format!("{} on {name} of {}", code.code, contract.model()));
                }
            }
        }
        assert!(provoked.iter().any(|(code, _)| code == "KB-003"));
    }
    assert!(missing.is_empty(), "nothing provokes\n{}", missing.join("\n"));
}

#[test]
fn every_operation_succeeds_somewhere() {
    let loaded = bundled();
    for contract in CONTRACTS.iter() {
        let tests = loaded.tests.iter().filter(|test| test.model == contract.model());
        let steps = tests.flat_map(|test| test.preparation.iter().chain(&test.steps));
        let sound = steps.filter(|step| codes(step).is_empty());
        let called: BTreeSet<_> = sound.filter_map(|step| operation(step, contract)).collect();
        for name in contract.operations().map(Operation::name) {
            assert!(called.contains(name), "{name} of {}", contract.model());
        }
    }
}

#[test]
fn each_says_what_it_is_about() {
    for test in bundled().tests {
        let scenario = &test.scenario;
        let id = &scenario.id.value;
        assert!(scenario.title.contains(' '), "{id} has no title that tells");
        // The two example documents of the design that have no tags stay as they are.
        assert!(
            !scenario.tags.is_empty() || ["conditions-claims", "unknown-url"].contains(&id.as_str()),
            "{id} has no tags"
        );
    }
}

#[test]
fn the_examples_of_the_design_stand_verbatim() {
    let files = [
        "flows/submit-poll-correct",
        "conditions/claims",
        "errors/unknown-url",
    ];
    let documents: Vec<&str> = DESIGN.split("---\n").collect();
    assert_eq!(documents.len(), files.len());
    for (file, document) in files.iter().zip(documents) {
        let text = std::fs::read_to_string(format!("scenarios/{file}.yaml")).unwrap();
        let first = text.split("---\n").next().unwrap();
        let (_, without_header) = first.split_once('\n').unwrap();
        assert!(first == document || without_header == document, "{file}");
    }
}

/// Every test's verdict in a run's summary.
fn verdicts(summary: &Value) -> BTreeMap<String, (String, Option<String>)> {
    let tests = summary["tests"].as_array().unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    tests
        .iter()
        .map(|test| {
            let verdict = text(&test["verdict"]).unwrap();
            (test["id"].to_string(), (verdict, text(&test["reason"])))
        })
        .collect()
}

#[test]
fn the_embedded_mock_holds_them_all_whatever_the_seed() {
    let run = |seed| {
        let folder = Folder::new();
        folder
            .utlegg(&format!("run --ci --seed {seed}"))
            .run()
            .exits_with(0);
        verdicts(&folder.summary())
    };
    let first = run(1);
    assert_eq!(first.len(), bundled().tests.len());
    for (id, (verdict, reason)) in &first {
        let held = verdict == "passed" || verdict == "not_applicable" && reason.is_some();
        assert!(held, "{id}: {verdict} {reason:?}");
    }
    assert_eq!(first, run(20_261_123));
}
