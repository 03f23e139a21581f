//! Documents without our extensions, as the administration publishes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;
use utlegg::contract::Contract;
use utlegg::source::SourceFile;

const REQUEST: &str = r"
openapi: 3.0.1
info: {title: Request, version: 2.1.0}
servers: [{url: 'https://utleggsbegjaering.api.skatteetaten-test.no/v2'}]
paths:
  /sak:
    post:
      operationId: opprettBegjaering
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Sak'}
      responses:
        '200': {description: d, content: {'*/*': {schema: {type: object, properties: {eksternSaksreferanse: {type: string}}}}}}
        4XX: {description: d}
  /sak/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      operationId: hentMelding
      responses:
        default: {description: d, content: {application/json: {schema: {$ref: '#/paths/~1sak~1%7Bid%7D/get/x-svar'}}}}
      x-svar: {type: object, required: [tekst]}
components:
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: integer}}
  schemas:
    Sak:
      type: object
      required: [beloep]
      properties:
        beloep: {type: number, minimum: 0, exclusiveMinimum: true}
        merknad: {type: string, nullable: true}
";

const STATUS: &str = r#"{
  "openapi": "3.1.0", "info": {"title": "Status", "version": "1.0.0"},
  "paths": {"/status/{eksternSaksreferanse}": {"get": {
    "parameters": [{"name": "eksternSaksreferanse", "in": "path", "required": true, "schema": {"type": "string"}}],
    "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {"type": ["object", "null"]}}}}}
  }}}
}"#;

fn files() -> Vec<Arc<SourceFile>> {
    vec![
        SourceFile::new("request.yaml", REQUEST),
        SourceFile::new("status.json", STATUS),
    ]
}

fn loaded(names: &[(&str, &str)]) -> Contract {
    let names = names
        .iter()
        .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()))
        .collect();
    Contract::load(&files(), &names).expect("a contract")
}

#[test]
fn names_come_from_the_operation_id_the_path_or_the_users_map() {
    let contract = loaded(&[("hentMelding", "messages")]);
    let names: Vec<_> = contract
        .operations()
        .map(|operation| (operation.name(), operation.api()))
        .collect();
    assert_eq!(
        names,
        [
            ("submit", "request"),
            ("messages", "request"),
            ("case-status", "status")
        ]
    );
    let renamed = loaded(&[("GET /sak/{id}", "messages")]);
    assert!(renamed.operation("messages").is_some());
    assert!(
        loaded(&[]).operation("hentMelding").is_some(),
        "what nobody names keeps its operationId"
    );
}

#[test]
fn model_and_codes_are_found_where_the_documents_are_silent() {
    let contract = loaded(&[]);
    assert_eq!(contract.model(), "v2");
    assert_eq!(contract.files().len(), 2);
    assert!(contract.code("MANGLER_KRAV").is_some());
}

#[test]
fn the_map_must_fit_the_documents() {
    let load = |key: &str, name: &str| {
        let names = BTreeMap::from([(key.to_owned(), name.to_owned())]);
        Contract::load(&files(), &names)
            .expect_err("a map that does not fit")
            .0
            .remove(0)
    };
    let unknown = load("hentMeldinger", "messages");
    assert_eq!(
        unknown.message,
        "the operation map names `hentMeldinger`, which the contract does not declare"
    );
    assert_eq!(unknown.help.as_deref(), Some("did you mean `hentMelding`?"));
    assert_eq!(
        load("hentMelding", "mesages").help.as_deref(),
        Some("did you mean `messages`?")
    );
}

#[test]
fn schemas_of_3_0_are_understood_as_such() {
    let contract = loaded(&[]);
    let submit = contract.operation("submit").expect("submit");
    let count = |body| submit.check_request("application/json", &body).len();
    assert_eq!(count(json!({"beloep": 1, "merknad": null})), 0);
    assert_eq!(count(json!({"beloep": 0})), 1);
    assert_eq!(count(json!(null)), 0, "the body is not required");
}

#[test]
fn classes_of_statuses_defaults_and_wildcards_count_as_declared() {
    let contract = loaded(&[]);
    let submit = contract.operation("submit").expect("submit");
    assert!(
        submit
            .check_response(
                200,
                Some("application/vnd.x+json"),
                &json!({"eksternSaksreferanse": "1"})
            )
            .conforms()
    );
    assert_eq!(
        submit
            .check_response(200, Some("application/json"), &json!({"eksternSaksreferanse": 1}))
            .violations
            .len(),
        1
    );
    assert!(submit.check_response(418, None, &json!(null)).conforms());
    assert!(submit.check_response(500, None, &json!(null)).undeclared_status);
    assert_eq!(submit.success_statuses().collect::<Vec<_>>(), [200]);
    let other = contract.operation("hentMelding").expect("hentMelding");
    assert!(!other.check_response(599, None, &json!(null)).undeclared_status);
    assert_eq!(
        other
            .check_response(200, Some("application/json"), &json!({}))
            .violations
            .len(),
        1
    );
}
