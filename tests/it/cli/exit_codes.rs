//! Every exit code of a run, and which wins where several apply.

use crate::command::Folder;

/// A test of the mock that asks for an unknown address and expects `status`.
fn scenario(id: &str, extra: &str, status: u16) -> String {
    format!(
        "scenario: {id}\ntitle: An unknown address\nmodels: [v2]\nas: none\n{extra}steps:\n  \
         - raw: {{ method: GET, path: /nowhere }}\n    expect: {{ status: {status} }}\n---\n"
    )
}

/// A test that cannot be judged: what it captures is not there.
const ERRS: &str = "scenario: errs\ntitle: Captures what is not there\nmodels: [v2]\nas: none\nsteps:\n  \
    - raw: { method: GET, path: /nowhere }\n    expect: { status: 404 }\n    capture: { x: \"$.nothing\" }\n---\n";

fn folder() -> Folder {
    let all = [
        scenario("passes", "", 404),
        scenario("fails", "", 200),
        scenario("warns", "obligation: should\n", 200),
        scenario("lacks", "requires: [teleportation]\n", 404),
        ERRS.to_owned(),
    ];
    Folder::new().file("all.yaml", all.concat())
}

#[test]
fn each_verdict_has_its_code() {
    let folder = folder();
    let cases = [
        ("passes", 0, "1 passed"),
        ("fails", 1, "1 failed"),
        ("warns", 0, "1 with a warning"),
        ("lacks", 3, "lacks: teleportation"),
        ("errs", 3, "nothing was judged"),
        ("passes errs", 4, "1 passed, 1 could not be judged"),
        ("passes lacks", 0, "1 passed, 1 not applicable"),
        (
            "passes fails errs",
            1,
            "1 passed, 1 failed, 1 could not be judged",
        ),
        ("fails warns", 1, "1 failed, 1 with a warning"),
    ];
    for (names, code, words) in cases {
        let output = folder.utlegg(&format!("run all.yaml {names}")).run();
        output
            .exits_with(code)
            .says(&[words, &format!("exit      {code}: ")]);
        assert_eq!(folder.summary()["exit_code"], code, "{names}");
    }
}

#[test]
fn filters_that_leave_nothing_are_no_pass() {
    let folder = folder();
    let none = folder.utlegg("run all.yaml passes --obligation may").run();
    none.exits_with(3).complains(&["nothing to run"]);
}

#[test]
fn an_empty_folder_is_enough() {
    let folder = Folder::new();
    let output = folder
        .utlegg("run --ci submit-poll-correct unknown-url")
        .run()
        .exits_with(0);
    output.says(&["against the embedded mock", "PASS", "exit      0: no test failed"]);
    for file in ["run.jsonl", "summary.json", "junit.xml", "summary.md"] {
        assert!(!folder.text(&format!("reports/latest/{file}")).is_empty());
    }
}
