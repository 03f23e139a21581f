//! `--contract`: several documents, documents of others, and documents that are none.

use std::io::Write;

use serde_json::Value;

use super::raw_server::{RawServer, json};
use crate::command::Folder;

const STATUS: &str = "scenario: status
title: A fixed reference
models: [v2]
steps:
  - call: case-status
    with: { eksternSaksreferanse: TEST_SAK_BESLUTTET }
    expect: { status: success, body: { \"$.saksstatus\": sakBesluttet } }
";

/// What is no OpenAPI document, and what is said of it.
#[test]
fn documents_that_are_no_contract() {
    let cases = [
        ("text.yaml", "just text", "it has no `openapi` version"),
        (
            "page.html",
            "<!doctype html><html></html>",
            "is HTML or XML, not an OpenAPI document",
        ),
        ("array.json", "[1, 2]", "it has no `openapi` version"),
        (
            "nopaths.yaml",
            "openapi: 3.0.3\ninfo: { title: x, version: '1' }\n",
            "has no `paths`",
        ),
        (
            "swagger.yaml",
            "swagger: '2.0'\npaths: {}\n",
            "is Swagger 2, which is not read",
        ),
        ("broken.yaml", "openapi: [3", "not valid YAML"),
    ];
    for (name, content, words) in cases {
        let folder = Folder::new().file(name, content);
        for command in ["lint", "run unknown-url", "mock"] {
            let output = folder.utlegg(&format!("{command} --contract {name}")).run();
            output
                .exits_with(3)
                .complains(&[words, &format!("--> {name}:1:")]);
        }
    }
    let missing = Folder::new().utlegg("run --contract nowhere.yaml").run();
    missing.exits_with(3).complains(&["cannot read nowhere.yaml"]);
}

#[test]
fn an_operation_that_the_contract_lacks_has_its_place_in_both_files() {
    let folder = Folder::new().file("status.yaml", STATUS).file(
        "small.yaml",
        "openapi: 3.0.3
info: { title: Small, version: '1' }
x-utlegg-model: v2
paths:
  /:
    post:
      operationId: sendInn
      x-utlegg-operation: submit
      responses: { '200': { description: ok } }
",
    );
    for command in ["lint status.yaml", "run status.yaml"] {
        let output = folder
            .utlegg(&format!("{command} --contract small.yaml"))
            .run()
            .exits_with(3);
        let said = output.stdout + &output.stderr;
        for part in [
            "`case-status` is no operation in the contract of model",
            "--> status.yaml:5:11",
            "small.yaml:1:1",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}

/// The built-in contract as the four documents that the administration publishes.
fn four_documents() -> Vec<(String, String)> {
    let text = include_str!("../../../contracts/v2.yaml");
    let whole: Value = serde_yaml::from_str(text).unwrap();
    let operations = |item: &Value| item.as_object().cloned().unwrap_or_default();
    let apis: std::collections::BTreeSet<String> = operations(&whole["paths"])
        .values()
        .flat_map(operations)
        .filter_map(|(_, operation)| operation["x-utlegg-api"].as_str().map(str::to_owned))
        .collect();
    apis.into_iter()
        .map(|api| {
            let mut document = whole.clone();
            let paths = document["paths"].as_object_mut().unwrap();
            for item in paths.values_mut() {
                let item = item.as_object_mut().unwrap();
                item.retain(|_, operation| {
                    operation
                        .get("x-utlegg-api")
                        .is_none_or(|of| of.as_str() == Some(&api))
                });
            }
            let calls = |item: &Value| {
                operations(item)
                    .values()
                    .any(|it| it.get("x-utlegg-api").is_some())
            };
            paths.retain(|_, item| calls(item));
            (
                format!("{api}.json"),
                serde_json::to_string_pretty(&document).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_four_published_documents_serve_as_one() {
    let documents = four_documents();
    assert_eq!(documents.len(), 4);
    let mut folder = Folder::new().file("status.yaml", STATUS);
    let mut flags = String::new();
    for (name, text) in documents {
        flags.push_str(&format!(" --contract {name}"));
        folder = folder.file(&name, text);
    }
    folder
        .utlegg(&format!("lint status.yaml{flags}"))
        .run()
        .exits_with(0);
    let run = folder.utlegg(&format!("run status.yaml{flags}")).run();
    run.exits_with(0).says(&["1 passed"]);
    let contracts = folder.summary()["run"]["environment"]["contracts"].clone();
    assert_eq!(contracts.as_array().map(Vec::len), Some(4), "{contracts}");
}

#[test]
fn a_document_without_our_extensions_needs_only_a_map_of_names() {
    let server = RawServer::start(|_, stream| write!(stream, "{}", json(200, "{\"status\":\"decided\"}")));
    let settings =
        server.settings() + "    contract: [theirs.yaml]\n    operations: { getStatus: case-status }\n";
    let folder = Folder::new()
        .file("utlegg.yaml", settings)
        .file(
            "theirs.yaml",
            "openapi: 3.0.1
info: { title: Theirs, version: '1' }
paths:
  /cases/{id}/status:
    get:
      operationId: getStatus
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [status], properties: { status: { type: string } } }
",
        )
        .file(
            "s.yaml",
            "scenario: s\ntitle: T\nas: none\nsteps:\n  - call: case-status\n    with: { id: abc }\n    \
             expect: { status: success, body: { \"$.status\": decided } }\n",
        );
    let run = folder.utlegg("run s.yaml --env live").run();
    run.exits_with(0).says(&["1 passed"]);
    assert_eq!(server.arrived()[0].path, "/cases/abc/status");
}
