//! The language: files in, tests out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use utlegg::contract::Contract;
use utlegg::scenario::{Files, Language, Loaded, StepAction};
use utlegg::source::{Diagnostic, SourceFile, render_all};

/// The three documents of the design, as they stand there.
pub const DESIGN: &str = r##"# yaml-language-server: $schema=../../schema/scenario.schema.json
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
"##;

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
    load_with(&[("scenarios/test.yaml", text)], memory(), &["v2"])
}

/// Loads several files.
pub fn load_with(files: &[(&str, &str)], memory: Memory, models: &[&str]) -> Loaded {
    let contracts: Vec<_> = models
        .iter()
        .map(|model| Contract::builtin(model).unwrap())
        .collect();
    let sources: Vec<_> = files
        .iter()
        .map(|(name, text)| SourceFile::new(*name, *text))
        .collect();
    Language {
        contracts: &contracts,
        files: &memory,
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
    assert_eq!(loaded.tests[1].place.to_string(), "scenarios/test.yaml:49:9");
    let StepAction::Call(call) = &loaded.tests[1].steps[0].action else {
        panic!()
    };
    assert_eq!(
        call.patch.as_ref().unwrap().place.to_string(),
        "scenarios/test.yaml:51:9"
    );
}
