//! The reports of a run, and the same rendered again from its journal.

use std::fs;
use std::path::Path;

use utlegg::outcome::{Completion, Event, Verdict};
use utlegg::report::{
    FanOut, Format, JournalWriter, Reporter, RunDirectory, SummaryReports, Terminal, TerminalOptions, render,
    replay, summarise,
};

use super::sample::{Run, Test};
use super::twelve::twelve;

/// Runs `events` past the reporters of a real run; returns the folder's guard, the run's folder and what was printed.
fn run(events: &[Event]) -> (tempfile::TempDir, RunDirectory, String) {
    let root = tempfile::tempdir().unwrap();
    let (directory, journal) =
        RunDirectory::create(&root.path().join("reports"), jiff::Timestamp::UNIX_EPOCH, 42).unwrap();
    let mut printed = Vec::new();
    let mut reporters = FanOut::new()
        .with("journal", JournalWriter::new(journal))
        .with(
            "terminal",
            Terminal::new(&mut printed, TerminalOptions::default()),
        )
        .with("reports", SummaryReports::new(directory.path()));
    for event in events {
        reporters.on_event(event).unwrap();
    }
    reporters.finish().unwrap();
    drop(reporters);
    (root, directory, String::from_utf8(printed).unwrap())
}

fn rendered(journal: &Path, format: Format) -> String {
    let mut out = Vec::new();
    render(journal, format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_report_comes_out_the_same_from_the_journal_alone() {
    let order = [3, 0, 11, 1, 2, 10, 9, 4, 5, 8, 7, 6];
    let (_root, directory, printed) = run(&twelve().events_in(&order));
    for format in Format::ALL {
        let at_the_time = fs::read_to_string(directory.path().join(format.file_name())).unwrap();
        assert!(at_the_time.len() > 500);
        assert_eq!(rendered(&directory.journal(), format), at_the_time, "{format:?}");
    }
    let mut again = Vec::new();
    replay(
        &directory.journal(),
        &mut Terminal::new(&mut again, TerminalOptions::default()),
    )
    .unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), printed);
}

#[test]
fn the_order_in_which_tests_end_does_not_show() {
    let (_a, one_by_one, _) = run(&twelve().events());
    let (_b, all_at_once, _) = run(&twelve().events_in(&[11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]));
    for format in Format::ALL {
        assert_eq!(
            rendered(&one_by_one.journal(), format),
            rendered(&all_at_once.journal(), format)
        );
    }
}

#[test]
fn files_are_written_again_by_the_reporter_that_wrote_them() {
    let (_root, directory, _) = run(&twelve().events());
    let markdown = directory.path().join("summary.md");
    let before = fs::read(&markdown).unwrap();
    fs::remove_file(&markdown).unwrap();
    replay(&directory.journal(), &mut SummaryReports::new(directory.path())).unwrap();
    assert_eq!(fs::read(&markdown).unwrap(), before);
}

#[test]
fn junit() {
    let (_root, directory, _) = run(&twelve().events());
    let xml = rendered(&directory.journal(), Format::Junit);
    insta::assert_snapshot!(xml);
    let counts = r#"tests="12" skipped="1" failures="2" errors="1""#;
    assert!(xml.contains(counts), "{xml}");
}

#[test]
fn markdown() {
    let (_root, directory, _) = run(&twelve().events());
    insta::assert_snapshot!(rendered(&directory.journal(), Format::Markdown));
}

#[test]
fn summary_json() {
    let (_root, directory, _) = run(&twelve().events());
    insta::assert_snapshot!(rendered(&directory.journal(), Format::Json));
}

#[test]
fn a_run_killed_after_any_event_yields_every_report() {
    let (_root, directory, _) = run(&twelve().events_in(&[3, 0, 11, 1, 2, 10, 9, 4, 5, 8, 7, 6]));
    let text = fs::read_to_string(directory.journal()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let cut = directory.path().join("cut.jsonl");
    for end in 1..lines.len() {
        // Whole lines and half of the next, as a kill may leave it.
        let half = &lines[end][..lines[end].len() / 2];
        fs::write(&cut, lines[..end].concat() + half).unwrap();
        let summary = summarise(&cut).unwrap();
        assert_eq!((summary.completion, summary.exit_code), (Completion::CutOff, 130));
        let finished = lines[..end]
            .iter()
            .filter(|line| line.contains("\"test-finished\""))
            .count();
        assert_eq!(12 - finished, summary.counts.not_run, "after {end} lines");
        let steps = lines[..end]
            .iter()
            .filter(|line| line.contains("\"step-finished\""))
            .count();
        assert_eq!(summary.tests.iter().map(|test| test.steps).sum::<usize>(), steps);
        for format in Format::ALL {
            assert!(!rendered(&cut, format).is_empty());
        }
        let mut printed = Vec::new();
        replay(&cut, &mut Terminal::new(&mut printed, TerminalOptions::default())).unwrap();
        assert!(
            String::from_utf8(printed)
                .unwrap()
                .ends_with("the run was cut off: its journal has no end\n")
        );
    }
}

#[test]
fn a_test_under_way_when_the_run_was_killed_keeps_what_it_found() {
    let events = twelve().events();
    let failing = events.iter().position(|event| {
        matches!(event, Event::StepFinished(step) if step.outcome == utlegg::outcome::StepOutcome::Failed)
    });
    let (_root, directory, _) = run(&events[..=failing.unwrap()]);
    let summary = summarise(&directory.journal()).unwrap();
    let test = summary.tests.last().unwrap();
    assert_eq!(test.verdict, Verdict::NotRun);
    let reason = test.reason.as_deref().unwrap();
    assert_eq!(
        reason,
        "the run ended before this test did; 2 steps had finished, 1 of them failed"
    );
    assert_eq!(test.problems.len(), 1);
}

#[test]
fn a_run_without_tests_has_valid_reports_too() {
    let (_root, directory, _) = run(&Run::new().events());
    assert!(rendered(&directory.journal(), Format::Junit).contains(r#"tests="0""#));
    assert!(rendered(&directory.journal(), Format::Markdown).starts_with("# utlegg: nothing was judged\n"));
}

#[test]
fn markup_in_names_stays_text() {
    let run_with = Run::new().test(
        Test::new("a<b>&\"c\"/x|y")
            .title("<script>alert(1)</script> ]]>")
            .verdict(Verdict::Error)
            .reason("`<x>` | ]]> \u{1b}[1m"),
    );
    let (_root, directory, _) = run(&run_with.events());
    let markdown = rendered(&directory.journal(), Format::Markdown);
    let outside_fences = markdown.split("```").step_by(2).collect::<String>();
    assert!(
        !outside_fences.contains("<script>") && !outside_fences.contains("<b>"),
        "{markdown}"
    );
    let xml = rendered(&directory.journal(), Format::Junit);
    assert!(!xml.contains('\u{1b}') && !xml.contains("<b>"), "{xml}");
}

#[test]
fn a_folder_that_vanished_is_an_error_that_names_the_file() {
    let mut reports = SummaryReports::new("/nonexistent/folder");
    for event in Run::new().events() {
        reports.on_event(&event).unwrap();
    }
    let error = reports.finish().unwrap_err().to_string();
    assert!(error.starts_with("/nonexistent/folder/summary.json: "), "{error}");
}
