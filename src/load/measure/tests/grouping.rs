//! Failures: alike ones together, bounded whatever their number.

use serde_json::json;
use tokio::sync::mpsc;

use crate::assertion::{Check, Subject};
use crate::load::measure::failures::{Failures, MAX_SHAPES};
use crate::load::measure::shape::Failure;
use crate::outcome::load::{FailureGroup, FailureKind};
use crate::outcome::{Event, StepRecord};

fn of_checks(checks: &[Check]) -> Failure<'_> {
    Failure {
        row: 0,
        kind: FailureKind::Check,
        checks,
        error: "",
    }
}

fn of_error(kind: FailureKind, error: &str) -> Failure<'_> {
    Failure {
        row: 0,
        kind,
        checks: &[],
        error,
    }
}

/// A record with an answer of so many bytes.
fn record(body: usize) -> StepRecord {
    serde_json::from_value(json!({
        "test": { "scenario": "s", "model": "v2" },
        "step": "submit",
        "index": 0,
        "kind": "call",
        "place": { "file": "s.yaml", "line": 1, "column": 1 },
        "outcome": "failed",
        "checks": [],
        "attempts": 1,
        "elapsed_us": 5,
        "exchange": {
            "request": { "method": "POST", "url": "http://127.0.0.1/", "headers": [], "body": "", "body_bytes": 0 },
            "response": { "status": 500, "headers": [], "body": "x".repeat(body), "body_bytes": body },
            "started_at": "2026-01-01T00:00:00Z",
            "total_us": 5,
        },
    }))
    .unwrap()
}

fn groups(failures: &Failures) -> (Vec<FailureGroup>, u64) {
    let (groups, omitted, _) = failures.summed_up(&|row| format!("row {row}"));
    (groups, omitted)
}

#[test]
fn a_million_failures_of_ten_thousand_shapes_stay_small() {
    let (journal, mut events) = mpsc::unbounded_channel();
    let failures = Failures::new(Some(journal));
    let mut made = 0_u64;
    let checks: Vec<[Check; 1]> = (0..10_000)
        .map(|shape| {
            [Check::new(
                Subject::Status,
                false,
                "201",
                format!("status {shape}"),
            )]
        })
        .collect();
    for at in 0..1_000_000_u64 {
        let shape = usize::try_from(at % 10_000).unwrap();
        failures.note(&of_checks(&checks[shape]), at, || {
            made += 1;
            Some(record(64 * 1024))
        });
    }
    let (groups, omitted) = groups(&failures);
    assert_eq!(groups.len(), MAX_SHAPES);
    assert_eq!(
        groups.iter().map(|group| group.count).sum::<u64>() + omitted,
        1_000_000
    );
    assert_eq!(groups[0].count, 100);
    assert_eq!((groups[0].first_us, groups[0].last_us), (0, 990_000));
    assert_eq!(
        made,
        3 * MAX_SHAPES as u64,
        "a record is made for the first few of a shape only"
    );
    assert!(groups.iter().all(|group| group.example.is_some()));
    let kept = serde_json::to_vec(&groups).unwrap().len();
    assert!(kept < 20 * 1024 * 1024, "{kept} bytes are kept");
    let mut written = 0;
    while let Ok(Event::StepFinished(record)) = events.try_recv() {
        written += serde_json::to_vec(&record).unwrap().len();
    }
    assert!(
        (1..20 * 1024 * 1024).contains(&written),
        "{written} bytes in the journal"
    );
}

#[test]
fn the_actual_value_makes_no_shape_but_status_and_code_do() {
    let body =
        |actual: &str| [Check::new(Subject::Body, false, "\"sakBesluttet\"", actual).path("$.saksstatus")];
    assert_eq!(
        of_checks(&body("\"sakHevet\"")).key(),
        of_checks(&body("null")).key()
    );
    let status = |actual: &str| [Check::new(Subject::Status, false, "201", actual)];
    assert_ne!(of_checks(&status("500")).key(), of_checks(&status("503")).key());
    assert_eq!(
        of_checks(&body("null")).text(),
        "body $.saksstatus: expected \"sakBesluttet\""
    );
    assert_eq!(of_checks(&status("503")).text(), "status: expected 201, got 503");
    let item =
        |at: u32| [Check::new(Subject::Schema, false, "a string", "1").path(format!("/meldinger/{at}/type"))];
    assert_eq!(of_checks(&item(3)).key(), of_checks(&item(17)).key());
    let both = [status("500"), body("null")].concat();
    assert_ne!(of_checks(&both).key(), of_checks(&status("500")).key());
    let held = Check::new(Subject::Schema, true, "the schema", "conforms");
    assert_eq!(
        of_checks(&[both.clone(), vec![held]].concat()).key(),
        of_checks(&both).key()
    );
}

#[test]
fn snapshots_that_differ_in_the_same_places_are_of_one_shape() {
    let differs = |detail: &str| [Check::new(Subject::Snapshot, false, "the same", "differs").detail(detail)];
    let one = differs(
        "--- snapshot\n+++ answer\n   \"a\": 1,\n-  \"saksstatus\": \"x\",\n+  \"saksstatus\": \"UT-ABC\",\n",
    );
    let two = differs(
        "--- snapshot\n+++ answer\n   \"a\": 1,\n-  \"saksstatus\": \"x\",\n+  \"saksstatus\": \"UT-DEF\",\n",
    );
    let other = differs("--- snapshot\n+++ answer\n-  \"type\": \"x\"\n");
    assert_eq!(of_checks(&one).key(), of_checks(&two).key());
    assert_ne!(of_checks(&one).key(), of_checks(&other).key());
    assert_eq!(of_checks(&one).text(), "snapshot: differs at saksstatus");
}

#[test]
fn errors_are_told_apart_by_their_words_and_not_by_their_numbers() {
    let key = |error| of_error(FailureKind::Transport, error).key();
    assert_eq!(key("127.0.0.1:40112 reset it"), key("127.0.0.1:9 reset it"));
    assert_ne!(key("no answer within 30 s"), key("127.0.0.1:9 reset it"));
    let harness = of_error(FailureKind::Harness, "no answer within 30 s");
    assert_ne!(harness.key(), key("no answer within 30 s"));
    let secret = of_error(FailureKind::Harness, "refused: Authorization: Bearer abc.def.ghi");
    assert!(!secret.text().contains("abc.def"), "{}", secret.text());
    assert!(of_error(FailureKind::Harness, &"ø".repeat(5_000)).text().len() < 600);
}

#[test]
fn one_row_is_not_another_and_the_most_frequent_comes_first() {
    let failures = Failures::new(None);
    let no_answer = of_error(FailureKind::Transport, "no answer");
    for at in [30, 10, 20] {
        failures.note(&Failure { row: 1, ..no_answer }, at, || None);
    }
    failures.note(&no_answer, 5, || Some(record(10)));
    failures.note_warm_up(|| Some(record(10)));
    let (groups, omitted, warm_up) = failures.summed_up(&|row| format!("row {row}"));
    let found: Vec<_> = groups
        .iter()
        .map(|group| (group.row.as_str(), group.count))
        .collect();
    assert_eq!(found, [("row 1", 3), ("row 0", 1)]);
    assert_eq!((groups[0].first_us, groups[0].last_us), (10, 30));
    assert_eq!(
        (groups[0].example.is_none(), groups[1].example.is_some()),
        (true, true)
    );
    assert_eq!((omitted, warm_up), (0, 1));
}
