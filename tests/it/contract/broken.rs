//! Contracts that cannot be used, each with a diagnostic that says where and what to do.

use std::collections::BTreeMap;

use utlegg::contract::Contract;
use utlegg::source::{Diagnostic, SourceFile};

/// The diagnostics of a contract of one file, which must have some.
fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let file = SourceFile::new("kontrakt.yaml", text);
    Contract::load(&[file], &BTreeMap::new())
        .expect_err("a broken contract")
        .0
}

/// Its only diagnostic as `line:column: message`.
fn only(text: &str) -> String {
    let found = diagnostics(text);
    assert_eq!(found.len(), 1, "{found:?}");
    let place = found[0].place.as_ref().expect("a place").position();
    assert_eq!(place.file, "kontrakt.yaml");
    format!("{}:{}: {}", place.line, place.column, found[0].message)
}

fn with_operation(operation: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: t, version: 2.0.0}}\npaths:\n  /a:\n    get:\n{operation}")
}

#[test]
fn what_is_no_openapi_document_is_refused() {
    let cases = [
        ("", "1:1: the contract is empty"),
        (
            "<!DOCTYPE html><html></html>",
            "1:1: the contract is HTML or XML, not an OpenAPI document",
        ),
        (
            "\u{feff}  <feil/>",
            "1:1: the contract is HTML or XML, not an OpenAPI document",
        ),
        (
            "swagger: '2.0'\npaths: {}",
            "1:10: the contract is Swagger 2, which is not read",
        ),
        (
            "openapi: 2.0.0\npaths: {}",
            "1:10: OpenAPI version `2.0.0` is not read",
        ),
        (
            "title: x",
            "1:1: the contract is not OpenAPI: it has no `openapi` version",
        ),
        (
            "just text",
            "1:1: the contract is not OpenAPI: it has no `openapi` version",
        ),
        (
            "openapi: 3.0.3",
            "1:1: the contract has no `paths`, so it describes no operation",
        ),
        (
            "openapi: 3.0.3\npaths: {}",
            "2:8: the contract declares no operation under `paths`",
        ),
        (
            "openapi: 3.0.3\npaths: []",
            "2:8: the contract declares no operation under `paths`",
        ),
        (
            "openapi: 3.1.0\npaths: {/a: {get: {responses: {}}}}\n---\nopenapi: 3.1.0",
            "3:1: ",
        ),
    ];
    for (text, expected) in cases {
        let found = diagnostics(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let place = found[0].place.as_ref().expect("a place").position();
        let said = format!("{}:{}: {}", place.line, place.column, found[0].message);
        assert!(
            said.starts_with(expected) || found[0].message.contains("one document"),
            "{text}: {said}"
        );
        assert!(
            found[0].help.is_some() || text.is_empty() || text.contains("paths: "),
            "{text}: no help"
        );
    }
}

#[test]
fn yaml_that_is_broken_nested_or_exploding_is_refused() {
    assert!(only("openapi: 3.0.3\npaths: [").contains("not valid YAML"));
    assert!(
        diagnostics(&"[".repeat(5000))[0]
            .message
            .contains("nested deeper")
    );
    let huge = format!("openapi: 3.0.3\nx: {}", "y".repeat(5 << 20));
    assert!(diagnostics(&huge)[0].message.contains("bytes; documents above"));
}

#[test]
fn references_must_lead_somewhere_within_the_document() {
    let schema = |reference: &str| {
        with_operation(&format!(
            "      responses:\n        '200':\n          description: d\n          content:\n            application/json:\n              schema: {{$ref: '{reference}'}}\ncomponents:\n  schemas:\n    Krav: {{type: object}}\n    Rundt: {{$ref: '#/components/schemas/Rundt'}}\n"
        ))
    };
    let dangling = diagnostics(&schema("#/components/schemas/Krva")).remove(0);
    assert_eq!(
        dangling.message,
        "`$ref: #/components/schemas/Krva` leads nowhere"
    );
    assert_eq!(dangling.place.expect("a place").position().line, 11);
    assert_eq!(dangling.help.as_deref(), Some("did you mean `Krav`?"));
    for outside in ["felles.yaml#/Krav", "https://example.com/krav.json"] {
        assert!(
            diagnostics(&schema(outside))[0]
                .message
                .contains("leaves the document"),
            "{outside}"
        );
    }
    let round = diagnostics(&schema("#/components/schemas/Krav"));
    assert!(
        round.len() == 1 && round[0].message.contains("round and round"),
        "{round:?}"
    );
}

#[test]
fn a_pattern_that_is_none_is_found_before_anything_runs() {
    let text = with_operation(
        "      responses:\n        '200':\n          description: d\n          content:\n            application/json:\n              schema: {type: string, pattern: '['}\n",
    );
    assert!(only(&text).starts_with("11:"), "{}", only(&text));
    assert!(only(&text).contains("cannot be used"));
}

#[test]
fn operations_need_names_and_paths_of_their_own() {
    let twice = "openapi: 3.0.3\npaths:\n  /a:\n    get: {x-utlegg-operation: submit, responses: {}}\n  /b:\n    get: {x-utlegg-operation: submit, responses: {}}\n";
    let found = diagnostics(twice).remove(0);
    assert_eq!(found.message, "operation `submit` (GET /b) is declared twice");
    assert_eq!(found.place.expect("a place").position().line, 6);
    assert_eq!(found.related.expect("the first").0.position().line, 4);

    let slip = with_operation("      x-utlegg-operation: sumbit\n      responses: {}\n");
    let found = diagnostics(&slip).remove(0);
    assert_eq!(found.message, "unknown logical operation `sumbit`");
    assert_eq!(found.help.as_deref(), Some("did you mean `submit`?"));

    let text = "openapi: 3.0.3\npaths:\n  /a/{id}:\n    get: {responses: {}}\n";
    assert_eq!(
        only(text),
        "4:10: path parameter `id` of `/a/{id}` is not declared"
    );
    let text = "openapi: 3.0.3\npaths:\n  /a/x-{id}:\n    get: {responses: {}}\n";
    assert_eq!(
        only(text),
        "4:10: `x-{id}` of `/a/x-{id}` is a parameter only in part"
    );
    assert!(only(&with_operation("      responses: {ok: {}}\n")).contains("`ok` is no HTTP status"));
}

#[test]
fn wrong_values_in_our_extensions_are_found() {
    let wrong = with_operation("      x-provenance: documentd\n      responses: {}\n");
    assert_eq!(
        diagnostics(&wrong)[0].help.as_deref(),
        Some("did you mean `documented`?")
    );
    let code = |lines: &str| {
        format!(
            "{}x-utlegg-codes:\n  - {lines}\n",
            with_operation("      responses: {}\n")
        )
    };
    let cases = [
        (
            "{kind: kb, status: 400, title: t}",
            "an entry of `x-utlegg-codes` has no text under `code`",
        ),
        ("{code: A, kind: kb, title: t}", "code `A` names no HTTP status"),
        (
            "{code: A, kind: error, status: 400, title: t}",
            "`error` is no kind of code",
        ),
        (
            "{code: A, kind: kb, status: 400, title: t, operations: [slett]}",
            "code `A` names the unknown operation `slett`",
        ),
        (
            "{code: A, kind: kb, status: 400, title: t, certainty: guess}",
            "`guess` is no certainty",
        ),
        (
            "{code: \"A\\u030a\", kind: kb, status: 400, title: t}",
            "is not in NFC, so it would compare unequal",
        ),
        (
            "{code: A, kind: kb, status: 400, title: t}\n  - {code: A, kind: kb, status: 400, title: t}",
            "code `A` is listed twice",
        ),
    ];
    for (lines, message) in cases {
        let found = diagnostics(&code(lines));
        assert!(
            found.len() == 1 && found[0].message.contains(message),
            "{lines}: {found:?}"
        );
        assert!(found[0].place.is_some(), "{lines}");
    }
}

#[test]
fn documents_of_different_models_do_not_mix() {
    let document = |model: &str, path: &str| {
        SourceFile::new(
            format!("{model}.yaml"),
            format!(
                "openapi: 3.0.3\nx-utlegg-model: {model}\npaths: {{{path}: {{get: {{responses: {{}}}}}}}}\n"
            ),
        )
    };
    let found = Contract::load(&[document("v8", "/a"), document("v9", "/b")], &BTreeMap::new())
        .expect_err("two models");
    assert_eq!(
        found.0[0].message,
        "the contract's documents are of different models"
    );
    assert!(found.0[0].related.is_some());
}

#[test]
fn the_faults_of_all_files_are_told_at_once() {
    let files = [
        SourceFile::new("a.yaml", "<html>"),
        SourceFile::new("b.yaml", "x: 1"),
    ];
    let found = Contract::load(&files, &BTreeMap::new()).expect_err("two broken files");
    let names: Vec<_> = found
        .0
        .iter()
        .filter_map(|d| Some(d.place.as_ref()?.position().file))
        .collect();
    assert_eq!(names, ["a.yaml", "b.yaml"]);
}

#[test]
fn no_file_and_no_such_model_are_told() {
    assert!(Contract::load(&[], &BTreeMap::new()).is_err());
    let found = Contract::builtin("v22").expect_err("no such model").0.remove(0);
    assert_eq!(found.message, "there is no built-in contract for model `v22`");
    assert_eq!(found.help.as_deref(), Some("did you mean `v2`?"));
}
