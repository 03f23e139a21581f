//! What thresholds make of made-up runs.

use std::collections::BTreeMap;

use utlegg::load::threshold::{Found, Threshold, aborts, judge, judge_one};
use utlegg::outcome::load::{Iterations, Latency, Row, RowKind, ThresholdOutcome, Traffic};
use utlegg::source::{Place, SourceFile, Span};

use crate::report::load::sample;

fn threshold(text: &str) -> Threshold {
    let file = SourceFile::new("--threshold", text);
    Threshold::parse(text, &Place::new(&file, Span::new(0, text.len()))).unwrap()
}

fn latency(p95_us: u64) -> Latency {
    Latency {
        count: 100,
        min_us: 1_000,
        mean_us: 20_501.0,
        stdev_us: 1.0,
        p50_us: 20_000,
        p90_us: 40_000,
        p95_us,
        p99_us: 2 * p95_us,
        p999_us: 3 * p95_us,
        max_us: 4 * p95_us,
        curve: Vec::new(),
    }
}

fn row(kind: RowKind, name: &str, p95_us: u64) -> Row {
    Row {
        kind,
        name: name.to_owned(),
        step: None,
        operation: None,
        count: 100,
        errors: 0,
        response: Some(latency(p95_us)),
        service: Some(latency(p95_us / 2)),
        statuses: BTreeMap::new(),
        codes: BTreeMap::new(),
        response_log: None,
        service_log: None,
    }
}

fn step(name: &str, id: &str, operation: &str, p95_us: u64) -> Row {
    Row {
        step: Some(id.to_owned()),
        operation: Some(operation.to_owned()),
        ..row(RowKind::Step, name, p95_us)
    }
}

/// Two scenarios that submit; one submits twice, under another id, and polls.
fn rows() -> (Vec<Row>, Vec<Row>) {
    let mut second = step("a/again (v2)", "again", "submit", 60_000);
    second.errors = 3;
    second.codes = BTreeMap::from([("KB-001".to_owned(), 2)]);
    second.statuses = BTreeMap::from([(201, 97), (500, 3)]);
    let poll = Row {
        kind: RowKind::Poll,
        codes: BTreeMap::from([("KB-001".to_owned(), 1)]),
        ..step("a/messages (v2)", "messages", "messages", 5_000)
    };
    let rows = vec![
        step("a/submit (v2)", "submit", "submit", 50_000),
        second,
        step("b/case/submit (v2)", "submit", "submit", 250_000),
        step("b/case/status (v2)", "status", "case-status", 10_000),
        poll,
        row(RowKind::Scenario, "a (v2)", 900_000),
        row(RowKind::Scenario, "b/case (v2)", 300_000),
        row(RowKind::Scenario, "b/other (v2)", 100_000),
        row(RowKind::Measure, "to-decision", 1_240_000),
    ];
    let merged = vec![
        row(RowKind::All, "all calls", 240_000),
        row(RowKind::Shared, "submit", 200_000),
        row(RowKind::SharedScenario, "b", 280_000),
    ];
    (rows, merged)
}

fn with<T>(look: impl FnOnce(Found<'_>) -> T) -> T {
    let (rows, merged) = rows();
    look(Found {
        rows: &rows,
        merged: &merged,
        iterations: Iterations {
            offered: 1010,
            started: 1000,
            passed: 990,
            failed: 3,
            errors: 2,
            unfinished: 5,
            dropped: 10,
            late: 4,
        },
        traffic: Traffic {
            requests: 400,
            polls: 100,
            ..Traffic::default()
        },
        measured_us: 20_000_000,
    })
}

/// The number that a threshold finds, as it is shown, and whether it is met.
fn found(text: &str) -> (ThresholdOutcome, String) {
    let result = with(|found| judge_one(&threshold(text), found));
    assert_eq!(result.text, text);
    (result.outcome, result.actual)
}

#[test]
fn every_number_is_found_where_it_is() {
    for (text, actual) in [
        // Several rows: the merged one, never an average.
        ("p95 < 1s", "240ms"),
        ("p95 of submit < 1s", "200ms"),
        ("service p95 of submit < 1s", "100ms"),
        ("p95 of b < 1s", "280ms"),
        // One row: its own.
        ("min < 1s", "1ms"),
        ("mean of again < 1s", "20.501ms"),
        ("median of again < 1s", "20ms"),
        ("p90 of again < 1s", "40ms"),
        ("p95 of again < 1s", "60ms"),
        ("p99 of again < 1s", "120ms"),
        ("p99.9 of again < 1s", "180ms"),
        ("max of again < 1s", "240ms"),
        ("p95 of a < 1s", "900ms"),
        ("p95 of case-status < 1s", "10ms"),
        ("p95 of poll messages < 1s", "5ms"),
        ("to-decision p95 < 2s", "1.24s"),
        ("errors < 10", "5"),
        ("errors < 1%", "0.503% (5 of 995)"),
        ("errors of submit < 10", "3"),
        ("errors of submit < 10%", "1% (3 of 300)"),
        ("codes[KB-001] < 10", "3"),
        ("codes[KB-001] < 1%", "0.6% (3 of 500)"),
        ("codes[KB-001] of submit < 10", "2"),
        ("codes[KB-404] == 0", "0"),
        ("status[500] < 10", "3"),
        ("rate > 1/s", "49.75/s"),
        ("rate of submit > 1/s", "15/s"),
        ("rate of scenario b > 1/s", "10/s"),
        ("dropped < 20", "10"),
        ("dropped < 1%", "0.99% (10 of 1010)"),
        ("requests > 1", "400"),
        ("requests of submit > 1", "300"),
    ] {
        assert_eq!(found(text), (ThresholdOutcome::Met, actual.to_owned()), "{text}");
    }
}

#[test]
fn what_does_not_hold_is_missed() {
    for text in [
        "p95 < 240ms",
        "p95 of submit <= 199ms",
        "to-decision p95 > 2s",
        "errors == 0",
        "errors < 0.5%",
        "errors of submit == 0",
        "codes[KB-001] == 0",
        "rate >= 50/s",
        "dropped == 0",
        "requests >= 401",
    ] {
        assert_eq!(found(text).0, ThresholdOutcome::Missed, "{text}");
    }
}

#[test]
fn without_a_sample_nothing_is_met() {
    for text in [
        "p95 of nowhere < 1s",
        "errors of nowhere == 0",
        "codes[KB-001] of nowhere == 0",
        "rate of nowhere < 5/s",
        "requests of nowhere < 5",
        "p95 of poll submit < 1s",
    ] {
        assert_eq!(
            found(text),
            (ThresholdOutcome::NoSample, "no sample".to_owned()),
            "{text}"
        );
    }
    let nothing = Found {
        rows: &[],
        merged: &[],
        iterations: Iterations::default(),
        traffic: Traffic::default(),
        measured_us: 0,
    };
    for text in [
        "p95 < 1s",
        "errors == 0",
        "codes[KB-001] == 0",
        "rate < 5/s",
        "dropped == 0",
        "requests < 5",
    ] {
        let outcome = judge_one(&threshold(text), nothing).outcome;
        assert_eq!(outcome, ThresholdOutcome::NoSample, "{text}");
    }
    assert_eq!(
        judge_one(&Threshold::implicit(), nothing).outcome,
        ThresholdOutcome::NoSample
    );
}

#[test]
fn several_rows_without_their_merged_one_are_never_averaged() {
    let (rows, _) = rows();
    let outcome = with(|found| {
        let found = Found {
            rows: &rows,
            merged: &[],
            ..found
        };
        judge_one(&threshold("p95 of submit < 1s"), found).outcome
    });
    assert_eq!(outcome, ThresholdOutcome::NoSample);
}

#[test]
fn only_an_abort_that_is_due_and_missed_ends_the_run() {
    let abort = |text: &str, after: u64| Threshold {
        abort: true,
        after: std::time::Duration::from_secs(after),
        ..threshold(text)
    };
    let ends = |thresholds: &[Threshold]| with(|found| aborts(thresholds, found));
    assert_eq!(ends(&[threshold("errors == 0")]), None);
    assert_eq!(ends(&[abort("errors < 1%", 5)]), None);
    assert_eq!(ends(&[abort("errors == 0", 21)]), None);
    assert_eq!(ends(&[abort("p95 of nowhere < 1s", 5)]), None);
    assert_eq!(
        ends(&[abort("errors < 1%", 5), abort("errors == 0", 20)]),
        Some(1)
    );
}

#[test]
fn a_whole_result_is_judged_in_the_order_written() {
    let result = sample::passed();
    let judged = judge(
        &[
            threshold("requests > 0"),
            Threshold::implicit(),
            threshold("p95 of nowhere < 1s"),
        ],
        &result,
    );
    let outcomes: Vec<_> = judged.iter().map(|result| result.outcome).collect();
    assert_eq!(outcomes[0], ThresholdOutcome::Met);
    assert_eq!(outcomes[2], ThresholdOutcome::NoSample);
    let places: Vec<_> = judged.iter().map(|result| result.place.as_str()).collect();
    assert_eq!(places, ["--threshold", "implicit", "--threshold"]);
    assert!(judge(&[], &result).is_empty());
}
