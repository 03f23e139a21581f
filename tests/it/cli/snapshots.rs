//! Snapshots from the command line: missing, new, changed, accepted, rejected, and CI, which writes nothing.

use crate::command::{Call, Folder};

const SCENARIO: &str = "scenario: fixed
title: A fixed reference
models: [v2]
steps:
  - call: case-status
    with: { eksternSaksreferanse: TEST_SAK_BESLUTTET }
    expect: { status: success, snapshot: true }
";
const SNAP: &str = "snapshots/v2/fixed/case-status.snap";
const NEW: &str = "snapshots/v2/fixed/case-status.snap.new";

fn folder() -> Folder {
    Folder::new().file("fixed.yaml", SCENARIO)
}

fn run(folder: &Folder) -> Call {
    folder.utlegg("run fixed.yaml")
}

#[test]
fn a_missing_one_fails_in_ci_and_nothing_is_written() {
    let folder = folder();
    let missing = [
        "no snapshot yet",
        "nothing is written in CI",
        "utlegg snapshots review",
    ];
    run(&folder).argument("--ci").run().exits_with(1).says(&missing);
    run(&folder)
        .variable("CI", "true")
        .run()
        .exits_with(1)
        .says(&missing);
    assert!(!folder.has("snapshots"));
    let list = folder.utlegg("snapshots list").run();
    list.exits_with(0).says(&["no snapshot is pending"]);
}

#[test]
fn a_missing_one_is_written_for_review_and_accepted() {
    let folder = folder();
    let output = run(&folder).variable("CI", "false").run().exits_with(1);
    output.says(&["no snapshot yet", &format!("{NEW} was written")]);
    assert!(folder.has(NEW) && !folder.has(SNAP));
    let list = folder.utlegg("snapshots list").run();
    list.exits_with(0).says(&["new      v2/fixed/case-status.snap"]);
    let review = folder.utlegg("snapshots review").run().exits_with(0);
    review.says(&["+HTTP 200", "nothing was asked", "utlegg snapshots accept"]);
    assert!(folder.has(NEW));
    folder
        .utlegg("snapshots accept")
        .run()
        .exits_with(0)
        .says(&["accepted v2/fixed"]);
    assert!(folder.has(SNAP) && !folder.has(NEW));
    run(&folder).argument("--ci").run().exits_with(0);
}

#[test]
fn a_difference_is_shown_and_rejected() {
    let folder = folder();
    run(&folder).run().exits_with(1);
    folder.utlegg("snapshots accept fixed").run().exits_with(0);
    let before = folder.text(SNAP).replace("sakBesluttet", "sakHevet");
    std::fs::write(folder.path(SNAP), &before).unwrap();

    let diff = [
        "-  \"saksstatus\": \"sakHevet\"",
        "+  \"saksstatus\": \"sakBesluttet\"",
    ];
    run(&folder).argument("--ci").run().exits_with(1).says(&diff);
    assert!(!folder.has(NEW));
    run(&folder).run().exits_with(1).says(&diff);
    assert!(folder.has(NEW));
    let list = folder.utlegg("snapshots list").run();
    list.exits_with(0).says(&["changed  v2/fixed/case-status.snap"]);
    folder.utlegg("snapshots review").run().exits_with(0).says(&diff);
    let unknown = folder.utlegg("snapshots accept nonsense").run().exits_with(2);
    unknown.complains(&["no pending snapshot has `nonsense` in its path"]);
    folder
        .utlegg("snapshots reject")
        .run()
        .exits_with(0)
        .says(&["rejected v2/fixed"]);
    assert!(!folder.has(NEW));
    assert_eq!(folder.text(SNAP), before);
}

#[test]
fn a_broken_snapshot_is_not_the_answers_fault() {
    let folder = folder().file(SNAP, "no snapshot at all");
    let output = run(&folder).argument("--ci").run();
    assert_ne!(output.code, Some(0), "{}", output.stdout);
    output.says(&[SNAP]);
}
