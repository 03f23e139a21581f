//! `utlegg load`: a plan in, files, words and an exit code out; the mock is a child process.

use serde_json::Value;

use crate::command::Folder;

/// Two calls, nothing to prepare.
const QUICK: &str = r#"
scenario: quick
title: Two cases that are always there
models: [v2]
steps:
  - call: case-status
    with: { eksternSaksreferanse: TEST_SAK_BESLUTTET }
    expect: { status: success, body: { "$.saksstatus": sakBesluttet } }
  - id: again
    call: case-status
    with: { eksternSaksreferanse: TEST_SAK_HEVET }
    expect: { status: success }
"#;

fn folder() -> Folder {
    Folder::new().file("quick.yaml", QUICK)
}

/// The newest run's file.
#[track_caller]
fn newest(folder: &Folder, name: &str) -> String {
    let files = folder.all_files();
    let found = files
        .iter()
        .find(|file| file.ends_with(name) || file.to_string_lossy().ends_with(name));
    let found = found.unwrap_or_else(|| panic!("{name}: {files:?}"));
    folder.text(&found.to_string_lossy())
}

#[track_caller]
fn result(folder: &Folder) -> Value {
    serde_json::from_str(&newest(folder, "load.json")).unwrap()
}

#[test]
fn iterations_by_users_are_all_made_measured_and_checked() {
    let folder = folder();
    let run = folder
        .utlegg("load quick.yaml --users 3 --iterations 40 --seed 7 --threshold errors==0")
        .run();
    // An injector on a busy machine may say that it could not keep up; nothing else may be wrong.
    assert!(matches!(run.code, Some(0 | 7)), "{}{}", run.stdout, run.stderr);
    let result = result(&folder);
    assert_eq!(result["iterations"]["passed"], 40);
    assert_eq!(result["traffic"]["requests"], 80);
    assert_eq!(result["checked"]["whole"], 80);
    assert_eq!(result["run"]["seed"], 7);
    assert_eq!(result["run"]["environment"]["mock"], true);
    let rows = result["rows"].as_array().unwrap();
    let names: Vec<&str> = rows.iter().filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(
        names,
        ["quick (v2)", "quick/case-status (v2)", "quick/again (v2)"]
    );
    for file in [
        "junit.xml",
        "load.md",
        "quick-case-status-v2.response.hlog",
        "run.jsonl",
    ] {
        assert!(!newest(&folder, file).is_empty(), "{file}");
    }
    assert!(run.stdout.contains("✓ errors==0"), "{}", run.stdout);
    // goose tells of its users on standard output wherever it can.
    assert!(
        !run.stdout.to_lowercase().contains("goose") && !run.stdout.contains("launched"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_missed_threshold_is_an_exit_code_of_its_own() {
    let folder = folder();
    let run = folder
        .utlegg("load quick.yaml --users 1 --iterations 5 --threshold max<1ms --threshold min<1s -q")
        .run();
    run.exits_with(5);
    let thresholds = result(&folder)["thresholds"].clone();
    assert_eq!(thresholds[0]["outcome"], "missed", "{thresholds}");
    assert_eq!(thresholds[1]["outcome"], "met", "{thresholds}");
    assert!(
        newest(&folder, "junit.xml").contains("max&lt;1ms")
            || newest(&folder, "junit.xml").contains("max<1ms")
    );
}

#[test]
fn answers_are_checked_and_failures_counted_by_shape() {
    let folder = Folder::new().file("quick.yaml", QUICK.replace("sakBesluttet }", "sakHevet }"));
    folder
        .utlegg("load quick.yaml --users 2 --iterations 30")
        .run()
        .exits_with(5);
    let result = result(&folder);
    assert_eq!(result["iterations"]["failed"], 30);
    let failures = result["failures"].as_array().unwrap();
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(failures[0]["count"], 30);
    assert_eq!(failures[0]["example"]["exchange"]["response"]["status"], 200);
    let journal = newest(&folder, "run.jsonl");
    let failed = journal
        .lines()
        .filter(|line| line.contains("step-finished"))
        .count();
    assert!((1..30).contains(&failed), "a few of them: {failed}");
    // The status alone is as expected.
    let folder = Folder::new().file("quick.yaml", QUICK.replace("sakBesluttet }", "sakHevet }"));
    let run = folder
        .utlegg("load quick.yaml --users 2 --iterations 30 --check status")
        .run();
    assert!(matches!(run.code, Some(0 | 7)), "{}", run.stdout);
}

#[test]
fn arrivals_are_begun_or_dropped_and_none_is_forgotten() {
    let folder = folder();
    folder
        .utlegg("load quick.yaml --rate 50/s --for 2s --arrivals poisson --seed 3 -q")
        .run();
    let iterations = result(&folder)["iterations"].clone();
    let number = |name: &str| iterations[name].as_u64().unwrap();
    assert!((60..140).contains(&number("offered")), "{iterations}");
    assert_eq!(
        number("offered"),
        number("started") + number("dropped"),
        "{iterations}"
    );
    let ended = number("passed") + number("failed") + number("errors") + number("unfinished");
    assert_eq!(number("started"), ended, "{iterations}");
}

#[test]
fn an_interrupted_run_writes_what_it_has() {
    let folder = folder();
    let mut run = folder
        .utlegg("load quick.yaml --users 2 --for 10m --think 20ms")
        .start();
    run.until_it_says("closed");
    std::thread::sleep(std::time::Duration::from_secs(2));
    run.signal("INT");
    let output = run.end().exits_with(130);
    assert!(output.stdout.contains("interrupted"), "{}", output.stdout);
    let result = result(&folder);
    assert_eq!(result["ending"], "interrupted");
    assert!(result["iterations"]["passed"].as_u64().unwrap() > 0);
    assert_eq!(result["iterations"]["failed"], 0);
}

#[test]
fn load_on_anything_but_this_machine_is_refused() {
    let settings = "environments:\n  test:\n    base_url: https://api-test.example/v2\n";
    let folder = folder().file("utlegg.yaml", settings);
    let refused = folder
        .utlegg("load quick.yaml --env test --users 1 --iterations 1")
        .run()
        .exits_with(3);
    assert!(refused.stderr.contains("load_agreement"), "{}", refused.stderr);
    assert!(!folder.has("reports"), "nothing was begun");
}

#[test]
fn a_target_that_is_not_there_ends_the_run_with_the_reason() {
    let settings = "environments:\n  gone:\n    base_url: http://127.0.0.1:1/v2\n";
    let folder = Folder::new()
        .file(
            "quick.yaml",
            QUICK.replace("models: [v2]", "models: [v2]\nas: none"),
        )
        .file("utlegg.yaml", settings);
    let run = folder
        .utlegg("load quick.yaml --env gone --users 2 --for 5m")
        .run()
        .exits_with(5);
    assert!(run.stdout.contains("nothing listens"), "{}", run.stdout);
    assert_eq!(result(&folder)["ending"], "aborted");
}

#[test]
fn what_cannot_be_is_said_before_anything_starts() {
    let folder = folder();
    for (arguments, code, expected) in [
        ("load quick.yaml --rate 50", 2, "50/s"),
        ("load quick.yaml --users 0 --iterations 5", 2, "0"),
        ("load quick.yaml --users 2 --rate 5/s", 2, "cannot be used with"),
        (
            "load quick.yaml --users 2 --iterations 5 --threshold p95<fast",
            3,
            "p95",
        ),
        ("load missing.yaml --users 1 --iterations 1", 3, "missing.yaml"),
        ("load", 2, "PLAN"),
    ] {
        let refused = folder.utlegg(arguments).run().exits_with(code);
        assert!(
            refused.stderr.contains(expected),
            "{arguments}: {}",
            refused.stderr
        );
    }
    assert!(!folder.has("reports"));
}
