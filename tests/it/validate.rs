//! `utlegg validate`: what it says of requests offline, in each of its formats.

use serde_json::{Value, json};

use crate::command::{Folder, Output};
use crate::contract::requests::simple;

/// A request built as the administration's v1 example, with generated parties.
const V1: &str = include_str!("data/v1-simple.json");

/// The day on which the bundled requests are filled in.
const RECEIVED: &str = "--received 2026-11-23";

fn pretty(body: &Value) -> String {
    serde_json::to_string_pretty(body).expect("JSON")
}

/// The v2 request with these changes (RFC 6902).
fn patched(patch: Value) -> String {
    let mut body = simple("v2");
    let patch: json_patch::Patch = serde_json::from_value(patch).expect("a patch");
    json_patch::patch(&mut body, &patch).expect("a patch that fits");
    pretty(&body)
}

fn validate(content: impl AsRef<[u8]>, arguments: &str) -> Output {
    let folder = Folder::new().file("a.json", content);
    folder
        .utlegg(&format!("validate a.json {RECEIVED} {arguments}"))
        .run()
}

fn as_json(output: &Output) -> Value {
    serde_json::from_str(&output.stdout).expect("JSON")
}

/// Code and pointer of every finding of the first file.
fn findings(output: &Output) -> Vec<(String, String)> {
    let report = as_json(output);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["files"][0]["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|finding| (text(&finding["code"]), text(&finding["pointer"])))
        .collect()
}

#[test]
fn the_bundled_requests_are_valid() {
    for model in ["v1", "v2"] {
        let body = pretty(&simple(model));
        validate(body, &format!("--model {model} --authenticated 312597772"))
            .exits_with(0)
            .says(&[&format!("a.json: valid as a new request of model {model}\n")]);
    }
}

#[test]
fn every_finding_has_its_line_and_a_caret_and_what_cannot_be_judged_is_said() {
    let body = patched(json!([
        {"op": "replace", "path": "/begjaeringsdato", "value": "23.11.2026"},
        {"op": "replace", "path": "/kravTilInnkreving/0/gjenstaaendeBeloep/beloep", "value": 10.005},
        {"op": "copy", "from": "/kravTilInnkreving/0", "path": "/kravTilInnkreving/-"},
        {"op": "add", "path": "/innsenderRefferanse", "value": "x"},
    ]));
    let output = validate(body, "").exits_with(1);
    insta::assert_snapshot!(output.stdout);
}

/// What the conditions say of the document that has the structure of the administration's own v1 example (issue 4).
#[test]
fn what_the_conditions_say_of_the_v1_document_and_why() {
    let judge = |arguments: &str| validate(V1, &format!("--format json {arguments}"));
    // By v1: no condition at all. Its Rentekrav has a due date and its fee names interest, but the conditions on both
    // (KRAV_OPPGIS_UTEN_FORFALLSDATO, those on renteopplysninger) came with v2. The ground has a 4-18 notice *and* a
    // reason for none: one suffices. The creditor's own address type is that of a person: nothing judges that. The field
    // berOmInnkallingTilMoete is not in the contract of v1: a note, never a violation.
    let output = judge("--model v1").exits_with(0);
    let unknown = ("unknown-field".to_owned(), "/berOmInnkallingTilMoete".to_owned());
    assert_eq!(findings(&output), std::slice::from_ref(&unknown));
    // Logged in as the creditor instead of the debt-collection agency that sends it in.
    let output = judge("--model v1 --authenticated 311758489").exits_with(1);
    let other = (
        "INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING".to_owned(),
        "/innsender".to_owned(),
    );
    assert_eq!(findings(&output), [other, unknown]);
    // By v2: its claims lack innsendersKravreferanse, which v1 calls kravreferanse, and the Rentekrav's due date is one
    // too many. The conditions read references under both names, so they find no more.
    let output = judge("--model v2").exits_with(1);
    let report = as_json(&output);
    assert_eq!(report["files"][0]["fits_better"], "v1");
    let conditions: Vec<(String, String)> = findings(&output)
        .into_iter()
        .filter(|(code, _)| code != "KB-006" && code != "unknown-field")
        .collect();
    let due = (
        "KRAV_OPPGIS_UTEN_FORFALLSDATO",
        "/kravTilInnkreving/1/kravforfall",
    );
    assert_eq!(conditions, [(due.0.to_owned(), due.1.to_owned())]);
}

#[test]
fn a_request_of_another_model_is_told_which() {
    validate(V1, "")
        .exits_with(1)
        .says(&["it fits model v1 better: try --model v1"]);
}

#[test]
fn what_is_not_json_is_no_violation_but_unreadable() {
    let output = validate("{\n  \"a\": 1,\n}\n", "").exits_with(3);
    insta::assert_snapshot!(output.stdout, @r#"
    error: not valid JSON: a comma must not stand before `}`
     --> a.json:2:9
      |
    1 | {
    2 |   "a": 1,
      |         ^
    3 | }
      |
      = help: remove the comma

    a.json: could not be read as JSON
    "#);
    for broken in [&b""[..], b"\xff{}", b"\xef\xbb\xbf{}", b"a: 1\n"] {
        validate(broken, "")
            .exits_with(3)
            .says(&["error: ", "a.json: could not be read"]);
        validate(broken, "--format sarif").exits_with(3);
    }
    let folder = Folder::new();
    folder
        .utlegg("validate missing.json")
        .run()
        .exits_with(3)
        .says(&["cannot read missing.json"]);
}

#[test]
fn what_is_typed_wrong_is_a_usage_error() {
    let folder = Folder::new().file("a.json", "{}").file("empty/readme", "");
    for (arguments, words) in [
        ("", "required"),
        ("a.json --model v3", "there is no model `v3`, only v1, v2"),
        ("a.json --authenticated 123456789", "--authenticated 123456789"),
        ("a.json --phase new --previous a.json", "replaces none"),
        ("- -", "once only"),
        ("empty", "holds no .json file"),
    ] {
        let output = folder.utlegg(&format!("validate {arguments}")).run();
        output.exits_with(2).complains(&[words]);
    }
}

#[test]
fn folders_and_standard_input_are_read() {
    let body = pretty(&simple("v2"));
    let folder = Folder::new()
        .file("all/b/two.json", "{}")
        .file("all/a.json", &body)
        .file("all/note.txt", "x");
    let output = folder
        .utlegg(&format!("validate all --format json {RECEIVED}"))
        .run();
    let report = as_json(&output.exits_with(1));
    let files: Vec<_> = report["files"]
        .as_array()
        .expect("files")
        .iter()
        .map(|file| &file["file"])
        .collect();
    assert_eq!(files, ["all/a.json", "all/b/two.json"]);
    folder
        .shell(&format!("utlegg validate - {RECEIVED} < all/a.json"))
        .run()
        .exits_with(0)
        .says(&["<stdin>: valid"]);
}

#[test]
fn a_change_is_held_against_what_it_replaces() {
    let before = pretty(&simple("v2"));
    let after = patched(json!([{"op": "replace", "path": "/underskrift", "value": "En Annen"}]));
    let folder = Folder::new()
        .file("before.json", before)
        .file("after.json", after);
    let run = |arguments: &str| {
        folder
            .utlegg(&format!("validate after.json {RECEIVED} {arguments}"))
            .run()
    };
    run("--previous before.json")
        .exits_with(1)
        .says(&[
            "ULOVLIG_ENDRING_UNDERSKRIFT",
            "not valid as a change",
            "UAVKLART_STATUS, UGYLDIG_STATUS",
        ])
        .never_says("give --previous");
    run("--phase change")
        .exits_with(0)
        .says(&["give --previous FILE", "ULOVLIG_ENDRING_UNDERSKRIFT"]);
    run("").exits_with(0).never_says("ULOVLIG_ENDRING_UNDERSKRIFT");
}

#[test]
fn a_key_given_twice_is_a_warning_at_the_one_that_counts() {
    let body = pretty(&simple("v2")).replacen('{', "{\"underskrift\": \"A\",", 1);
    validate(body, "").exits_with(0).says(&[
        "warning: the key \"underskrift\" is given twice in one object",
        "first here",
        "1 key given twice",
    ]);
}

#[test]
fn numbers_are_judged_as_they_are_written() {
    let amount = |written: &str| {
        let body = patched(json!([
            {"op": "replace", "path": "/kravTilInnkreving/0/gjenstaaendeBeloep/beloep", "value": 1234.0},
        ]));
        let output = validate(body.replace("1234.0", written), "--format json");
        findings(&output)
            .into_iter()
            .map(|(code, _)| code)
            .collect::<Vec<_>>()
    };
    for plain in ["1.10", "0.3", "1e2", "99999999999999999999"] {
        assert_eq!(amount(plain), Vec::<String>::new(), "{plain}");
    }
    for wrong in ["1.001", "-1", "1e-3"] {
        assert!(amount(wrong).contains(&"UGYLDIG_BELOEP".to_owned()), "{wrong}");
    }
}

#[test]
fn ten_thousand_claims_are_judged_each() {
    let mut body = simple("v2");
    let claims = body["kravTilInnkreving"].as_array_mut().expect("claims");
    let mut claim = claims[0].clone();
    claim["gjenstaaendeBeloep"]["beloep"] = json!(0.001);
    for i in 0..10_000 {
        claim["innsendersKravreferanse"] = json!(format!("many-{i}"));
        claims.push(claim.clone());
    }
    let output = validate(pretty(&body), "--format json").exits_with(1);
    let found = findings(&output);
    let of = |code: &str| found.iter().filter(|(found, _)| found == code).count();
    assert_eq!((of("UGYLDIG_BELOEP"), of("KRAV_IKKE_BENYTTET")), (10_000, 10_000));
}

#[test]
fn findings_as_sarif_have_rules_with_help_and_regions() {
    let body = patched(json!([
        {"op": "remove", "path": "/underskrift"},
        {"op": "replace", "path": "/betalingsinformasjon/norskKonto/kidnummer", "value": "1"},
        {"op": "add", "path": "/ny", "value": 1},
    ]));
    let folder = Folder::new().file("a b.json", body);
    let call = folder
        .utlegg(&format!("validate {RECEIVED} --format sarif"))
        .argument("a b.json");
    let log = as_json(&call.run().exits_with(1));
    let problems: Vec<String> = sarif().iter_errors(&log).map(|error| error.to_string()).collect();
    assert_eq!(problems, Vec::<String>::new());
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    let ids: Vec<_> = results.iter().map(|result| &result["ruleId"]).collect();
    assert_eq!(ids, ["KB-006", "UGYLDIG_KID", "unknown-field"]);
    let location = &results[1]["locations"][0];
    assert_eq!(
        location["physicalLocation"]["artifactLocation"]["uri"],
        "a%20b.json"
    );
    assert_eq!(
        location["logicalLocations"][0]["fullyQualifiedName"],
        "/betalingsinformasjon"
    );
}

/// What SARIF 2.1.0 demands of the parts that are written here: required properties, their types and enumerations.
fn sarif() -> jsonschema::Validator {
    let text = json!({"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}});
    let level = json!({"enum": ["none", "note", "warning", "error"]});
    let at = json!({"type": "integer", "minimum": 1});
    let rule = json!({
        "type": "object", "required": ["id", "help"],
        "properties": {"id": {"type": "string"}, "shortDescription": text, "fullDescription": text, "help": text,
            "defaultConfiguration": {"type": "object", "properties": {"level": level}}},
    });
    let region = json!({
        "type": "object", "required": ["startLine", "startColumn", "endLine", "endColumn"],
        "additionalProperties": false,
        "properties": {"startLine": at, "startColumn": at, "endLine": at, "endColumn": at},
    });
    let location = json!({"type": "object", "required": ["physicalLocation"], "properties": {
        "physicalLocation": {"type": "object", "required": ["artifactLocation", "region"], "properties": {
            "artifactLocation": {"type": "object", "properties": {"uri": {"type": "string", "format": "uri-reference"}}},
            "region": region}}}});
    let result = json!({
        "type": "object", "required": ["message", "ruleId", "locations"],
        "properties": {"message": text, "level": level, "ruleIndex": {"type": "integer", "minimum": 0},
            "locations": {"type": "array", "items": location}},
    });
    let invocation = json!({"type": "object", "required": ["executionSuccessful"], "properties": {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": {"type": "array", "items": {"type": "object", "required": ["message"],
            "properties": {"message": text, "level": level}}}}});
    let run = json!({"type": "object", "required": ["tool"], "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"type": "object",
            "required": ["name"], "properties": {"rules": {"type": "array", "items": rule}}}}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "invocations": {"type": "array", "items": invocation},
        "results": {"type": "array", "items": result}}});
    let schema = json!({"type": "object", "required": ["version", "runs"], "properties": {
        "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": run}}});
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema")
}

/// The contract says what a condition needs beyond the request; the conditions themselves are asked whether that is so.
#[test]
fn what_the_contract_says_a_condition_needs_is_what_it_asks_for() {
    use std::cell::Cell;
    use utlegg::begjaering::{
        Attachment, AttachmentState, Attachments, CaseBefore, PartyKind, PartyRegister, RegisteredParty,
        Ruleset, Submissions, Surroundings, check,
    };
    use utlegg::contract::{CodeKind, Contract, Knowledge};

    #[derive(Default)]
    struct Asked {
        register: Cell<bool>,
        attachments: Cell<bool>,
        submissions: Cell<bool>,
    }
    impl PartyRegister for Asked {
        fn party(&self, _: &str) -> Option<RegisteredParty> {
            self.register.set(true);
            Some(RegisteredParty {
                kind: PartyKind::MainUnit,
                rules: Ruleset::New,
            })
        }
    }
    impl Attachments for Asked {
        fn attachment(&self, _: &str) -> Option<Attachment> {
            self.attachments.set(true);
            Some(Attachment {
                state: AttachmentState::Ready,
                kind: None,
                innsender_referanse: None,
            })
        }
    }
    impl Submissions for Asked {
        fn is_submitted(&self, _: &str, _: &str, _: &str) -> bool {
            self.submissions.set(true);
            false
        }
    }

    let mut body = simple("v2");
    // So that every place of an attachment is there.
    let attachment = |kind: &str| json!({"type": kind, "filnavn": "a.pdf", "uuid": "6f1f7c0e-5b0a-4f55-9f0e-2d7d9a3b4c11"});
    body["kravTilInnkreving"][0]["transporterklaering"] =
        json!([{"dato": "2026-01-01", "transporterklaering": attachment("transporterklæring")}]);
    body["saksoekt"][0]["prosessfullmektig"] = json!({"fullmakt": {"fullmakt": attachment("fullmakt")}});
    body["innsender"]["prosessfullmektig"] = json!({"fullmakt": {"fullmakt": attachment("fullmakt")}});
    let contract = Contract::builtin("v2").expect("a contract");
    for entry in contract
        .codes()
        .iter()
        .filter(|entry| entry.kind == CodeKind::Condition)
    {
        let condition = utlegg::begjaering::condition(&entry.code).expect("a condition");
        let run = |asked: Option<&Asked>, authenticated, unprocessed, changes_allowed, request: &Value| {
            let mut around = Surroundings::unknown("2026-11-23".parse().expect("a day"));
            if let Some(asked) = asked {
                around.register = Some(asked);
                around.attachments = Some(asked);
                around.submissions = Some(asked);
            }
            around.authenticated = authenticated;
            around.case = Some(CaseBefore {
                request,
                reference: "r",
                state: "s",
                unprocessed,
                changes_allowed,
            });
            let last = condition.phases[condition.phases.len() - 1];
            check(&[entry.code.as_str()], last, &body, &around).len()
        };
        let asked = Asked::default();
        let clean = run(Some(&asked), None, false, true, &body);
        let other = json!({"underskrift": "x", "begjaeringsdato": "1999-01-01",
            "saksoeker": [], "saksoekt": [], "innsender": {"innsender": {"virksomhet": {"navn": "x"}}}});
        let mut needs = Vec::new();
        let mut need = |knowledge, is_needed: bool| needs.extend(is_needed.then_some(knowledge));
        need(
            Knowledge::Token,
            run(None, Some("311758489"), false, true, &body) != clean,
        );
        let by_previous = run(None, None, false, true, &other) != clean;
        need(
            Knowledge::PreviousRequest,
            by_previous || entry.code == "ULOVLIG_ENDRING_SAKSOEKT",
        );
        let state =
            run(None, None, true, true, &body) != clean || run(None, None, false, false, &body) != clean;
        need(Knowledge::CaseState, state);
        need(Knowledge::Submissions, asked.submissions.get());
        need(Knowledge::Attachments, asked.attachments.get());
        need(Knowledge::PartyRegister, asked.register.get());
        let mut listed = [entry.needs.clone(), entry.partly_needs.clone()].concat();
        listed.sort_unstable();
        assert_eq!(listed, needs, "{}", entry.code);
    }
}

#[test]
fn identifiers_are_masked_in_what_goes_to_other_tools() {
    // Without a name the condition's message names the party by its identifier.
    let name = "/saksoekt/0/saksoekt/person/personnavn";
    let body = patched(json!([{"op": "remove", "path": name}]));
    validate(&body, "")
        .exits_with(1)
        .says(&["Opplysningene om saksøkt 30906197746"]);
    for format in ["json", "sarif"] {
        let output = validate(&body, &format!("--format {format}")).exits_with(1);
        assert!(!output.stdout.contains("30906197746"), "{}", output.stdout);
    }
}
