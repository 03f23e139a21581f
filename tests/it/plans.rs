//! Load plans and thresholds: what is read, what is refused and how, and what thresholds make of a run.

mod bad;
mod command;
mod good;
mod judged;
mod schema;
mod thresholds;

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use utlegg::contract::Contract;
use utlegg::load::plan::{Loaded, Overrides, Plan, Plans};
use utlegg::scenario::{Language, Test};
use utlegg::source::{SourceFile, render_all};

use super::scenario::{Memory, SIMPLE};

/// Scenarios for plans to choose from.
const SCENARIOS: &str = r#"scenario: flow
title: Two submissions and a decision
models: [v2]
given:
  request: { from: requests/v2/simple.yaml }
steps:
  - { call: submit, body: "${request}", expect: { status: success }, capture: { saken: "$.eksternSaksreferanse" } }
  - { id: again, call: submit, body: "${request}", expect: { status: success } }
  - poll: case-status
    with: { eksternSaksreferanse: "${saken}" }
    until: { "$.saksstatus": sakBesluttet }
    every: 100ms
    within: 1m
    measure: to-decision
---
scenario: statuses
cases: [{ id: ONE }, { id: TWO }, { id: THREE }]
steps:
  - { call: case-status, with: { eksternSaksreferanse: "${case.id}" }, expect: { status: success } }
---
scenario: slow
models: [v2]
given:
  request: { from: requests/v2/simple.yaml }
  mock: { after_submit: [{ process: { after: 1s } }, { decide: { after: 1h } }] }
steps:
  - { call: submit, body: "${request}", expect: { status: success }, capture: { saken: "$.eksternSaksreferanse" } }
  - poll: case-status
    with: { eksternSaksreferanse: "${saken}" }
    until: { "$.saksstatus": sakBesluttet }
    every: 10m
    within: 2h
"#;

static CONTRACTS: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(|| {
    let models = Contract::builtin_models().iter();
    models.map(|model| Contract::builtin(model).unwrap()).collect()
});

fn files() -> Memory {
    let mut files = Memory::default();
    files.0.insert("requests/v2/simple.yaml", SIMPLE.to_owned());
    files.0.insert("scenarios/all.yaml", SCENARIOS.to_owned());
    files.0.insert(
        "scenarios/wrong.yaml",
        "scenario: s\nsteps: [{ cal: submit }]\n".to_owned(),
    );
    files.0.insert("scenarios/none.yaml", "# nothing\n".to_owned());
    files
}

/// The tests of [`SCENARIOS`], for both models.
fn tests() -> Vec<Test> {
    let files = files();
    let language = Language {
        contracts: &CONTRACTS,
        files: &files,
    };
    let loaded = language.load(&[SourceFile::new("scenarios/all.yaml", SCENARIOS)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    loaded.tests
}

/// Reads a plan as `load/test.yaml`, with flags.
fn load_with(text: &str, flags: &Overrides) -> Loaded {
    let (files, tests) = (files(), tests());
    let plans = Plans {
        contracts: &CONTRACTS,
        files: &files,
        tests: &tests,
    };
    plans.load(&SourceFile::new("load/test.yaml", text), flags)
}

/// The plan of some tests and flags, without a file.
fn without_file(tests: &[Test], flags: &Overrides) -> Loaded {
    let files = files();
    let plans = Plans {
        contracts: &CONTRACTS,
        files: &files,
        tests,
    };
    plans.of_tests(flags)
}

/// Reads a plan without flags.
fn load(text: &str) -> Loaded {
    load_with(text, &Overrides::default())
}

/// A plan that has nothing wrong with it.
fn clean(text: &str) -> Plan {
    let loaded = load(text);
    assert!(
        loaded.diagnostics.0.is_empty(),
        "{}",
        render_all(&loaded.diagnostics, false)
    );
    loaded.plan.unwrap()
}

/// What is said of a plan, and that it is refused where that holds an error.
fn told(loaded: &Loaded) -> String {
    assert_eq!(loaded.plan.is_none(), loaded.diagnostics.has_errors());
    render_all(&loaded.diagnostics, false)
}

/// The bundled plans.
fn bundled() -> Vec<Arc<SourceFile>> {
    utlegg::scenario::discover(&[PathBuf::from("load")]).unwrap()
}
