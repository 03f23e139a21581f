//! Files that are broken, missing or hostile: a place, a caret, what to do, exit 3, and nothing is sent.

use super::raw_server::{RawServer, json};
use crate::command::{Folder, Output};

/// `lint` and `run` refuse `file` alike, and no run begins.
#[track_caller]
fn refused(file: &str, content: impl AsRef<[u8]>, words: &[&str]) {
    let folder = Folder::new().file(file, content);
    let lint = folder.utlegg("lint").argument(file).run().exits_with(3);
    let said = lint.stdout.clone() + &lint.stderr;
    let all = Output { stdout: said, ..lint };
    all.says(words);
    folder
        .utlegg("run")
        .argument(file)
        .run()
        .exits_with(3)
        .complains(words);
    assert!(!folder.has("reports"), "a run began");
}

#[test]
fn broken_yaml() {
    refused(
        "broken.yaml",
        "scenario: x\n  bad: [1,\n",
        &["not valid YAML", "--> broken.yaml:", "indent with spaces"],
    );
}

#[test]
fn ten_megabytes_of_nested_yaml() {
    refused(
        "big.yaml",
        "[".repeat(10_000_000),
        &["big.yaml has 10000000 bytes"],
    );
}

#[test]
fn nesting_below_the_size_limit() {
    refused(
        "deep.yaml",
        "[".repeat(1_000_000),
        &["nested deeper than 64 levels", "--> deep.yaml:1:"],
    );
}

#[test]
fn aliases_that_explode() {
    let mut text = String::from("scenario: x\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    refused(
        "bomb.yaml",
        text,
        &["aliases", "--> bomb.yaml:", "do not multiply"],
    );
}

#[test]
fn bytes_that_are_no_text() {
    refused("bytes.yaml", [0xff, 0xfe, 0x00, 0x80], &["bytes.yaml", "UTF-8"]);
}

#[test]
fn an_empty_file_holds_no_scenario() {
    refused("empty.yaml", "", &["empty.yaml", "no scenario"]);
}

#[test]
fn a_missing_file_and_a_folder_without_scenarios() {
    let folder = Folder::new().file("folder/readme.txt", "hello");
    for command in ["lint", "run"] {
        let missing = folder.utlegg(&format!("{command} missing.yaml")).run();
        missing
            .exits_with(3)
            .complains(&["cannot read missing.yaml", "name a scenario file, or a folder"]);
        let empty = folder.utlegg(&format!("{command} folder")).run();
        empty
            .exits_with(3)
            .complains(&["folder holds no scenario", ".yaml or .yml"]);
    }
}

#[test]
fn four_mistakes_are_shown_together_and_nothing_is_sent() {
    let server = RawServer::start(|_, stream| {
        use std::io::Write;
        write!(stream, "{}", json(200, "{}"))
    });
    let folder = Folder::new()
        .file("utlegg.yaml", server.settings())
        .file(
            "four.yaml",
            "scenario: four\ntitle: Four mistakes\nmodels: [v2]\nobligaton: must\nas: none\nsteps:\n  \
             - call: submitt\n    expect: { status: success }\n  \
             - call: case-status\n    with: { eksternSaksreferanse: \"${unknown}\" }\n    expect: { code: KB-0066 }\n",
        );
    let expected = [
        "unknown key `obligaton`",
        "--> four.yaml:4:1",
        "did you mean `obligation`?",
        "`submitt`",
        "--> four.yaml:7:11",
        "did you mean `submit`?",
        "variable `unknown` is not defined",
        "--> four.yaml:10:38",
        "`KB-0066`",
        "--> four.yaml:11:21",
        "did you mean `KB-006`?",
        "^^^^^^^^^",
        "4 errors",
    ];
    folder
        .utlegg("lint four.yaml")
        .run()
        .exits_with(3)
        .says(&expected);
    let run = folder.utlegg("run four.yaml --env live").run();
    run.exits_with(3).complains(&expected);
    assert!(server.arrived().is_empty(), "{:?}", server.arrived());
    assert!(!folder.has("reports"));
}

#[test]
fn reports_that_cannot_be_written() {
    let folder = Folder::new().file("reports", "a file");
    folder
        .utlegg("run unknown-url")
        .run()
        .exits_with(3)
        .complains(&["cannot write reports to reports: that is a file", "--reports"]);
    folder
        .utlegg("run unknown-url --reports reports/below")
        .run()
        .exits_with(3)
        .complains(&["cannot write reports to reports/below"]);
    if cfg!(target_os = "linux") {
        let nowhere = folder.utlegg("run unknown-url --reports /proc/nowhere").run();
        nowhere.exits_with(3).complains(&[
            "cannot write reports to /proc/nowhere",
            "make the folder writable",
        ]);
    }
}

#[test]
fn a_disk_that_is_full() {
    if cfg!(target_os = "linux") {
        let folder = Folder::new();
        let full = folder.shell("utlegg schema > /dev/full").run();
        full.exits_with(3).complains(&["cannot print"]);
    }
}

#[test]
fn names_that_nothing_has() {
    let folder = Folder::new().file(
        "utlegg.yaml",
        "environments: { acceptance: { base_url: \"http://127.0.0.1:1\" } }\n",
    );
    let cases = [
        ("run --env acceptence", "did you mean `acceptance`?"),
        ("run --env xyz", "known: mock, acceptance"),
        ("run unknwon-url", "did you mean `unknown-url`?"),
        ("run submit-poll", "did you mean `submit-poll-correct`?"),
        ("run KB-060", "no scenario, case or code is called `KB-060`"),
        ("run --tag flwo", "did you mean `flow`?"),
        ("run --model v9", "no model is called `v9`"),
    ];
    for (arguments, words) in cases {
        folder.utlegg(arguments).run().exits_with(3).complains(&[words]);
    }
    assert!(!folder.has("reports"));
}

#[test]
fn settings_that_are_wrong() {
    let folder = Folder::new().file("utlegg.yaml", "environmnts: {}\n");
    folder.utlegg("run unknown-url").run().exits_with(3).complains(&[
        "environmnts",
        "--> utlegg.yaml:1:1",
        "did you mean `environments`?",
    ]);
    folder
        .utlegg("run unknown-url --settings nowhere.yaml")
        .run()
        .exits_with(3)
        .complains(&["cannot read nowhere.yaml"]);
}

#[test]
fn production_is_refused() {
    let folder = Folder::new().file(
        "utlegg.yaml",
        "environments: { prod: { base_url: \"https://api.sits.no/api/utleggsbegjaering/v2\" } }\n",
    );
    folder
        .utlegg("run unknown-url --env prod")
        .run()
        .exits_with(3)
        .complains(&["is production", "only ever talks to test environments"]);
}
