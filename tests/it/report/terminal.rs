//! What a person sees.

use utlegg::outcome::{CheckResult, Event, StepOutcome, Subject, Verdict};
use utlegg::report::{Reporter, Terminal, TerminalOptions, Verbosity};

use super::sample::{Run, Test, check, step};
use super::twelve::twelve;

fn options() -> TerminalOptions {
    TerminalOptions {
        reports: Some("reports/20261123T215500Z-002a".to_owned()),
        ..TerminalOptions::default()
    }
}

/// What is printed for `events`, up to and with the end.
fn print(events: &[Event], options: TerminalOptions) -> String {
    let mut out = Vec::new();
    let mut terminal = Terminal::new(&mut out, options);
    for event in events {
        terminal.on_event(event).unwrap();
    }
    terminal.finish().unwrap();
    drop(terminal);
    String::from_utf8(out).unwrap()
}

/// `text` without escape sequences that paint.
fn without_colour(text: &str) -> String {
    regex::Regex::new("\x1b\\[[0-9;]*m")
        .unwrap()
        .replace_all(text, "")
        .into_owned()
}

#[test]
fn a_run_of_every_verdict() {
    insta::assert_snapshot!(print(&twelve().events(), options()));
}

#[test]
fn each_step_and_check_on_demand() {
    insta::assert_snapshot!(print(
        &twelve().events(),
        TerminalOptions {
            verbosity: Verbosity::Checks,
            ..options()
        }
    ));
}

#[test]
fn quiet_prints_failures_errors_and_the_end_only() {
    let printed = print(
        &twelve().events(),
        TerminalOptions {
            verbosity: Verbosity::Quiet,
            ..options()
        },
    );
    let unindented = printed.lines().filter(|line| !line.starts_with(' '));
    let first_words: Vec<&str> = unindented
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(first_words.join(" "), "FAIL FAIL ERROR 12 reports exit");
}

#[test]
fn colour_adds_colour_and_nothing_else() {
    let painted = print(
        &twelve().events(),
        TerminalOptions {
            colour: true,
            ..options()
        },
    );
    let plain = print(&twelve().events(), options());
    assert!(painted.contains("\x1b[31m") && !plain.contains('\x1b'));
    assert_eq!(without_colour(&painted), plain);
}

#[test]
fn tests_that_end_in_any_order_are_printed_in_theirs() {
    let in_order = print(&twelve().events(), options());
    let order = [3, 0, 11, 1, 2, 10, 9, 4, 5, 8, 7, 6];
    assert_eq!(print(&twelve().events_in(&order), options()), in_order);
}

#[test]
fn a_test_is_printed_as_soon_as_those_before_it_are() {
    let run = Run::new()
        .test(Test::new("a"))
        .test(Test::new("b"))
        .test(Test::new("c"));
    let events = run.events_in(&[1, 0, 2]);
    let mut out = Vec::new();
    let printed_after = |count: usize, out: &mut Vec<u8>| {
        out.clear();
        let mut terminal = Terminal::new(&mut *out, options());
        for event in &events[..count] {
            terminal.on_event(event).unwrap();
        }
        drop(terminal);
        String::from_utf8(out.clone()).unwrap().matches("PASS").count()
    };
    // run-started, three test-started, then b, a, c.
    assert_eq!([5, 6, 7].map(|count| printed_after(count, &mut out)), [0, 2, 3]);
}

#[test]
fn a_passing_run_is_short() {
    let run = Run::new().test(Test::new("codes/kb-003").call("submit"));
    insta::assert_snapshot!(print(&run.events(), options()), @r#"
    utlegg 0.1.0 · 1 test with model v2 against the embedded mock · seed 42 · 8 at a time

    PASS        12 ms  codes/kb-003 (v2)

    1 test in 1.90 s: 1 passed
    checks    1: all held; all rest on documented facts
    requests  1
    reports   reports/20261123T215500Z-002a (run.jsonl, summary.json, report.html, junit.xml, summary.md)
    exit      0: no test failed, and none ended in error
    "#);
}

#[test]
fn nothing_selected_is_no_pass() {
    insta::assert_snapshot!(print(&Run::new().events(), TerminalOptions::default()), @r#"
    utlegg 0.1.0 · 0 tests with model v2 against the embedded mock · seed 42 · 8 at a time

    0 tests in 1.90 s: none was selected
    exit      3: nothing was judged, so nothing is known about conformance
    "#);
}

#[test]
fn an_interrupted_run_says_so_and_counts_what_never_began() {
    let not_run = |id| {
        Test::new(id)
            .verdict(Verdict::NotRun)
            .reason("the run was interrupted")
    };
    let run = Run::new()
        .test(Test::new("finished").call("submit"))
        .test(not_run("begun").call("submit"))
        .test(not_run("never-began"))
        .interrupted();
    insta::assert_snapshot!(print(&run.events(), TerminalOptions::default()), @r#"
    utlegg 0.1.0 · 3 tests with model v2 against the embedded mock · seed 42 · 8 at a time

    PASS        12 ms  finished (v2)
    NOT RUN     12 ms  begun (v2) · the run was interrupted

    3 tests in 1.90 s: 1 passed, 2 not run
    checks    2: all held; all rest on documented facts
    requests  2
    exit      130: the run was interrupted
    "#);
}

#[test]
fn what_an_answer_holds_cannot_steer_the_terminal() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\rPASS";
    let test = Test::new("evil")
        .title("Evil \u{1b}[2J")
        .verdict(Verdict::Failed)
        .step(step("s", "submit", 200), |it| {
            it.checks.push(check(Subject::Body, "\"a\"", evil));
            it.exchange.as_mut().unwrap().korrelasjonsid = Some(evil.to_owned());
            it.curl = Some(evil.to_owned());
        });
    for verbosity in [Verbosity::Quiet, Verbosity::Checks] {
        let printed = print(
            &Run::new().test(test.clone()).events(),
            TerminalOptions {
                verbosity,
                ..options()
            },
        );
        assert!(
            !printed.contains(|c: char| c.is_control() && c != '\n'),
            "{printed}"
        );
        assert!(printed.contains("\\u{1b}[2J"), "{printed}");
    }
}

#[test]
fn long_values_are_cut_and_many_failed_checks_counted() {
    let test = Test::new("long")
        .verdict(Verdict::Failed)
        .step(step("s", "submit", 200), |it| {
            it.checks = (0..100)
                .map(|i| check(Subject::Body, &i.to_string(), &"æ".repeat(100_000)))
                .collect();
        });
    let printed = print(&Run::new().test(test).events(), options());
    assert!(printed.len() < 150_000, "{} bytes", printed.len());
    assert!(printed.contains("æ… (197952 more bytes)"));
    assert!(
        printed.contains("60 checks more failed; see the journal"),
        "{}",
        &printed[printed.len() - 2000..]
    );
}

#[test]
fn a_scenario_that_panicked_has_its_reason_and_no_step() {
    let test = Test::new("broken")
        .verdict(Verdict::Error)
        .reason("the harness failed: index out of bounds");
    let printed = print(&Run::new().test(test).test(Test::new("fine")).events(), options());
    assert!(
        printed.contains("not judged      the harness failed: index out of bounds"),
        "{printed}"
    );
    assert!(printed.contains("exit      4: "), "{printed}");
    let no_check = step("s", "submit", 200);
    assert_eq!(
        (no_check.outcome, no_check.checks[0].result),
        (StepOutcome::Passed, CheckResult::Passed)
    );
}
