//! Ctrl-C, its like, and the signal nobody can catch: what had finished is kept and readable.

use std::io::Write;

use super::raw_server::{RawServer, json};
use crate::command::Folder;

/// A first step that is done at once, then a poll that would take an hour; and a test that waits for its turn.
const WAITS: &str = "scenario: waits
title: Waits for long
as: none
steps:
  - raw: { method: GET, path: /first }
    expect: { status: 200 }
  - poll: case-status
    with: { eksternSaksreferanse: x }
    until: { \"$.saksstatus\": sakBesluttet }
    every: 100ms
    within: 1h
---
scenario: later
title: Never gets its turn
as: none
steps:
  - raw: { method: GET, path: /later }
    expect: { status: 200 }
";

fn patient() -> (RawServer, Folder) {
    let server = RawServer::start(|_, stream| write!(stream, "{}", json(200, "{}")));
    let folder = Folder::new()
        .file("utlegg.yaml", server.settings())
        .file("waits.yaml", WAITS);
    (server, folder)
}

/// The run ends in order: everything is recorded, every report is there and says the same.
fn ends_in_order(signal: &str) {
    let (server, folder) = patient();
    let run = folder.utlegg("run waits.yaml --env live --jobs 1").start();
    server.wait_for(4);
    run.signal(signal);
    let output = run.end().exits_with(130);
    output.says(&["interrupted", "exit      130: the run was interrupted"]);

    let journal = folder.journal();
    let last = journal.last().unwrap();
    assert_eq!(last["event"], "run-finished");
    assert_eq!(last["interruption"], "signal");
    assert_eq!(last["exit_code"], 130);
    let steps = folder.events("step-finished");
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert_eq!(steps[0]["outcome"], "passed");
    assert_eq!(steps[1]["outcome"], "error");
    assert!(steps[1]["attempts"].as_u64().unwrap() >= 2, "{steps:?}");

    let summary = folder.summary();
    assert_eq!(summary["exit_code"], 130);
    let counts = &summary["counts"];
    assert_eq!(
        (&counts["error"], &counts["not_run"]),
        (&1.into(), &1.into()),
        "{counts}"
    );
    let junit = folder.text("reports/latest/junit.xml");
    assert_eq!(junit.matches("<testcase").count(), 2, "{junit}");
    assert!(junit.trim_end().ends_with("</testsuites>"), "{junit}");
}

#[test]
fn ctrl_c() {
    ends_in_order("INT");
}

#[test]
fn termination() {
    ends_in_order("TERM");
}

#[test]
fn ctrl_c_against_the_mock() {
    let folder = Folder::new().file(
        "many.yaml",
        "scenario: waits
title: A case nobody decides
models: [v2]
given:
  mock: { after_submit: { decide: { after: 8000h } } }
  request: { from: requests/v2/simple.yaml }
steps:
  - call: submit
    body: \"${request}\"
    expect: { status: success }
    capture: { case: \"$.eksternSaksreferanse\" }
  - poll: case-status
    with: { eksternSaksreferanse: \"${case}\" }
    until: { \"$.saksstatus\": sakBesluttet }
    every: 1s
    within: 4000h
",
    );
    let run = folder.utlegg("run many.yaml -vv").start();
    // The journal is written as it happens: the submission's line says that the poll has begun.
    let began = std::time::Instant::now();
    let submitted = || {
        let journal = std::fs::read_to_string(folder.path("reports/latest/run.jsonl"));
        journal.is_ok_and(|text| text.contains("\"step\":\"submit\""))
    };
    while !submitted() {
        assert!(began.elapsed().as_secs() < 60, "no submission");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    run.signal("INT");
    run.end().exits_with(130);
    assert_eq!(folder.journal().last().unwrap()["event"], "run-finished");
    assert_eq!(folder.summary()["exit_code"], 130);
}

#[test]
fn a_killed_run_can_be_rendered_up_to_its_last_finished_step() {
    let (server, folder) = patient();
    let run = folder.utlegg("run waits.yaml --env live --jobs 1").start();
    server.wait_for(4);
    run.signal("KILL");
    assert_eq!(run.end().code, None);
    assert!(!folder.has("reports/latest/summary.json"));

    let steps = folder.events("step-finished");
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0]["outcome"], "passed");
    folder
        .utlegg("report")
        .run()
        .exits_with(0)
        .says(&["rendered again"]);
    assert_eq!(folder.summary()["completion"], "cut-off");
    assert!(folder.text("reports/latest/junit.xml").contains("<testsuites"));
    let terminal = folder.utlegg("report --format terminal").run().exits_with(0);
    terminal.says(&["2 tests", "the run was cut off: its journal has no end"]);
}
