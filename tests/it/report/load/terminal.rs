//! What a person sees of a load run.

use std::time::Duration;

use utlegg::outcome::load::LoadResult;
use utlegg::report::Verbosity;
use utlegg::report::load::{LoadProgress, LoadTerminal, LoadTerminalOptions};

use super::sample;

fn options() -> LoadTerminalOptions {
    LoadTerminalOptions {
        reports: Some("reports/20261123T215500Z-002a".to_owned()),
        ..LoadTerminalOptions::default()
    }
}

fn print(result: &LoadResult, options: LoadTerminalOptions) -> String {
    let mut out = Vec::new();
    let mut terminal = LoadTerminal::new(&mut out, options);
    terminal.begin(&result.run).unwrap();
    for second in 0..=4 {
        let progress = LoadProgress {
            elapsed: Duration::from_secs(second),
            planned: Some(Duration::from_mins(2)),
            users: 4,
            offered_rate: Some(20.0),
            achieved_rate: 19.5,
            p50_us: Some(4_100),
            p95_us: Some(9_800),
            ..LoadProgress::default()
        };
        terminal.progress(&progress).unwrap();
    }
    terminal.finish(result).unwrap();
    drop(terminal);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_run_that_missed_thresholds() {
    insta::assert_snapshot!(print(
        &sample::missed(),
        LoadTerminalOptions {
            plain_every: Some(Duration::from_secs(2)),
            ..options()
        }
    ));
}

#[test]
fn a_run_that_measured_nothing() {
    insta::assert_snapshot!(print(&sample::empty(), options()));
}

#[test]
fn an_injector_that_did_not_keep_up() {
    let printed = print(&sample::inconclusive(), options());
    assert!(
        printed.contains("✗ dropped iterations: 4.2 % (limit: at most 1 % of those offered)"),
        "{printed}"
    );
    assert!(
        printed.contains("exit      7: inconclusive: the injector did not keep its own limits"),
        "{printed}"
    );
}

#[test]
fn no_line_of_the_table_is_wider_than_the_terminal() {
    for width in [60, 80, 100, 140] {
        let printed = print(&sample::missed(), LoadTerminalOptions { width, ..options() });
        let table = printed
            .lines()
            .skip_while(|line| !line.contains("  count  "))
            .take_while(|line| !line.is_empty());
        let mut lines = 0;
        for line in table {
            lines += 1;
            assert!(console::measure_text_width(line) <= width, "{width}: {line}");
        }
        assert_eq!(lines, 1 + 7 + 10, "{printed}");
        assert_eq!(printed.contains("service p99"), width >= 100, "{width}");
    }
}

#[test]
fn quiet_prints_what_was_missed_and_the_end() {
    let quiet = LoadTerminalOptions {
        verbosity: Verbosity::Quiet,
        ..options()
    };
    insta::assert_snapshot!(print(&sample::missed(), quiet), @r"
    ✗ p99 of submit < 20ms  47.2ms  load/pilot.yaml:14:5
    ✗ codes[KB-001] == 0    14  load/pilot.yaml:14:5

    reports   reports/20261123T215500Z-002a (load.json, report.html, junit.xml, load.md)
    exit      5: threshold missed: 2 of 5 thresholds missed
    ");
}

#[test]
fn text_from_outside_cannot_move_the_cursor_and_colour_only_paints() {
    let plain = print(&sample::hostile(), options());
    assert!(!plain.contains('\u{1b}'));
    let painted = print(
        &sample::missed(),
        LoadTerminalOptions {
            colour: true,
            ..options()
        },
    );
    assert!(painted.contains('\u{1b}'));
    assert_eq!(
        console::strip_ansi_codes(&painted),
        print(&sample::missed(), options())
    );
}
