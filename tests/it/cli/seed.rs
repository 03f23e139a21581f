//! A seed repeats a run's data, and the printed command repeats one test of it.

use std::collections::BTreeMap;

use regex::Regex;
use serde_json::Value;

use crate::command::Folder;

/// The bodies that were sent, by test and step; identifiers that the server gave out (attachments) left out.
fn bodies(folder: &Folder) -> BTreeMap<String, String> {
    let given_out = Regex::new("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").unwrap();
    let steps = folder.events("step-finished");
    let body = |step: &Value| {
        let body = step["exchange"]["request"]["body"].as_str().unwrap_or_default();
        given_out.replace_all(body, "[uuid]").into_owned()
    };
    steps
        .iter()
        .map(|step| (format!("{} {}", step["test"], step["index"]), body(step)))
        .collect()
}

/// Many tests that want parties of whom there are few, so that those who run at once draw the same ones.
fn crowd() -> Folder {
    let cases = (0..60)
        .map(|n| format!("  - id: case-{n}"))
        .collect::<Vec<_>>()
        .join("\n");
    let scenario = format!(
        "scenario: crowd\ntitle: Draws from a small pool\nmodels: [v2]\nas: none\ngiven:\n  \
         first: {{ organisation: {{ rules: old }} }}\n  second: {{ organisation: {{ rules: old }} }}\n\
         cases:\n{cases}\nsteps:\n  \
         - raw: {{ method: POST, path: /nowhere, body: \"${{first.name}}, ${{second.name}}, ${{reference}}\" }}\n    \
         expect: {{ status: 404 }}\n"
    );
    Folder::new().file("crowd.yaml", scenario)
}

#[test]
fn a_seed_repeats_references_and_parties() {
    let folder = crowd();
    let [first, again, other] = ["7 --jobs 1", "7 --jobs 16", "8"].map(|seed| {
        folder
            .utlegg(&format!("run crowd.yaml --seed {seed}"))
            .run()
            .exits_with(0);
        bodies(&folder)
    });
    assert_eq!((first.len(), again.len()), (60, 60));
    for (step, body) in &first {
        assert_eq!(Some(body), again.get(step), "{step}");
        assert_ne!(Some(body), other.get(step), "{step}");
        let [one, two, _] = body.split(", ").collect::<Vec<_>>()[..] else {
            panic!("{body}");
        };
        assert_ne!(one, two, "two parties of one test");
    }
}

#[test]
fn a_seed_repeats_the_whole_request() {
    let folder = Folder::new();
    let [first, again] = [1, 16].map(|jobs| {
        let run = folder.utlegg(&format!("run --ci submit-poll-correct --seed 7 --jobs {jobs}"));
        run.run().exits_with(0);
        bodies(&folder)
    });
    assert!(first.values().any(|body| body.contains("innsenderReferanse")));
    assert_eq!(first, again);
}

#[test]
fn the_command_to_run_it_again_does_so_with_the_same_data() {
    let folder = Folder::new().file(
        "my scenarios/it's wrong.yaml",
        "scenario: wrong
title: Expects what does not happen
models: [v2]
given: { request: { from: requests/v2/simple.yaml } }
cases:
  - id: first
    status: 200
  - id: second
    status: 418
steps:
  - call: submit
    body: \"${request}\"
    expect: { status: \"${case.status}\" }
---
scenario: bystander
title: Is not meant
models: [v2]
as: none
steps:
  - raw: { method: GET, path: /nowhere }
    expect: { status: 404 }
",
    );
    let run = folder
        .utlegg("run")
        .argument("my scenarios")
        .argument("--reports")
        .argument("my reports");
    let output = run.run().exits_with(1);
    let command = output
        .stdout
        .lines()
        .find_map(|line| line.trim().strip_prefix("run it again"))
        .map(|command| command.trim().to_owned())
        .unwrap();
    assert!(command.contains("wrong/second"), "{command}");
    assert!(
        command.contains(r"'my scenarios/it'\''s wrong.yaml'"),
        "{command}"
    );
    let sent = |folder: &Folder| {
        let text = folder.text("my reports/latest/run.jsonl");
        let events = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut submissions =
            events.filter(|event| event["step"] == "submit" && event["test"]["case"] == "second");
        let reference = Regex::new("UT-[0-9a-z]+").unwrap();
        let body = submissions.next().unwrap()["exchange"]["request"]["body"].to_string();
        reference.find(&body).unwrap().as_str().to_owned()
    };
    let before = sent(&folder);
    let again = folder.shell(&command).run().exits_with(1);
    again.says(&["1 test ", "wrong/second"]);
    assert_eq!(sent(&folder), before);
}
