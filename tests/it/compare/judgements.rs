//! What is concluded from runs whose law is known.

use utlegg::compare::{Options, Run, compare};
use utlegg::outcome::comparison::{Comparison, ComparisonVerdict, Finding, Judgement, Statistic};
use utlegg::outcome::load::{Ending, LoadResult, RowKind, UserModel};

use super::STEADY;
use super::simulated::{Law, pair};
use super::{compared, options};

/// One row, so that a test is fast.
const ONE: Law = Law { rows: 1, ..STEADY };

fn one(slower: f64) -> (Run, Run) {
    let (mut base, mut head) = pair(&ONE, slower, 3);
    (base.remove(0), head.remove(0))
}

fn found(comparison: &Comparison, statistic: Statistic) -> &Finding {
    let mut findings = comparison.findings.iter();
    findings.find(|finding| finding.statistic == statistic).unwrap()
}

/// What comes of two equal runs when one of them is changed.
fn with(change: impl FnOnce(&mut LoadResult)) -> Comparison {
    let (base, mut head) = one(1.0);
    change(&mut head.result);
    compared(&base, &head).unwrap()
}

#[test]
fn equal_servers_pass() {
    let comparison = with(|_| {});
    assert_eq!(
        (comparison.verdict, comparison.exit_code),
        (ComparisonVerdict::Pass, 0),
        "{comparison:#?}"
    );
    assert_eq!(comparison.settings.looked_at, 3);
    assert_eq!(
        comparison.sentence,
        "no change for the worse: one of 5 % or more is excluded in all 3 statistics judged"
    );
}

#[test]
fn a_slower_server_is_a_regression_and_the_same_turned_round_an_improvement() {
    let (base, head) = one(1.2);
    let comparison = compared(&base, &head).unwrap();
    assert_eq!(
        (comparison.verdict, comparison.exit_code),
        (ComparisonVerdict::Regression, 6)
    );
    let median = found(&comparison, Statistic::P50);
    assert_eq!(median.judgement, Judgement::Regression);
    let estimate = median.estimate.unwrap();
    let (own, corrected) = (estimate.interval.unwrap(), estimate.corrected.unwrap());
    assert!((1.15..1.25).contains(&estimate.ratio), "{estimate:?}");
    assert!(corrected.low < own.low && own.low < 1.2 && 1.2 < own.high && own.high < corrected.high);
    let turned = compared(&head, &base).unwrap();
    assert_eq!(
        (turned.verdict, turned.exit_code),
        (ComparisonVerdict::Improvement, 0)
    );
}

#[test]
fn too_few_samples_to_exclude_a_slowdown_are_inconclusive() {
    let law = Law {
        per_second: 20,
        spread: 1.2,
        wander: 0.1,
        ..ONE
    };
    let (base, head) = pair(&law, 1.0, 5);
    let comparison = compare(&base, &head, &options()).unwrap();
    assert_eq!(
        (comparison.verdict, comparison.exit_code),
        (ComparisonVerdict::Inconclusive, 7),
        "{comparison:#?}"
    );
    assert!(
        comparison
            .sentence
            .contains("longer runs or more --rounds decide"),
        "{}",
        comparison.sentence
    );
}

#[test]
fn the_same_runs_give_the_same_bytes() {
    let (base, head) = one(1.1);
    let text = || serde_json::to_string(&compared(&base, &head).unwrap()).unwrap();
    assert_eq!(text(), text());
}

#[test]
fn a_percentile_without_its_samples_is_not_judged_and_that_is_said() {
    let law = Law {
        per_second: 15,
        ..ONE
    };
    let (base, head) = pair(&law, 1.0, 1);
    let comparison = compare(&base, &head, &options()).unwrap();
    let p99 = found(&comparison, Statistic::P99);
    assert_eq!(p99.judgement, Judgement::NotJudged);
    assert_eq!(
        p99.sentence,
        "sample/step-0 (v2) p99 is not judged: it has 900 samples in base and 900 in head; 1000 are needed in each run"
    );
    assert!(p99.estimate.unwrap().interval.is_none());
    assert_eq!(comparison.settings.looked_at, 2);
    assert_ne!(found(&comparison, Statistic::P95).judgement, Judgement::NotJudged);
}

#[test]
fn where_only_one_side_has_the_samples_the_comparison_stays_open() {
    let (base, _) = one(1.0);
    let (_, mut few) = pair(&Law { per_second: 1, ..ONE }, 1.0, 3);
    few[0].result.run.plan = base.result.run.plan.clone();
    let comparison = compared(&base, &few[0]).unwrap();
    assert_eq!(
        found(&comparison, Statistic::P50).judgement,
        Judgement::Inconclusive
    );
    assert_eq!(comparison.verdict, ComparisonVerdict::Inconclusive);
}

#[test]
fn seconds_are_needed_as_well_as_samples() {
    let (base, head) = pair(
        &Law {
            seconds: 12,
            per_second: 500,
            ..ONE
        },
        1.3,
        1,
    );
    let comparison = compare(&base, &head, &options()).unwrap();
    assert_eq!(comparison.verdict, ComparisonVerdict::Inconclusive);
    assert_eq!(
        comparison.sentence,
        "no statistic could be judged: the runs are too short or have too few samples"
    );
    assert!(
        found(&comparison, Statistic::P50)
            .sentence
            .contains("it lasted 12 seconds")
    );
}

#[test]
fn unsound_runs_conclude_nothing_and_say_why() {
    let interrupted = with(|head| head.ending = Ending::Interrupted);
    let aborted = with(|head| {
        head.ending = Ending::Aborted;
        head.stopped_because = Some("the service refuses connections".to_owned());
    });
    let unhealthy = with(|head| {
        head.health.healthy = false;
        head.health.limits[0].kept = false;
        head.health.limits[0].found = "4.2 %".to_owned();
    });
    for (comparison, sentence) in [
        (interrupted, "head head-0 was interrupted before its end"),
        (
            aborted,
            "head head-0 ended early: the service refuses connections",
        ),
        (
            unhealthy,
            "in head head-0 the injector could not hold the load, so its times are not the service's: dropped iterations was 4.2 % (limit: at most 1 % of those offered)",
        ),
    ] {
        assert_eq!(comparison.verdict, ComparisonVerdict::Inconclusive);
        assert_eq!(comparison.reasons, [sentence]);
        let judged =
            |finding: &Finding| !matches!(finding.judgement, Judgement::Inconclusive | Judgement::NotJudged);
        assert!(!comparison.findings.iter().any(judged));
    }
}

#[test]
fn more_failed_calls_leave_the_times_open() {
    let comparison = with(|head| head.rows[0].errors = head.rows[0].count / 20);
    assert_eq!(comparison.verdict, ComparisonVerdict::Inconclusive);
    assert!(found(&comparison, Statistic::P95).sentence.ends_with(
        "0.0 % of its calls failed in base and 5.0 % in head, and a failed call takes another time"
    ));
}

#[test]
fn polls_are_shown_and_do_not_decide_unless_asked() {
    let (mut base, mut head) = one(1.3);
    for run in [&mut base, &mut head] {
        run.result.rows[0].kind = RowKind::Poll;
    }
    let shown = compared(&base, &head).unwrap();
    let median = found(&shown, Statistic::P50);
    assert_eq!((median.judgement, median.gates), (Judgement::NotJudged, false));
    assert!(median.estimate.unwrap().interval.unwrap().low > 1.2);
    assert_eq!(shown.verdict, ComparisonVerdict::Inconclusive);
    let options = Options {
        gating: vec![RowKind::Step, RowKind::Poll],
        ..options()
    };
    assert_eq!(
        compare(&[base], &[head], &options).unwrap().verdict,
        ComparisonVerdict::Regression
    );
}

#[test]
fn throughput_decides_in_the_closed_model_only() {
    let open = with(|_| {});
    let throughput = found(&open, Statistic::Throughput);
    assert_eq!(
        (throughput.judgement, throughput.gates),
        (Judgement::NotJudged, false)
    );
    assert!(throughput.sentence.contains("open model"));
    assert!(throughput.estimate.unwrap().interval.is_none());
    let (mut base, mut head) = one(1.0);
    for run in [&mut base, &mut head] {
        run.result.run.plan.model = UserModel::Users { users: 5 };
    }
    for second in &mut head.result.series {
        second.requests = 40 + second.second % 3;
    }
    let closed = compared(&base, &head).unwrap();
    assert_eq!(closed.verdict, ComparisonVerdict::Regression);
    let sentence = &found(&closed, Statistic::Throughput).sentence;
    assert!(
        sentence.starts_with("all calls throughput is 59 % less ("),
        "{sentence}"
    );
    assert!(sentence.ends_with("100/s → 41.0/s"), "{sentence}");
}

#[test]
fn a_ramp_does_not_make_the_interval_wide() {
    let (mut base, mut head) = one(1.0);
    for run in [&mut base, &mut head] {
        run.result.run.plan.model = UserModel::Users { users: 5 };
        for second in &mut run.result.series {
            second.requests = second.second * 10;
        }
    }
    let comparison = compared(&base, &head).unwrap();
    assert_eq!(
        found(&comparison, Statistic::Throughput).judgement,
        Judgement::Pass
    );
}

#[test]
fn rounds_are_compared_pair_by_pair() {
    let law = Law {
        seconds: 20,
        per_second: 60,
        drift: 0.03,
        rounds: 6,
        ..ONE
    };
    let (base, head) = pair(&law, 1.25, 2);
    let comparison = compare(&base, &head, &options()).unwrap();
    assert_eq!(
        comparison.verdict,
        ComparisonVerdict::Regression,
        "{comparison:#?}"
    );
    assert_eq!((comparison.base.len(), comparison.head.len()), (6, 6));
    let estimate = found(&comparison, Statistic::P50).estimate.unwrap();
    assert!((estimate.head / estimate.base / estimate.ratio - 1.0).abs() < 1e-9);
}
