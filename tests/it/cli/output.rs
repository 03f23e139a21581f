//! Colours, closed pipes, and the same answers however many tests run at once.

use crate::command::Folder;

const ESCAPE: &str = "\u{1b}[";

#[test]
fn colours_are_for_terminals_or_on_demand() {
    let folder = Folder::new();
    folder
        .utlegg("run unknown-url")
        .run()
        .exits_with(0)
        .never_says(ESCAPE);
    let always = folder.utlegg("run unknown-url --color always");
    always.run().exits_with(0).says(&[ESCAPE]);
    let insists = folder.utlegg("--color always run unknown-url");
    insists
        .variable("NO_COLOR", "1")
        .run()
        .exits_with(0)
        .says(&[ESCAPE]);
    let never = folder.utlegg("run unknown-url --color never");
    let never = never.variable("UTLEGG_LOG", "debug").run().exits_with(0);
    assert!(!never.stderr.is_empty(), "the log was on");
    never.never_says(ESCAPE);
}

#[test]
fn a_diagnostic_has_colours_only_on_demand() {
    let folder = Folder::new().file("x.yaml", "scenario: 1 2\n");
    folder
        .utlegg("lint x.yaml")
        .run()
        .exits_with(3)
        .never_says(ESCAPE);
    let always = folder.utlegg("lint x.yaml --color always").run();
    always.exits_with(3).says(&[ESCAPE]);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = Folder::new();
    folder.utlegg("run unknown-url").run().exits_with(0);
    for command in [
        "run unknown-url",
        "lint",
        "schema",
        "completions bash",
        "report --format json",
        "report --format terminal",
        "snapshots list",
        "--help",
    ] {
        // `true` reads nothing; what the command is told about that is its exit code, printed on standard error.
        let line = format!("(utlegg {command}; echo code $? >&2) | true");
        let output = folder.shell(&line).run().exits_with(0);
        output.complains(&["code 0"]).never_says("error");
    }
    assert_eq!(folder.summary()["exit_code"], 0);
}

#[test]
fn closed_standard_streams_are_no_error() {
    let folder = Folder::new();
    folder
        .shell("utlegg run unknown-url >&- 2>&-")
        .run()
        .exits_with(0);
    folder
        .shell("utlegg run nothing-of-that-name >&- 2>&-")
        .run()
        .exits_with(3);
}

#[test]
fn the_order_is_the_same_however_many_run_at_once() {
    let folder = Folder::new();
    let [one, many] = [1, 16].map(|jobs| {
        let run = folder
            .utlegg(&format!(
                "run --seed 7 --jobs {jobs} --ci submit-poll-correct conditions-claims unknown-url"
            ))
            .run();
        let lines = run.exits_with(0).stdout;
        let verdicts = lines.lines().filter(|line| line.starts_with("PASS"));
        let without_time = |line: &str| line.split("  ").last().unwrap_or_default().to_owned();
        verdicts.map(without_time).collect::<Vec<_>>()
    });
    assert!(one.len() >= 4, "{one:?}");
    assert_eq!(one, many);
}

#[test]
fn quiet_and_verbose() {
    let folder = Folder::new();
    let quiet = folder.utlegg("run unknown-url -q").run().exits_with(0);
    quiet.says(&["2 passed"]).never_says("PASS");
    let steps = folder.utlegg("run unknown-url -v").run().exits_with(0);
    steps.says(&["PASS", "raw"]);
    let checks = folder.utlegg("run unknown-url -vv").run().exits_with(0);
    checks.says(&["KB-003"]);
}

#[test]
fn a_long_curl_command_is_cut_on_the_screen_and_whole_in_the_journal() {
    let folder = Folder::new().file(
        "long.yaml",
        format!(
            "scenario: long\ntitle: A long body\nmodels: [v2]\nas: none\nsteps:\n  - raw: {{ method: POST, path: /x, \
             body: \"{}\" }}\n    expect: {{ status: 200 }}\n",
            "x".repeat(5000)
        ),
    );
    let output = folder.utlegg("run long.yaml").run().exits_with(1);
    let output = output.says(&["(whole in run.jsonl)"]);
    assert!(output.stdout.lines().all(|line| line.chars().count() < 600));
    let curl = folder.events("step-finished")[0]["curl"].as_str().unwrap().len();
    assert!(curl > 5000, "{curl}");
}
