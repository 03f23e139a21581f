//! The language: files in, tests out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};

use utlegg::contract::Contract;
use utlegg::scenario::{
    Call, Disk, Files, Language, Loaded, PartContent, PartyKind, StatusExpectation, StepAction, Test,
    discover, json_schema,
};
use utlegg::source::{Diagnostic, Node, SourceFile, parse_documents, render_all};
use utlegg::template::{Scope, TextTemplate};

/// The three documents of the design, as they stand there.
pub const DESIGN: &str = r#"# yaml-language-server: $schema=../../schema/scenario.schema.json
scenario: submit-poll-correct
title: Submission, a request for correction, the correction, a decision
models: [v2]
tags: [flow]
obligation: must                    # must | should | may
requires: [processing]              # capabilities the environment must have; where it lacks one: not applicable, with the reason
as: systemuser                      # an identity of the profile
given:
  debtor: { person: { rules: new } }                  # leased from the pool, never shared by two scenarios at once
  request:
    from: requests/v2/simple.yaml
    set: { "$.saksoekt[0].saksoekt.person": "${debtor.person}" }
  mock:                                               # only where the environment is the mock
    after_submit: { ask_for_correction: { after: 5s } }
    after_change: { decide: { after: 1h } }
steps:
  - call: submit
    body: "${request}"
    expect: { status: success, snapshot: true }
    capture: { case: "$.eksternSaksreferanse" }
  - poll: messages
    with: { eksternSaksreferanse: "${case}" }
    until: { "$.meldinger[*].type": { contains: retting } }
    every: 2s
    within: 2m
    measure: submit-to-correction
  - call: change
    with: { eksternSaksreferanse: "${case}" }
    body: "${request}"
    patch:                                            # RFC 6902
      - { op: replace, path: /kravTilInnkreving/0/kravbeskrivelse, value: "Corrected" }
    expect: { status: success }
  - poll: case-status
    with: { eksternSaksreferanse: "${case}" }
    until: { "$.saksstatus": sakBesluttet }
    fail_if: { "$.saksstatus": { one_of: [sakNektetFremmet, sakHevet] } }
    every: 10s
    within: 1h
---
scenario: conditions-claims
title: Conditions on claims
models: [v2]
given:
  request: { from: requests/v2/simple.yaml }
cases:
  - id: duplicate-references
    patch:
      - { op: copy, from: /kravTilInnkreving/0, path: /kravTilInnkreving/- }
    expect: { conditions: [KRAV_DUPLIKATE_REFERANSER] }       # exactly these
steps:
  - call: validate-new
    body: "${request}"
    patch: "${case.patch}"
    expect: "${case.expect}"
  - call: submit
    body: "${request}"
    patch: "${case.patch}"
    expect: "${case.expect}"
---
scenario: unknown-url
title: An address the service does not have
steps:
  - raw: { method: GET, path: /finnes-ikke }                  # lint-marked: for KB-003 and malformed input only
    expect: { status: 404, code: KB-003 }
"#;

/// A request file for scenarios to start from.
pub const SIMPLE: &str = "request: simple
given:
  debtor: { person: {} }
  values: { due: \"${days(start, 14)}\", start: \"${today(-30)}\" }
body:
  innsenderReferanse: ${reference}
  frist: ${due}
  saksoekt: [{ saksoekt: { person: \"${debtor.person}\" } }]
  kravTilInnkreving: [{ kravreferanse: K1, kravbeskrivelse: \"For ${model}\" }]
";

/// Files in memory.
#[derive(Default)]
pub struct Memory(pub BTreeMap<&'static str, String>);

impl Files for Memory {
    fn read(&self, path: &Path) -> Option<Result<Arc<SourceFile>, Diagnostic>> {
        let text = self.0.get(path.to_str()?)?;
        Some(Ok(SourceFile::new(path.to_str()?, text.as_str())))
    }

    fn read_bytes(&self, path: &Path) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        Some(Ok(Arc::from(self.0.get(path.to_str()?)?.as_bytes())))
    }

    fn groups(&self) -> Vec<Arc<SourceFile>> {
        let groups = self
            .0
            .iter()
            .filter(|(name, _)| name.starts_with("scenarios/groups/"));
        groups
            .map(|(name, text)| SourceFile::new(*name, text.as_str()))
            .collect()
    }
}

/// The bundled files, as the binary has them embedded.
fn memory() -> Memory {
    let mut files = Memory::default();
    files.0.insert("requests/v2/simple.yaml", SIMPLE.to_owned());
    files.0.insert("requests/v1/simple.yaml", SIMPLE.to_owned());
    files
}

/// Loads a text as `scenarios/test.yaml` for model v2.
pub fn load(text: &str) -> Loaded {
    load_with(&[("scenarios/test.yaml", text)], &memory(), &["v2"])
}

/// The built-in contracts, read once.
static CONTRACTS: LazyLock<Vec<Arc<Contract>>> = LazyLock::new(|| {
    Contract::builtin_models()
        .iter()
        .map(|model| Contract::builtin(model).unwrap())
        .collect()
});

/// Loads several files.
pub fn load_with(files: &[(&str, &str)], memory: &Memory, models: &[&str]) -> Loaded {
    let contracts: Vec<_> = CONTRACTS
        .iter()
        .filter(|contract| models.contains(&contract.model()))
        .cloned()
        .collect();
    let sources: Vec<_> = files
        .iter()
        .map(|(name, text)| SourceFile::new(*name, *text))
        .collect();
    Language {
        contracts: &contracts,
        files: memory,
    }
    .load(&sources)
}

/// Loads a text that has nothing wrong with it.
pub fn clean(text: &str) -> Loaded {
    let loaded = load(text);
    assert!(
        loaded.diagnostics.0.is_empty(),
        "{}",
        render_all(&loaded.diagnostics, false)
    );
    loaded
}

#[test]
fn the_documents_of_the_design_load_as_they_stand() {
    let loaded = clean(DESIGN);
    let names: Vec<_> = loaded
        .tests
        .iter()
        .map(|test| {
            let steps: Vec<_> = test.steps.iter().map(|step| step.id.as_str()).collect();
            let case = test.case.as_ref().map_or("-", |case| case.value.as_str());
            format!(
                "{} {case} {} {}",
                test.scenario.id.value,
                test.model,
                steps.join(",")
            )
        })
        .collect();
    insta::assert_snapshot!(names.join("
"), @r"
    submit-poll-correct - v2 submit,messages,change,case-status
    conditions-claims duplicate-references v2 validate-new,submit
    unknown-url - v2 raw
    ");
    let flow = &loaded.tests[0];
    assert_eq!(
        flow.scenario.title,
        "Submission, a request for correction, the correction, a decision"
    );
    assert_eq!(flow.scenario.identity.as_ref().unwrap().value, "systemuser");
    assert_eq!(flow.given.parties.len(), 1);
    assert_eq!(flow.given.request.as_ref().unwrap().set.len(), 1);
    assert!(flow.given.mock.is_some());
    assert_eq!(loaded.tests[1].provokes, ["KRAV_DUPLIKATE_REFERANSER"]);
    assert_eq!(loaded.tests[1].place.to_string(), "scenarios/test.yaml:47:9");
    let StepAction::Call(call) = &loaded.tests[1].steps[0].action else {
        panic!()
    };
    assert_eq!(
        call.patch.as_ref().unwrap().place.to_string(),
        "scenarios/test.yaml:49:7"
    );
}

/// A second file with everything the first does not show; `${}` in every place that takes it.
pub const EVERYTHING: &str = r#"scenario: everything
title: All that can be said
obligation: should
as: vendor
given:
  creditor: { organisation: { rules: old, unit: main } }
  note: "for ${model}"
  numbers: [1, 2]
  values:
    address: { city: "${upper(note)}" }
  request:
    from: requests/${model}/simple.yaml
    set: { "$.a": "${creditor.name}", "$.b": { c: "${address}" } }
    patch:
      - { op: remove, path: /a }
cases:
  - { id: one, title: The first, text: æ, amount: 1.5, wait: 1s, status: [200, 400] }
  - { id: two, text: "${note}", amount: "${0.1 + 0.2}", wait: { initial: 500ms, factor: 1.5, max: 10s }, status: 4xx }
steps:
  - use: upload
    with: { filename: "${case.text}.pdf", kind: annet }
    capture: { attachment: uuid }
    as: systemuser
    measure: upload
  - use: upload
    id: again
    with: { filename: "${attachment}" }
  - call: submit
    id: first
    title: The first submission
    as: "${default(case.identity, 'expired')}"
    query: { antall: 10, flagg: true }
    headers: { Accept: application/xml, Klientid: null, X-Case: "case ${case.id} ${case.amount}" }
    body: "${request}"
    patch:
      - { op: add, path: "/vedlegg/${numbers[0]}", value: "${attachment}" }
      - { op: move, from: /a, path: /b }
    expect:
      status: "${case.status}"
      headers: { Korrelasjonsid: { exists: true, matches: "^[0-9a-f-]+$" } }
      body:
        "$.a": null
        "$.b[*]": [1, "${note}"]
        "$.c": { equals: { d: "${note}" }, not: { one_of: [1, "${note}"] }, type: object, length: { min: 1 } }
        "$.e": { absent: true }
        "$.f": { min: 1, max: 2.5, length: 3, contains: x }
      snapshot: { redact: ["$.a", "$..b"] }
      within: 1m
    capture:
      location: { header: Location }
      status: { status: true }
      reference_back: { body: "$.ref" }
  - poll: case-status
    with: { eksternSaksreferanse: "${location}${status}${reference_back}" }
    until: { "$.saksstatus": sakBesluttet }
    every: "${case.wait}"
    within: 1h
  - raw:
      method: POST
      path: "/finnes/${case.id}"
      bytes: /w==
      headers: { Content-Type: application/json }
    expect: { code: XXX-001, conditions: { contains: [MANGLER_KRAV] } }
---
group: upload
title: Uploads an attachment
parameters: { filename: required, kind: tvangsgrunnlag, content: "text of ${filename}" }
exports: [uuid]
steps:
  - call: upload-attachment
    multipart:
      fil: { text: "${content}", filename: "${filename}", type: application/pdf }
      type: "${kind}"
      innsenderReferanse: "ref ${reference} ${kind}"
    capture: { uuid: $.uuid, note: $.type }
  - poll: attachment-status
    with: { uuid: "${uuid}" }
    until: { "$.type": "${note}", "$.status": { one_of: [mottatt, klar] } }
    within: 10s
"#;

#[test]
fn everything_loads_and_unfolds() {
    let loaded = load_with(&[("scenarios/test.yaml", EVERYTHING)], &memory(), &["v1", "v2"]);
    assert!(
        loaded.diagnostics.0.is_empty(),
        "{}",
        render_all(&loaded.diagnostics, false)
    );
    let names: Vec<_> = loaded
        .tests
        .iter()
        .map(|test| {
            let steps: Vec<_> = test.steps.iter().map(|step| step.id.as_str()).collect();
            format!(
                "{} {} {}",
                test.case.as_ref().unwrap().value,
                test.model,
                steps.join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!(names.join("\n"));
    let test = &loaded.tests[3];
    insta::assert_json_snapshot!(evaluated(test));
    assert_eq!(test.scenario.provokes, ["XXX-001", "MANGLER_KRAV"]);
}

/// Fixed variables, among them those that the groups of [`EVERYTHING`] keep for themselves.
struct Variables(Value);

impl Scope for Variables {
    fn variable(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.0.get(name).map(Cow::Borrowed)
    }

    fn function(&self, _name: &str, _arguments: &[Value]) -> Option<Result<Value, String>> {
        None
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// What each step sends, given some variables.
fn evaluated(from: &Test) -> Value {
    let scope = Variables(json!({
        "model": "v2", "reference": "R1", "note": "for v2", "numbers": [1, 2], "request": {}, "attachment": "A1",
        "upload.note": "annet", "again.note": "tvangsgrunnlag", "again.uuid": "A2",
        "location": "L", "status": 200, "reference_back": "B",
    }));
    let written = |template: &TextTemplate| template.evaluate(&scope).unwrap();
    let call = |call: &Call| {
        let headers = call
            .headers
            .iter()
            .map(|(name, value)| json!([name.value, value.as_ref().map(written)]));
        let parts = call.multipart.iter().map(|part| match &part.content {
            PartContent::Text(content) => {
                json!([
                    part.name.value,
                    written(content),
                    part.filename.as_ref().map(written)
                ])
            }
            _ => Value::Null,
        });
        let patch = call.patch.iter().flat_map(|patch| &patch.value);
        json!({
            "with": call.with.iter().map(|(name, value)| json!([name.value, value.evaluate(&scope).unwrap()])).collect::<Vec<_>>(),
            "query": call.query.iter().map(|(name, value)| json!([name.value, written(value)])).collect::<Vec<_>>(),
            "headers": headers.collect::<Vec<_>>(),
            "patch": patch.map(|one| json!([one.op.value, written(&one.path.value)])).collect::<Vec<_>>(),
            "multipart": parts.collect::<Vec<_>>(),
        })
    };
    let steps = from.steps.iter().map(|step| {
        let sent = match &step.action {
            StepAction::Call(sent) => call(sent),
            StepAction::Poll(poll) => json!([call(&poll.call), format!("{:?} {:?}", poll.every, poll.within), poll.until.len()]),
            StepAction::Raw(raw) => json!([written(&raw.method), written(&raw.path), raw.bytes]),
        };
        let expect = step.expect.resolve(&scope).unwrap();
        json!({
            "id": step.id,
            "as": step.identity.as_ref().map(|identity| written(&identity.value)),
            "measure": step.measure.as_ref().map(|name| &name.value),
            "sent": sent,
            "status": expect.status.map(|status| format!("{:?}", status.value)),
            "body": expect.body.iter().map(|body| json!([
                body.path.text, body.path.singular, body.matcher.equals, body.matcher.exists, body.matcher.not.is_some(),
            ])).collect::<Vec<_>>(),
            "capture": step.capture.iter().map(|capture| &capture.name.value).collect::<Vec<_>>(),
        })
    });
    steps.collect()
}

#[test]
fn a_scenario_finds_what_its_request_brings_and_may_replace_it() {
    let loaded = clean(
        "scenario: s
given:
  debtor: { organisation: {} }
  due: \"2026-01-01\"
  request: { from: requests/v2/simple.yaml }
steps:
  - { call: submit, body: { a: \"${request}\", b: \"${start}\" }, expect: { status: success } }
",
    );
    let given = &loaded.tests[0].given;
    assert_eq!(given.parties.len(), 1);
    assert_eq!(given.parties[0].kind, PartyKind::Organisation);
    let names: Vec<_> = given.values.iter().map(|(name, _)| name.value.as_str()).collect();
    assert_eq!(names, ["start", "due"]);
    let start = load(
        "scenario: s\ngiven: { request: { from: requests/v2/simple.yaml } }\nsteps: [{ call: submit, body: 1, expect: {} }]\n",
    );
    let values: Vec<_> = start.tests[0]
        .given
        .values
        .iter()
        .map(|(name, _)| name.value.as_str())
        .collect();
    assert_eq!(values, ["start", "due"], "a value stands after those it names");
}

#[test]
fn a_request_may_prepare_something() {
    let mut files = memory();
    files.0.insert(
        "scenarios/groups/upload.yaml",
        EVERYTHING.split("---\n").last().unwrap().to_owned(),
    );
    let request = "request: attached\nsteps:\n  - use: upload\n    with: { filename: a.pdf }\n    capture: { attachment: uuid }\nbody: { vedlegg: \"${attachment}\" }\n";
    files.0.insert("requests/attached.yaml", request.to_owned());
    let source = "scenario: s\ngiven: { request: { from: requests/attached.yaml } }\nsteps: [{ call: submit, body: \"${request}\", expect: { status: success } }]\n";
    let loaded = load_with(&[("deep/down/a.yaml", source)], &files, &["v2"]);
    assert!(
        loaded.diagnostics.0.is_empty(),
        "{}",
        render_all(&loaded.diagnostics, false)
    );
    let test = &loaded.tests[0];
    let ids: Vec<_> = test.preparation.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["upload-upload-attachment", "upload-attachment-status"]);
    assert_eq!(test.preparation[0].capture[0].name.value, "attachment");
    assert_eq!(
        test.preparation[0].expect.status.as_ref().unwrap().value,
        StatusExpectation::Success
    );
    assert!(test.given.request.as_ref().unwrap().body.constant().is_none());
}

#[test]
fn an_attachment_is_read_from_beside_the_scenario() {
    let mut files = memory();
    files.0.insert("scenarios/a.pdf", "%PDF".to_owned());
    let step = "{ call: upload-attachment, multipart: { fil: { file: a.pdf, filename: b.pdf } }, expect: { status: success } }";
    let loaded = load_with(
        &[("scenarios/s.yaml", &format!("scenario: s\nsteps: [{step}]\n"))],
        &files,
        &["v2"],
    );
    let StepAction::Call(call) = &loaded.tests[0].steps[0].action else {
        panic!("{}", loaded.diagnostics)
    };
    assert!(matches!(&call.multipart[0].content, PartContent::File(bytes) if bytes.as_ref() == b"%PDF"));
}

#[test]
fn files_are_discovered_and_missing_ones_reported() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("deep/.hidden")).unwrap();
    std::fs::create_dir_all(at("empty")).unwrap();
    for name in [
        "b.yaml",
        "a.yml",
        "deep/c.yaml",
        "deep/.hidden/d.yaml",
        "deep/notes.txt",
    ] {
        std::fs::write(at(name), "scenario: x\n").unwrap();
    }
    let names = |paths: &[&str]| -> Result<Vec<String>, String> {
        let paths: Vec<_> = paths.iter().map(|path| at(path)).collect();
        let shown = |text: &str| text.replace(folder.path().to_str().unwrap(), "");
        match discover(&paths) {
            Ok(files) => Ok(files.iter().map(|file| shown(file.name())).collect()),
            Err(problems) => Err(shown(&problems.to_string())),
        }
    };
    assert_eq!(
        names(&["", "b.yaml"]).unwrap(),
        ["/a.yml", "/b.yaml", "/deep/c.yaml"].map(str::to_owned).to_vec()
    );
    let wrong = names(&["empty", "gone.yaml"]).unwrap_err();
    assert!(
        wrong.contains("/empty holds no scenario") && wrong.contains("cannot read /gone.yaml"),
        "{wrong}"
    );
}

#[test]
fn request_files_on_disk_are_found_above_the_scenario() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("requests/v2")).unwrap();
    std::fs::create_dir_all(folder.path().join("scenarios/deep")).unwrap();
    std::fs::write(folder.path().join("requests/v2/simple.yaml"), SIMPLE).unwrap();
    let text = "scenario: s\ngiven: { request: { from: requests/v2/simple.yaml } }\nsteps: [{ call: submit, body: \"${request}\", expect: {} }]\n";
    std::fs::write(folder.path().join("scenarios/deep/a.yaml"), text).unwrap();
    let sources = discover(&[folder.path().join("scenarios")]).unwrap();
    let contracts = [Contract::builtin("v2").unwrap()];
    let loaded = Language {
        contracts: &contracts,
        files: &Disk,
    }
    .load(&sources);
    assert!(
        loaded.diagnostics.0.is_empty(),
        "{}",
        render_all(&loaded.diagnostics, false)
    );
    assert_eq!(loaded.tests.len(), 1);
}

mod bad_input {
    use super::*;

    #[test]
    fn broken_nested_and_exploding_files_are_diagnostics() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            bomb.push_str(&format!(
                "a{i}: &a{i} [{}]\n",
                vec![format!("*a{}", i - 1); 10].join(",")
            ));
        }
        for text in [
            "scenario: [",
            "a: b: c",
            "\t- x",
            "- ".repeat(200_000).as_str(),
            "[".repeat(200_000).as_str(),
            &bomb,
        ] {
            let loaded = load(text);
            assert!(loaded.diagnostics.has_errors());
            assert!(loaded.tests.is_empty());
            assert!(render_all(&loaded.diagnostics, false).len() < 100_000);
        }
    }

    #[test]
    fn ten_megabytes_are_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.yaml");
        std::fs::write(&path, "- [a, b]\n".repeat(1_200_000)).unwrap();
        assert!(
            discover(&[path])
                .unwrap_err()
                .to_string()
                .contains("bytes; files above")
        );
    }

    #[test]
    fn tables_and_groups_that_multiply_are_stopped() {
        let rows: Vec<String> = (0..4000).map(|i| format!("- {{ id: c{i} }}\n")).collect();
        let rows = rows.concat();
        let steps = "- { call: submit, expect: {} }\n".repeat(4000);
        let loaded = load(&format!("scenario: s\ncases:\n{rows}steps:\n{steps}"));
        assert!(
            loaded.diagnostics.to_string().contains("unfold to more than"),
            "{}",
            loaded.diagnostics
        );
        let mut groups = String::from("scenario: s\nsteps: [{ use: g0 }]\n");
        for i in 0..30 {
            let next = i + 1;
            groups.push_str(&format!(
                "---\ngroup: g{i}\nsteps: [{{ use: g{next} }}, {{ use: g{next} }}]\n"
            ));
        }
        groups.push_str("---\ngroup: g30\nsteps: [{ call: submit }]\n");
        let loaded = load(&groups);
        assert!(
            loaded.diagnostics.to_string().contains("at most 1000 steps"),
            "{}",
            loaded.diagnostics
        );
    }

    #[test]
    fn garbage_with_thousands_of_mistakes_stays_readable() {
        let keys: Vec<String> = (0..20_000).map(|i| format!("k{i}: 1\n")).collect();
        let keys = keys.concat();
        let loaded = load(&format!("scenario: s\n{keys}"));
        assert!(loaded.diagnostics.0.len() < 400);
        assert!(
            loaded
                .diagnostics
                .to_string()
                .contains("more problems are not shown")
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
            let loaded = load(&format!("scenario: s\nsteps:\n  - call: submit\n    body: {text}\n"));
            render_all(&loaded.diagnostics, false);
            load(&text);
        }

        #[test]
        fn any_mutation_of_a_valid_file_is_read_without_panic(
            at in 0usize..EVERYTHING.len(),
            length in 0usize..40,
            text in "[ \\n:${}\\[\\]\"'&*|>.,a-z0-9-]{0,12}",
        ) {
            let start = EVERYTHING.floor_char_boundary(at);
            let end = EVERYTHING.floor_char_boundary(at + length);
            let mutated = format!("{}{text}{}", &EVERYTHING[..start], &EVERYTHING[end.max(start)..]);
            render_all(&load(&mutated).diagnostics, false);
        }
    }
}

mod schema {
    use super::*;

    /// The committed file.
    const FILE: &str = "schema/scenario.schema.json";

    fn validator() -> jsonschema::Validator {
        jsonschema::draft202012::options()
            .offline()
            .build(&json_schema())
            .unwrap()
    }

    fn documents(text: &str) -> Vec<Value> {
        parse_documents(&SourceFile::new("t.yaml", text))
            .unwrap()
            .iter()
            .map(Node::to_json)
            .collect()
    }

    #[test]
    fn the_committed_schema_is_the_generated_one() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
        let generated = format!("{:#}\n", json_schema());
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &generated).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "{FILE} is not what the grammar gives; write it again with: UPDATE_SCHEMA=1 cargo test --test it schema"
        );
    }

    #[test]
    fn the_schema_is_one_by_its_own_standard() {
        assert!(jsonschema::meta::is_valid(&json_schema()));
    }

    #[test]
    fn the_schema_accepts_what_the_language_accepts() {
        let validator = validator();
        let bundled = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders: Vec<_> = ["scenarios", "requests"]
            .iter()
            .map(|name| bundled.join(name))
            .filter(|path| path.is_dir())
            .collect();
        let mut texts = vec![DESIGN.to_owned(), EVERYTHING.to_owned(), SIMPLE.to_owned()];
        texts.extend(
            discover(&folders)
                .unwrap()
                .iter()
                .map(|file| file.text().to_owned()),
        );
        let all = texts.iter().flat_map(|text| documents(text));
        for document in all.filter(|document| {
            ["scenario", "group", "request"]
                .iter()
                .any(|kind| document.get(kind).is_some())
        }) {
            let problems: Vec<_> = validator
                .iter_errors(&document)
                .map(|error| format!("{} {error}", error.instance_path()))
                .collect();
            assert!(problems.is_empty(), "{document:#}\n{problems:#?}");
        }
    }

    #[test]
    fn the_schema_refuses_what_the_language_refuses() {
        let validator = validator();
        let step = |step: &str| format!("scenario: s\nsteps:\n  - {step}\n");
        for text in [
            "scenaro: s\nsteps: []\n".to_owned(),
            "scenario: s\n".to_owned(),
            "scenario: a/b\nsteps: [{ call: submit, expect: {} }]\n".to_owned(),
            "scenario: s\nobligation: shall\nsteps: [{ call: submit, expect: {} }]\n".to_owned(),
            "scenario: s\ngiven: { a: { persn: {} } }\nsteps: [{ call: submit, expect: {} }]\n".to_owned(),
            "request: r\n".to_owned(),
            step("{ call: submit, poll: submit, expect: {} }"),
            step("{ call: submit, expect: { statsu: 200 } }"),
            step("{ call: submit, expect: { status: 99 } }"),
            step("{ call: submit, expect: { body: { a: 1 } } }"),
            step("{ call: submit, expect: { body: { \"$.a\": { equal: 1 } } } }"),
            step("{ call: submit, expect: {}, patch: [{ op: ad, path: /a }] }"),
            step("{ poll: messages, until: {}, within: 5 }"),
            step("{ raw: { path: /x }, expect: {} }"),
        ] {
            assert!(load(&text).diagnostics.has_errors(), "{text}");
            assert!(
                documents(&text)
                    .iter()
                    .any(|document| !validator.is_valid(document)),
                "{text}"
            );
        }
    }
}
