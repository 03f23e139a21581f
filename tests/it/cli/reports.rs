//! `utlegg report`: the same bytes again, from the journal alone.

use std::fs;

use crate::command::Folder;

const FAILS: &str = "scenario: fails\ntitle: Expects the wrong status\nmodels: [v2]\nas: none\nsteps:\n  \
    - raw: { method: GET, path: /nowhere }\n    expect: { status: 200, code: KB-003 }\n";

#[test]
fn a_stored_run_renders_to_the_same_bytes() {
    let folder = Folder::new().file("fails.yaml", FAILS);
    let run = folder.utlegg("run fails.yaml").run().exits_with(1);
    let own = ["summary.json", "junit.xml", "summary.md"]
        .map(|file| folder.text(&format!("reports/latest/{file}")));
    let id = folder.summary()["run"]["run_id"].as_str().unwrap().to_owned();
    let names = [
        "latest",
        &id,
        &format!("reports/{id}"),
        &format!("reports/{id}/run.jsonl"),
    ]
    .map(str::to_owned);
    for name in names {
        for (format, own) in ["json", "junit", "markdown"].iter().zip(&own) {
            let again = folder.utlegg(&format!("report {name} --format {format}")).run();
            assert_eq!(again.exits_with(0).stdout, *own, "{format} of {name}");
        }
        let terminal = folder.utlegg(&format!("report {name} --format terminal")).run();
        assert_eq!(terminal.exits_with(0).stdout, run.stdout, "{name}");
    }
    for file in ["summary.json", "junit.xml", "summary.md"] {
        fs::remove_file(folder.path("reports/latest").join(file)).unwrap();
    }
    folder
        .utlegg("report")
        .run()
        .exits_with(0)
        .says(&["rendered again", &id]);
    let again = ["summary.json", "junit.xml", "summary.md"]
        .map(|file| folder.text(&format!("reports/latest/{file}")));
    assert_eq!(again, own);
}

#[test]
fn runs_that_are_not_there() {
    let folder = Folder::new();
    let none = folder.utlegg("report").run().exits_with(3);
    none.complains(&["there is no run `latest`", "reports, which holds none"]);
    folder.utlegg("run unknown-url").run().exits_with(0);
    let id = folder.summary()["run"]["run_id"].as_str().unwrap().to_owned();
    let unknown = folder.utlegg("report yesterday").run().exits_with(3);
    unknown.complains(&["there is no run `yesterday`", &format!("the newest there: {id}")]);
}

#[test]
fn broken_journals() {
    let folder = Folder::new().file("fails.yaml", FAILS);
    folder.utlegg("run fails.yaml").run().exits_with(1);
    let journal = folder.text("reports/latest/run.jsonl");
    let lines: Vec<&str> = journal.split_inclusive('\n').collect();
    let damaged = lines[0].to_owned() + "{\"event\":\n" + &lines[1..].concat();
    let newer = journal.replacen("\"schema_version\":1", "\"schema_version\":99", 1);
    let cases = [
        ("empty.jsonl", String::new(), "is empty"),
        ("text.jsonl", "hello\n".to_owned(), "is not a journal of a run"),
        ("damaged.jsonl", damaged, "damaged.jsonl:2:"),
        ("newer.jsonl", newer, "schema_version 99"),
    ];
    for (name, content, words) in cases {
        fs::write(folder.path(name), content).unwrap();
        for format in ["json", "terminal"] {
            let output = folder.utlegg(&format!("report {name} --format {format}")).run();
            output.exits_with(3).complains(&[words]);
        }
    }
    // The last line may be half written, as a kill leaves it.
    let half = &journal[..journal.len() - 20];
    fs::write(folder.path("half.jsonl"), half).unwrap();
    let output = folder
        .utlegg("report half.jsonl --format json")
        .run()
        .exits_with(0);
    let summary: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(summary["completion"], "cut-off");
    assert_eq!(summary["counts"]["failed"], 1);
}
