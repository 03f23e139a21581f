//! The rows of a mix.

use std::collections::BTreeSet;

use crate::contract::Contract;
use crate::http::{ErrorReading, ErrorShape};
use crate::load::measure::counts::Counts;
use crate::load::measure::{Recorder, RecorderOptions, Rows};
use crate::outcome::load::RowKind;
use crate::scenario::{Disk, Language, Test};
use crate::source::SourceFile;

const MIX: &str = "\
scenario: flow
title: A submission and a decision
models: [v2]
steps:
  - call: submit
    body: {}
    expect: { status: success }
  - poll: case-status
    with: { eksternSaksreferanse: '1' }
    until: { $.saksstatus: sakBesluttet }
    every: 1s
    within: 1m
    measure: to-decision
---
scenario: table
title: The same call twice
models: [v2]
cases:
  - id: one
    text: a
  - id: two
    text: b
steps:
  - id: again
    call: submit
    body: ${case.text}
    expect: { status: success }
";

fn mix() -> Vec<Test> {
    let contracts = [Contract::builtin("v2").unwrap()];
    let language = Language {
        contracts: &contracts,
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("mix.yaml", MIX)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    loaded.tests
}

#[test]
fn every_step_scenario_and_measure_has_a_row() {
    let tests = mix();
    let rows = Rows::of(&tests);
    let names: Vec<_> = rows
        .names()
        .iter()
        .map(|row| (row.kind, row.name.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            (RowKind::Scenario, "flow (v2)"),
            (RowKind::Step, "flow/submit (v2)"),
            (RowKind::Poll, "flow/case-status (v2)"),
            (RowKind::Measure, "to-decision"),
            (RowKind::Scenario, "table/one (v2)"),
            (RowKind::Step, "table/one/again (v2)"),
            (RowKind::Scenario, "table/two (v2)"),
            (RowKind::Step, "table/two/again (v2)"),
        ]
    );
    assert_eq!(rows.step(0, 1).unwrap().index(), 2);
    assert_eq!(rows.measure(0, 1).unwrap().index(), 3);
    assert_eq!(
        (rows.measure(0, 0), rows.step(0, 2), rows.scenario(3)),
        (None, None, None)
    );
    assert_eq!(rows.scenario(2).unwrap().index(), 6);
}

#[test]
fn a_test_that_stands_twice_in_a_mix_has_its_rows_once() {
    let tests = mix();
    let rows = Rows::of(tests.iter().chain(&tests));
    assert_eq!(rows.names().len(), 8);
    assert_eq!(rows.step(3, 0), rows.step(0, 0));
}

#[test]
fn what_several_rows_share_is_merged() {
    let recorder = Recorder::new(Rows::of(&mix()), RecorderOptions::default());
    let now = std::time::Instant::now();
    recorder.begin_without_thread(now);
    let merged = recorder.finish(now).merged;
    let names: Vec<_> = merged.iter().map(|row| (row.kind, row.name.as_str())).collect();
    assert_eq!(
        names,
        [
            (RowKind::All, "all calls"),
            (RowKind::Shared, "again"),
            (RowKind::Shared, "submit"),
            (RowKind::SharedScenario, "table"),
        ]
    );
}

#[test]
fn codes_that_a_service_makes_up_do_not_fill_the_memory() {
    let mut counts = Counts::default();
    for number in 0..5_000 {
        counts.codes_of(&ErrorReading {
            code: Some(format!("KB-{number}")),
            conditions: vec!["KRAV_MANGLER".to_owned()],
            shape: ErrorShape::default(),
            ..ErrorReading::default()
        });
    }
    let codes = counts.codes();
    assert!(codes.len() <= 202, "{}", codes.len());
    assert_eq!(codes.values().sum::<u64>(), 10_000);
    assert_eq!((codes["KB-0"], codes["KRAV_MANGLER"]), (1, 5_000));
    let distinct: BTreeSet<_> = codes.keys().collect();
    assert!(distinct.contains(&"(others)".to_owned()));
}
