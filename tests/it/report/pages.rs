//! `report.html` of a functional run. What only a browser can tell is left to `tests/peers/browser`.

use std::fs;
use std::path::PathBuf;

use utlegg::outcome::{Event, Verdict};
use utlegg::report::{Fold, Format};

use super::sample::{Run, Test, check, step};
use super::twelve::twelve;

/// The page of `events`, kept under `name` where the browser's check finds it.
fn page(name: &str, events: &[Event]) -> String {
    let mut fold = Fold::new();
    for event in events {
        fold.on_event(event);
    }
    let mut out = Vec::new();
    Format::Html.write(&fold.summary().unwrap(), &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), &page).unwrap();
    page
}

#[test]
fn failures_come_first_then_what_was_not_judged_then_warnings() {
    let page = page("run.html", &twelve().events());
    let attention = &page[page.find("id=\"attention\"").unwrap()..page.find("id=\"obligations\"").unwrap()];
    let word = regex::Regex::new("(✗ failed|\\? not judged|! warning)").unwrap();
    let order: Vec<&str> = word.find_iter(attention).map(|it| it.as_str()).collect();
    assert_eq!(order, ["✗ failed", "✗ failed", "? not judged", "! warning"]);
    assert!(page.contains("<p class=\"verdict bad\"><strong>✗ Does not conform</strong>"));
    assert!(page.contains("2 of 12 tests failed, 1 could not be judged."));
    for id in ["attention", "obligations", "tests", "measured", "notes", "run"] {
        assert!(page.contains(&format!("<h2 id=\"{id}\">")), "{id}");
    }
    assert!(page.contains("This file needs nothing else: no script, no network."));
}

#[test]
fn coverage_by_obligation_counts_every_test_once() {
    let page = page("run.html", &twelve().events());
    let row = regex::Regex::new(r#"<tr><th scope="row">(must|should|may)</th>(.*)</tr>"#).unwrap();
    let cell = regex::Regex::new(">([0-9]+)</td>").unwrap();
    let mut all = 0;
    for found in row.captures_iter(&page) {
        let cells: Vec<usize> = cell
            .captures_iter(&found[2])
            .map(|it| it[1].parse().unwrap())
            .collect();
        assert_eq!(cells.len(), 7);
        assert_eq!(cells[0], cells[1..].iter().sum::<usize>(), "{}", &found[0]);
        all += cells[0];
    }
    assert_eq!(all, 12);
}

#[test]
fn a_run_without_a_finding_says_so() {
    let page = page(
        "clean.html",
        &Run::new().test(Test::new("a").call("submit")).events(),
    );
    assert!(page.contains("Nothing: no test failed"));
    assert!(page.contains("<p class=\"verdict good\"><strong>✓ Passed</strong>"));
    assert!(!page.contains("href=\"#notes\"") && !page.contains("href=\"#measured\""));
}

#[test]
fn text_from_outside_stays_text() {
    let evil = "<script>alert(1)</script>\"]]>\u{1b}[2J\u{202e}{{ 7*7 }}";
    let run = Run::new().test(
        Test::new("a<b>/x")
            .title("<img src=x onerror=alert(1)>")
            .verdict(Verdict::Failed)
            .reason(evil)
            .step(step("s", "submit", 200), |it| {
                let mut failed = check(utlegg::outcome::Subject::Body, "\"a\"", evil);
                failed.path = Some(evil.to_owned());
                failed.detail = Some(evil.to_owned());
                it.checks.push(failed);
                it.curl = Some(evil.to_owned());
            }),
    );
    let page = page("hostile-run.html", &run.events());
    for evil in ["<script", "<img", "\u{1b}", "\u{202e}", "\"]]>", "a<b>"] {
        assert!(!page.contains(evil), "{evil}");
    }
    assert!(page.contains("{{ 7*7 }}"));
}
