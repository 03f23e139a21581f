//! Plans without mistakes: what comes of them.

use std::time::Duration;

use utlegg::load::plan::{Overrides, Plan};
use utlegg::outcome::load::{Arrivals, CheckPolicy, StageKind, UserModel};

use super::{clean, load, load_with, tests, told, without_file};

const OPEN: &str = "load: open
title: Everything that a plan can say
scenarios: [scenarios/all.yaml]
mix:
  - { scenario: flow, weight: 3 }
  - { scenario: statuses, model: v2, weight: 1 }
rate: 20/s
arrivals: poisson
max_users: 50
stages:
  - { ramp: 20/s, over: 10s }
  - { hold: 20s }
  - { spike: 100/s, for: 2s }
for: 1m
iterations: 5000
warm_up: 10s
check: sample=10
thresholds:
  - p99 of submit < 1s
  - { that: \"errors < 1%\", abort: true, after: 10s }
";

/// The stages, short.
fn stages(plan: &Plan) -> Vec<(StageKind, f64, u64)> {
    let all = plan.stages.iter();
    all.map(|stage| (stage.kind, stage.to, stage.over_us / 1_000_000))
        .collect()
}

#[test]
fn everything_that_a_plan_can_say() {
    let plan = clean(OPEN);
    assert_eq!(
        stages(&plan),
        [
            (StageKind::Ramp, 20.0, 10),
            (StageKind::Hold, 20.0, 20),
            (StageKind::Spike, 100.0, 2),
            // What is left, at the level that the spike rose from.
            (StageKind::Hold, 20.0, 28),
        ]
    );
    let record = plan.record();
    assert_eq!(record.duration_us, Some(60_000_000));
    assert_eq!((record.iterations, record.warm_up_us), (Some(5000), 10_000_000));
    assert_eq!(record.check, CheckPolicy::Sample { every: 10 });
    assert_eq!(
        record.model,
        UserModel::Rate {
            per_second: 100.0,
            arrivals: Arrivals::Poisson,
            max_users: 50
        }
    );
    assert_eq!(record.thresholds, ["p99 of submit < 1s", "errors < 1%"]);
    let abort = &plan.thresholds[1];
    assert_eq!((abort.abort, abort.after), (true, Duration::from_secs(10)));
    assert_eq!(abort.written_at(), "load/test.yaml:20:14");
}

#[test]
fn the_cases_of_a_scenario_share_its_weight() {
    let plan = clean(OPEN);
    let mix: Vec<_> = plan
        .mix
        .iter()
        .map(|mixed| (mixed.id().to_string(), mixed.weight))
        .collect();
    let expected = [
        ("flow (v2)", 9),
        ("statuses/ONE (v2)", 1),
        ("statuses/TWO (v2)", 1),
        ("statuses/THREE (v2)", 1),
    ];
    assert_eq!(mix, expected.map(|(name, weight)| (name.to_owned(), weight)));
}

#[test]
fn a_case_and_a_model_can_be_named() {
    let plan = clean("load: a\nmix: [{ scenario: statuses/TWO, model: v1 }]\nusers: 1\nfor: 1s\n");
    assert_eq!(plan.mix.len(), 1);
    assert_eq!(plan.mix[0].id().to_string(), "statuses/TWO (v1)");
}

#[test]
fn the_least_that_a_plan_says() {
    let loaded = load("load: least\nusers: 3\niterations: 10\n");
    let plan = loaded.plan.unwrap();
    // One for each test of every scenario there is.
    assert_eq!(plan.mix.len(), tests().len());
    assert_eq!(plan.model, UserModel::Users { users: 3 });
    assert_eq!(
        (plan.stages.len(), plan.duration, plan.iterations),
        (0, None, Some(10))
    );
    assert_eq!(plan.think, (Duration::ZERO, Duration::ZERO));
    assert_eq!(plan.check, CheckPolicy::All);
    let implicit = &plan.thresholds[0];
    assert!(implicit.implicit && plan.thresholds.len() == 1);
    assert_eq!(
        (implicit.text.as_str(), implicit.written_at().as_str()),
        ("errors == 0", "implicit")
    );
}

#[test]
fn one_level_for_the_whole_time_is_one_stage() {
    let plan = clean(
        "load: a\nmix: [{ scenario: flow }]\nrate: 30/m\nfor: 1m\nthink: 0s\n"
            .replace("think: 0s\n", "")
            .as_str(),
    );
    assert_eq!(stages(&plan), [(StageKind::Hold, 0.5, 60)]);
    let UserModel::Rate {
        max_users, arrivals, ..
    } = plan.model
    else {
        panic!("{:?}", plan.model)
    };
    assert_eq!((max_users, arrivals), (50, Arrivals::Constant));
}

#[test]
fn think_time_is_one_wait_or_a_range() {
    let of = |think: &str| {
        clean(&format!(
            "load: a\nmix: [{{ scenario: flow }}]\nusers: 2\nthink: {think}\nfor: 1m\n"
        ))
        .think
    };
    assert_eq!(
        of("500ms"),
        (Duration::from_millis(500), Duration::from_millis(500))
    );
    assert_eq!(
        of("{ min: 1s, max: 2s }"),
        (Duration::from_secs(1), Duration::from_secs(2))
    );
}

#[test]
fn flags_take_the_place_of_the_plans_words() {
    let flags = Overrides {
        users: Some(7),
        duration: Some(Duration::from_secs(15)),
        check: Some(CheckPolicy::Status),
        thresholds: vec!["p95 < 5s".to_owned()],
        ..Overrides::default()
    };
    let plan = load_with(OPEN, &flags).plan.unwrap();
    assert_eq!(plan.model, UserModel::Users { users: 7 });
    assert_eq!(stages(&plan), [(StageKind::Hold, 7.0, 15)]);
    assert_eq!((plan.check, plan.iterations), (CheckPolicy::Status, None));
    let places: Vec<_> = plan
        .thresholds
        .iter()
        .map(utlegg::load::threshold::Threshold::written_at)
        .collect();
    assert_eq!(
        places,
        ["load/test.yaml:19:5", "load/test.yaml:20:14", "--threshold"]
    );

    let flags = Overrides {
        iterations: Some(9),
        ..Overrides::default()
    };
    let plan = load_with(OPEN, &flags).plan.unwrap();
    assert_eq!(
        (plan.iterations, plan.duration),
        (Some(9), Some(Duration::from_secs(32)))
    );
}

#[test]
fn a_plan_can_do_without_a_file() {
    let all = tests();
    let flow: Vec<_> = all
        .iter()
        .filter(|test| test.scenario.id.value == "flow")
        .cloned()
        .collect();
    let flags = Overrides {
        rate: Some(50.0),
        arrivals: Some(Arrivals::Poisson),
        duration: Some(Duration::from_secs(30)),
        warm_up: Some(Duration::from_secs(5)),
        ..Overrides::default()
    };
    let plan = without_file(&flow, &flags).plan.unwrap();
    assert_eq!((plan.name.as_str(), plan.file.as_deref()), ("flow", None));
    assert_eq!(stages(&plan), [(StageKind::Hold, 50.0, 30)]);
    assert_eq!(plan.record().mix[0].test, "flow (v2)");
    let fast: Vec<_> = all
        .iter()
        .filter(|test| test.scenario.id.value != "slow")
        .cloned()
        .collect();
    assert_eq!(without_file(&fast, &flags).plan.unwrap().name, "flow-and-1-more");
}

#[test]
fn a_fingerprint_tells_scenarios_and_cases_apart_and_stays_the_same() {
    let plan = |text| {
        clean(text)
            .mix
            .into_iter()
            .map(|mixed| mixed.fingerprint)
            .collect::<Vec<_>>()
    };
    let mut first = plan(OPEN);
    assert_eq!(first, plan(OPEN));
    assert!(first.iter().all(|print| print.len() == 64));
    first.dedup();
    assert_eq!(first.len(), 4);
}

#[test]
fn scenarios_that_take_longer_than_the_load_are_told_of() {
    let loaded = load("load: a\nmix: [{ scenario: slow }]\nusers: 2\nfor: 30s\n");
    assert!(loaded.plan.is_some());
    insta::assert_snapshot!(told(&loaded));
}
