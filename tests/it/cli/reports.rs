//! `utlegg report`: the same bytes again, from the journal alone.

use std::fs;

use utlegg::report::load::{LoadFormat, write_all};

use crate::command::Folder;
use crate::report::load::sample;

const FAILS: &str = "scenario: fails\ntitle: Expects the wrong status\nmodels: [v2]\nas: none\nsteps:\n  \
    - raw: { method: GET, path: /nowhere }\n    expect: { status: 200, code: KB-003 }\n";

/// What a functional run writes besides its journal.
const FILES: [&str; 4] = ["summary.json", "report.html", "junit.xml", "summary.md"];

#[test]
fn a_stored_run_renders_to_the_same_bytes() {
    let folder = Folder::new().file("fails.yaml", FAILS);
    let run = folder.utlegg("run fails.yaml").run().exits_with(1);
    let own = FILES.map(|file| folder.text(&format!("reports/latest/{file}")));
    let id = folder.summary()["run"]["run_id"].as_str().unwrap().to_owned();
    let names = [
        "latest",
        &id,
        &format!("reports/{id}"),
        &format!("reports/{id}/run.jsonl"),
    ]
    .map(str::to_owned);
    for name in names {
        for (format, own) in ["json", "html", "junit", "markdown"].iter().zip(&own) {
            let again = folder.utlegg(&format!("report {name} --format {format}")).run();
            assert_eq!(again.exits_with(0).stdout, *own, "{format} of {name}");
        }
        let terminal = folder.utlegg(&format!("report {name} --format terminal")).run();
        assert_eq!(terminal.exits_with(0).stdout, run.stdout, "{name}");
    }
    for file in FILES {
        fs::remove_file(folder.path("reports/latest").join(file)).unwrap();
    }
    folder
        .utlegg("report")
        .run()
        .exits_with(0)
        .says(&["rendered again", &id]);
    let again = FILES.map(|file| folder.text(&format!("reports/latest/{file}")));
    assert_eq!(again, own);
}

/// A folder with the files of a load run.
fn with_load_run() -> (Folder, String) {
    let folder = Folder::new();
    let result = sample::missed();
    let run = folder.path("reports").join(&result.run.run_id);
    fs::create_dir_all(&run).unwrap();
    write_all(&result, &run).unwrap();
    (folder, result.run.run_id)
}

#[test]
fn a_stored_load_run_renders_to_the_same_bytes() {
    let (folder, id) = with_load_run();
    let files = LoadFormat::ALL.map(LoadFormat::file_name);
    let own = files.map(|file| folder.text(&format!("reports/{id}/{file}")));
    // A load run keeps a journal of sampled failures too; that does not make it a functional run.
    fs::write(folder.path(&format!("reports/{id}/run.jsonl")), "").unwrap();
    for name in [
        id.clone(),
        format!("reports/{id}"),
        format!("reports/{id}/load.json"),
        format!("reports/{id}/run.jsonl"),
    ] {
        for (format, own) in ["json", "html", "junit", "markdown"].iter().zip(&own) {
            let again = folder.utlegg(&format!("report {name} --format {format}")).run();
            assert_eq!(again.exits_with(0).stdout, *own, "{format} of {name}");
        }
        let terminal = folder.utlegg(&format!("report {name} --format terminal")).run();
        terminal.exits_with(0).says(&[
            "A morning of the pilot",
            "✗ codes[KB-001] == 0",
            "exit      5: threshold missed",
        ]);
    }
    for file in &files[1..] {
        fs::remove_file(folder.path(&format!("reports/{id}/{file}"))).unwrap();
    }
    fs::remove_file(folder.path(&format!("reports/{id}/run.jsonl"))).unwrap();
    let rendered = folder.utlegg(&format!("report {id}")).run().exits_with(0);
    rendered.says(&["rendered again", "report.html", "load.md"]);
    assert_eq!(
        files.map(|file| folder.text(&format!("reports/{id}/{file}"))),
        own
    );
}

#[test]
fn a_damaged_load_json_is_refused_with_its_place() {
    let (folder, id) = with_load_run();
    let path = format!("reports/{id}/load.json");
    let text = folder.text(&path);
    fs::write(folder.path(&path), &text[..text.len() / 2]).unwrap();
    let output = folder.utlegg(&format!("report {id} --format html")).run();
    output
        .exits_with(3)
        .complains(&["load.json:", "is not the result of a load run"]);
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
