//! Plans with mistakes, as a user sees them.

use std::time::Duration;

use utlegg::load::plan::Overrides;
use utlegg::outcome::load::Arrivals;

use super::{load, load_with, tests, told, without_file};

/// A plan around some lines.
fn plan(lines: &str) -> String {
    format!("load: bad\nmix: [{{ scenario: flow }}]\n{lines}")
}

#[test]
fn what_does_not_fit_the_grammar() {
    insta::assert_snapshot!(told(&load(
        r#"load: a/b
titel: x
scenarios: scenarios/all.yaml
mix: [{ scenaro: flow }, { scenario: flow, weight: 0 }, flow]
users: many
rate: 50
arrivals: poison
stages: [{ rampe: 5, over: 1s }, { ramp: 5 }, { hold: 30 }, { spike: fast, for: 5s }]
think: { min: 1s }
for: 30 s
iterations: 0
check: most
thresholds: [{ if: "errors < 1%", abort: yes }]
"#
    )));
}

#[test]
fn a_file_without_a_plan_or_with_more() {
    insta::assert_snapshot!(told(&load("# nothing\n")));
    insta::assert_snapshot!(told(&load(
        "load: a\nusers: 1\nfor: 1s\n---\nscenario: b\nsteps: []\n"
    )));
    insta::assert_snapshot!(told(&load("laod: a\nusers: 1\nfor: 1s\n")));
}

#[test]
fn names_that_do_not_exist() {
    insta::assert_snapshot!(told(&load(
        "load: names
mix:
  - scenario: flwo
  - scenario: statuses/TOW
  - { scenario: flow, model: v1 }
  - { scenario: statuses/ONE }
  - { scenario: statuses, model: v2 }
users: 1
for: 1s
"
    )));
}

#[test]
fn files_that_do_not_exist_or_hold_no_scenario() {
    insta::assert_snapshot!(told(&load(
        "load: a\nscenarios: [scenarios/al.yaml]\nusers: 1\nfor: 1s\n"
    )));
    insta::assert_snapshot!(told(&load(
        "load: a\nscenarios: [scenarios/none.yaml]\nusers: 1\nfor: 1s\n"
    )));
    insta::assert_snapshot!(told(&load(
        "load: a\nscenarios: [scenarios/wrong.yaml]\nusers: 1\nfor: 1s\n"
    )));
}

#[test]
fn what_contradicts_itself() {
    let all = [
        "users: 5\nrate: 50/s\nfor: 10s\n",
        "for: 10s\n",
        "users: 5\n",
        "rate: 0/s\nfor: 10s\n",
        "users: 5\narrivals: poisson\nmax_users: 10\nfor: 10s\n",
        "rate: 5/s\nthink: 1s\nfor: 10s\n",
        "users: 5\nthink: { min: 2s, max: 1s }\nfor: 10s\n",
        "users: 5\nfor: 10s\nwarm_up: 10s\n",
        "users: 5\nfor: 0s\n",
    ];
    let told: Vec<_> = all.iter().map(|lines| told(&load(&plan(lines)))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn stages_that_cannot_be() {
    let all = [
        "users: 5\nfor: 30s\nstages: [{ ramp: 5, over: 10s }, { hold: 30s }]\n",
        "users: 5\nstages: [{ spike: 50, for: 10s }]\n",
        "users: 5\nstages: [{ ramp: 5/s, over: 10s }, { hold: 0s }]\n",
        "rate: 5/s\nstages: [{ ramp: 50, over: 10s }, { spike: 7, for: 1s }]\n",
        "users: 5\nstages: [{ ramp: 0, over: 10s }]\n",
    ];
    let told: Vec<_> = all.iter().map(|lines| told(&load(&plan(lines)))).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn thresholds_that_cannot_be() {
    insta::assert_snapshot!(told(&load(&plan(
        r#"rate: 50/s
stages: [{ ramp: 50/s, over: 30s }, { hold: 30s }]
thresholds:
  - p95 < 300
  - "p99 of sumbit < 1s"
  - 'p95 of case-status < 1s'
  - errors of to-decision == 0
  - requests of flow > 10
  - codes[KB-01] == 0
  - { that: rate >= 45/s, after: 10s }
  - { that: requests >= 1000, abort: true }
  - >-
    p85 of submit
    < 1s
"#
    ))));
    insta::assert_snapshot!(told(&load(&plan(
        "rate: 50/s
stages: [{ ramp: 50/s, over: 30s }, { hold: 30s }]
thresholds: [rate >= 45/s, { that: p95 < 1s, abort: true, after: 2m }]
"
    ))));
}

#[test]
fn a_name_of_several_things_is_told_apart_by_a_word() {
    let mix = "load: a\nmix: [{ scenario: statuses }, { scenario: flow }]\nusers: 1\nfor: 1s\n";
    let of = |threshold: &str| load(&format!("{mix}thresholds: [{threshold}]\n"));
    insta::assert_snapshot!(told(&of("p95 of case-status < 1s")));
    assert!(of("p95 of call case-status < 1s").plan.is_some());
    assert!(of("p95 of poll case-status < 1s").plan.is_some());
    insta::assert_snapshot!(told(&of("p95 of scenario case-status < 1s")));
}

#[test]
fn what_always_holds_is_doubted() {
    let loaded = load(&plan("users: 5\nfor: 1s\nthresholds: [dropped == 0]\n"));
    assert!(loaded.plan.is_some());
    insta::assert_snapshot!(told(&loaded));
}

#[test]
fn flags_that_cannot_be_are_named() {
    let flow: Vec<_> = tests()
        .into_iter()
        .filter(|test| test.scenario.id.value == "flow")
        .collect();
    let seconds = |n| Some(Duration::from_secs(n));
    let staged =
        plan("rate: 5/s\nstages: [{ ramp: 5/s, over: 30s }, { hold: 30s }]\nthresholds: [rate >= 2/s]\n");
    let both = Overrides {
        users: Some(5),
        rate: Some(50.0),
        duration: seconds(5),
        ..Overrides::default()
    };
    let nothing = Overrides::default();
    let mixed = Overrides {
        users: Some(5),
        arrivals: Some(Arrivals::Poisson),
        max_users: Some(9),
        warm_up: seconds(9),
        duration: seconds(5),
        thresholds: vec!["p95 of submitt < 1s".to_owned(), "eror == 0".to_owned()],
        ..Overrides::default()
    };
    let short = Overrides {
        duration: seconds(5),
        ..Overrides::default()
    };
    let slow = Overrides {
        rate: Some(1.0),
        duration: seconds(5),
        ..Overrides::default()
    };
    let said = [
        told(&without_file(&flow, &both)),
        told(&without_file(&flow, &nothing)),
        told(&without_file(&flow, &mixed)),
        told(&without_file(&[], &short)),
        told(&load_with(&staged, &short)),
        told(&load_with(&staged, &slow)),
    ];
    insta::assert_snapshot!(said.join("\n"));
}
