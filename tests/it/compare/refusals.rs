//! Runs that are no repetition of each other are not compared, and each difference is said.

use utlegg::compare::{CompareError, Run, Timeline, compare};
use utlegg::outcome::load::{Arrivals, CheckPolicy, LoadResult, MixEntry, StageKind, UserModel};

use super::simulated::{QUIET, a_row, result};
use super::{compared, options};

/// A run whose numbers do not matter.
fn run(id: &str) -> Run {
    Run::new(
        result(&QUIET, id, vec![a_row("sample/submit (v2)", 0)]),
        vec![Timeline::default()],
    )
}

fn changed(change: impl FnOnce(&mut LoadResult)) -> Run {
    let mut head = run("head");
    change(&mut head.result);
    head
}

#[track_caller]
fn refused(change: impl FnOnce(&mut LoadResult), sentence: &str) {
    match compared(&run("base"), &changed(change)) {
        Err(CompareError::Unlike(sentences)) => assert_eq!(sentences, [sentence]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_difference_of_the_plan() {
    refused(
        |head| head.run.plan.mix[0].fingerprint = "0ddba11".repeat(8),
        "the scenario sample (v2) was changed between the runs: SHA-256 5ca1ab1e5ca1 in base, 0ddba110ddba in head",
    );
    refused(
        |head| head.run.plan.mix[0].weight = 3,
        "sample (v2) has weight 1 in base and 3 in head",
    );
    refused(
        |head| {
            head.run.plan.mix.push(MixEntry {
                test: "other (v2)".to_owned(),
                weight: 1,
                fingerprint: String::new(),
            });
        },
        "other (v2) is in the mix of head only",
    );
    refused(
        |head| head.run.plan.model = UserModel::Users { users: 5 },
        "the plans differ in users or rate: 50 arrivals per second (constant, at most 100 users) in base, 5 users in head",
    );
    refused(
        |head| {
            head.run.plan.model = UserModel::Rate {
                per_second: 50.0,
                arrivals: Arrivals::Poisson,
                max_users: 100,
            };
        },
        "the plans differ in users or rate: 50 arrivals per second (constant, at most 100 users) in base, 50 arrivals per second (Poisson, at most 100 users) in head",
    );
    refused(
        |head| head.run.plan.stages[0].kind = StageKind::Ramp,
        "the plans differ in their stages: hold to 50 over 60.0 s in base, ramp to 50 over 60.0 s in head",
    );
    refused(
        |head| head.run.plan.think_us = (0, 1_500_000),
        "the plans differ in the think time: 0.00 µs in base, 0.00 µs to 1.50 s in head",
    );
    refused(
        |head| head.run.plan.duration_us = None,
        "the plans differ in the duration: 60.0 s in base, none in head",
    );
    refused(
        |head| head.run.plan.iterations = Some(9),
        "the plans differ in the number of iterations: none in base, 9 in head",
    );
    refused(
        |head| head.run.plan.warm_up_us = 5_000_000,
        "the plans differ in the warm-up: 0.00 µs in base, 5.00 s in head",
    );
    refused(
        |head| head.run.plan.check = CheckPolicy::Sample { every: 10 },
        "the plans differ in how much is checked: all in base, everything on every 10th iteration in head",
    );
}

#[test]
fn each_difference_of_what_was_tested_and_from_where() {
    refused(
        |head| head.run.environment.contracts[0].1 = "bad".repeat(16),
        "the contracts differ, so other things were checked: SHA-256 c0ffeec0ffee in base, badbadbadbad in head",
    );
    refused(
        |head| head.run.environment.models.push("v1".to_owned()),
        "the information models differ: v2 in base, v2, v1 in head",
    );
    refused(
        |head| head.run.environment.mock = false,
        "base ran against the mock, head against a live environment",
    );
    refused(
        |head| head.run.environment.name = "test".to_owned(),
        "base ran against environment mock, head against test; to compare two environments, add --other-target",
    );
    refused(
        |head| head.run.host.cores = 64,
        "the load came from unlike machines: linux on x86_64 with 2 cores in base, linux on x86_64 with 64 cores in head",
    );
    refused(
        |head| head.run.tool_version = "0.2.0".to_owned(),
        "the runs are of unlike versions of utlegg, which may measure differently: 0.1.0 in base, 0.2.0 in head",
    );
    refused(
        |head| head.run.run_id = "base".to_owned(),
        "run base is named twice, and a run says nothing beside itself",
    );
}

#[test]
fn all_differences_are_said_at_once() {
    let head = changed(|head| {
        head.run.plan.warm_up_us = 1;
        head.run.host.cores = 1;
    });
    let error = compared(&run("base"), &head).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 3, "{error}");
    assert!(error.starts_with("these runs cannot be compared:\n  - the plans differ in the warm-up"));
}

#[test]
fn what_does_no_harm_is_a_note() {
    let head = changed(|head| {
        head.run.tool_version = "0.1.7".to_owned();
        head.run.plan.name = "renamed".to_owned();
        head.run.plan.thresholds = vec!["p95 < 1s".to_owned()];
        head.run.environment.contracts[0].0 = "elsewhere/v2.yaml".to_owned();
        head.run.seed = 8;
    });
    assert_eq!(
        compared(&run("base"), &head).unwrap().notes,
        [
            "utlegg was 0.1.0 in base and 0.1.7 in head",
            "the plan is called sample in base and renamed in head",
            "the plans have other thresholds, which change nothing that is measured",
            "arrivals and data were drawn from another seed",
        ]
    );
}

#[test]
fn another_environment_is_a_note_when_asked_for() {
    let head = changed(|head| {
        head.run.environment.name = "candidate".to_owned();
        head.run.environment.mock = false;
    });
    let mut options = options();
    options.other_target = true;
    let comparison = compare(&[run("base")], &[head], &options).unwrap();
    assert_eq!(
        comparison.notes,
        ["base ran against environment mock, head against candidate"]
    );
}

#[test]
fn rounds_come_in_pairs() {
    let error = compare(&[run("a"), run("b")], &[run("c")], &options()).unwrap_err();
    assert!(
        matches!(error, CompareError::Rounds { base: 2, head: 1 }),
        "{error}"
    );
    assert!(compare(&[], &[], &options()).is_err());
}
