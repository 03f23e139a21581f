//! What the language says of files with mistakes, as a user sees it.

use utlegg::source::{Severity, render_all};

use super::scenario::{Memory, load, load_with};

/// All diagnostics of a text, rendered.
fn lint(text: &str) -> String {
    render_all(&load(text).diagnostics, false)
}

/// The contract grows; where in it something stands must not change what is tested here.
fn without_contract_lines(shown: &str) -> String {
    let place = regex::Regex::new(r"(contracts/v\d\.yaml):\d+:\d+").unwrap();
    let gutter = regex::Regex::new(r"(?m)^ *\d* *(\||-->|:::|=)").unwrap();
    let shown = place.replace_all(shown, "$1:…");
    gutter.replace_all(&shown, "  $1").into_owned()
}

/// The diagnostics of a text, one line each.
fn lines(text: &str) -> Vec<String> {
    let loaded = load(text);
    let shown = |severity| {
        if severity == Severity::Error {
            "error"
        } else {
            "warning"
        }
    };
    let all = loaded.diagnostics.0.iter();
    all.map(|found| format!("{}: {found}", shown(found.severity)))
        .collect()
}

/// A scenario around some steps.
fn steps(steps: &str) -> String {
    format!("scenario: s\ngiven: {{ request: {{ from: requests/v2/simple.yaml }} }}\nsteps:\n{steps}")
}

#[test]
fn four_mistakes_are_four_diagnostics_with_carets() {
    insta::assert_snapshot!(lint(
        r#"scenario: four-mistakes
title: A file with four mistakes
given:
  request: { from: requests/v2/simple.yaml }
  telefon: +4712345678
steps:
  - call: submitt
    body: "${request}"
    expect: { status: success }
  - call: submit
    body: "${requst}"
    expect: { statsu: 200 }
"#
    ));
}

#[test]
fn what_does_not_fit_the_grammar() {
    insta::assert_snapshot!(lint(
        r#"scenario: Løp/1
titel: x
models: v2
obligation: shall
given:
  debtor: { persn: { rules: new } }
  creditor: { organisation: { unit: branch } }
  my-value: 1
cases: [{ title: no id }]
steps:
  - call: submit
    poll: messages
  - cal: submit
  - submit
  - call: submit
    body: 1
    headers: { "Accept:": x }
    patch:
      - { op: replce, path: kravTilInnkreving }
    multipart: { fil: { text: x, base64: eA== } }
    capture: { a: "saksreferanse", b: { header: x, status: true }, model: "$.x" }
    expect:
      status: "5x"
      code: kb-006
      within: 2
      schema: no
      body: { "$.a[": 1, "$.b": { equals: 1, lenght: 2 }, "$.c": { matches: "(" }, "$.d": { type: text } }
  - poll: messages
    every: { initial: 1s, factor: 0.5 }
    within: 2x
  - raw: { method: GET }
    expect: { status: 700 }
"#
    ));
}

#[test]
fn documents_that_are_nothing_the_language_knows() {
    insta::assert_snapshot!(lint(
        "openapi: 3.0.3\npaths: {}\n---\nscenaro: x\nsteps: []\n---\njust text\n---\n[1, 2]\n---\nscenario: empty\nsteps: []\n"
    ));
}

#[test]
fn variables_that_have_no_value() {
    insta::assert_snapshot!(lint(
        r#"scenario: variables
given:
  due: ${today(-1}
  a: ${b}
  b: ${a}
  reference: x
steps:
  - call: change
    with: { eksternSaksreferanse: "${casse}" }
    body: ${request}
    expect: { status: success, body: { "$.x": "${uper('a')}" } }
  - call: submit
    body: { a: "${case.row}" }
    expect: { status: success }
    capture: { casse: "$.eksternSaksreferanse", unused: "$.x", _spare: "$.y" }
"#
    ));
}

#[test]
fn identifiers_without_quotes() {
    assert_eq!(
        lines(&steps(
            "  - call: submit\n    body: { a: 30906197746, b: 311758489, c: 123456, d: 100.10, e: +4712345678, f: 12e45, g: 1234, h: 100.5, i: '30906197746', j: 0301, k: -1, l: 1234567890 }\n    expect: { status: success }\n"
        )),
        [
            "error: scenarios/test.yaml:5:16: `30906197746` is read as a number, but looks like an identifier (quote it: `\"30906197746\"`; if it is a number, write `${30906197746}`)",
            "error: scenarios/test.yaml:5:32: `311758489` is read as a number, but looks like an identifier (quote it: `\"311758489\"`; if it is a number, write `${311758489}`)",
            "warning: scenarios/test.yaml:5:46: `123456` is read as a number, but looks like an identifier (quote it: `\"123456\"`; if it is a number, write `${123456}`)",
            "warning: scenarios/test.yaml:5:57: `100.10` is read as the number 100.1 (quote it if it is text: `\"100.10\"`; else write `100.1`)",
            "error: scenarios/test.yaml:5:68: `+4712345678` is read as the number 4712345678 (quote it if it is text: `\"+4712345678\"`; else write `4712345678`)",
            "error: scenarios/test.yaml:5:84: `12e45` is read as the number 1.2e+46 (quote it if it is text: `\"12e45\"`; else write `1.2e+46`)",
        ]
    );
}

#[test]
fn what_the_contract_does_not_know() {
    insta::assert_snapshot!(without_contract_lines(&lint(&steps(
        r#"  - call: case-status
    expect: { status: 418 }
  - call: case-status
    with: { eksternSaksreferense: x, eksternSaksreferanse: x }
    expect: { code: KB-099 }
  - call: submit
    expect: { code: MANGLER_KRAV }
  - call: submit
    expect: { conditions: [MANGLER_KRV, KRAV_DUPLIKATE_REFERANSER] }
  - call: submit
    expect: { conditions: { contains: [KB-006] }, code: XXX-006 }
  - raw: { method: POST, path: /valider }
    expect: { status: 404 }
  - raw: { method: POST, path: /valider, body: "{" }
    expect: { status: 400 }
"#
    ))));
}

#[test]
fn steps_that_assert_nothing() {
    insta::assert_snapshot!(lint(&steps(
        r"  - call: submit
  - call: submit
    expect: { schema: false }
  - raw: { method: GET, path: /finnes-ikke }
    expect: { schema: true }
  - call: submit
    expect: {}
"
    )));
}

#[test]
fn ids_that_are_not_unique() {
    let twice = "scenario: twice\ncases: [{ id: a }, { id: a }]\nsteps:\n  - { id: x, call: submit, expect: {} }\n  - { id: x, call: submit, expect: {} }\n";
    let other = "scenario: twice\nsteps:\n  - { call: submit, expect: {} }\n---\ngroup: g\nsteps: []\n---\ngroup: g\nsteps: []\n";
    let loaded = load_with(
        &[("a.yaml", twice), ("b.yaml", other)],
        &Memory::default(),
        &["v2"],
    );
    insta::assert_snapshot!(render_all(&loaded.diagnostics, false));
}

#[test]
fn rows_that_lack_what_a_step_uses() {
    insta::assert_snapshot!(lint(
        r#"scenario: rows
cases:
  - { id: full, text: x, expect: { status: success } }
  - { id: lacking, txt: x, expect: { status: success } }
  - { id: wrong, text: x, expect: { statsu: 400 } }
steps:
  - call: submit
    body: { a: "${case.text}", b: "and ${case.text}", c: "${default(case.more, 'none')}" }
    patch: ${default(case.patch, null)}
    expect: ${case.expect}
"#
    ));
}

#[test]
fn a_whole_row_is_known_before_anything_else() {
    let text = |column: &str| {
        format!(
            "scenario: s\ngiven: {{ a: 1 }}\ncases: [{{ id: x, text: \"{column}\" }}]\nsteps:\n  - {{ call: submit, body: \"${{json(case)}}\", expect: {{}} }}\n"
        )
    };
    let found = load(&text("for ${model}"));
    assert!(found.diagnostics.0.is_empty(), "{}", found.diagnostics);
    assert!(found.tests[0].row.is_some());
    assert_eq!(
        lines(&text("${a}")),
        [
            "error: scenarios/test.yaml:3:27: `a` has no value yet where the whole row is used (name the column: `${case.…}`)"
        ]
    );
}

#[test]
fn groups_that_are_used_wrongly() {
    insta::assert_snapshot!(lint(
        r#"scenario: uses
steps:
  - use: uplod
  - use: upload
    with: { filname: x }
    capture: { mine: secret, other: uuid }
  - use: round
  - call: submit
    body: { a: "${uuid}", b: "${mine}" }
    expect: {}
---
group: upload
parameters: { filename: required, type: annet }
exports: [uuid, never]
steps:
  - call: upload-attachment
    multipart: { fil: { text: "${outside}", filename: "${filename}" }, type: "${type}" }
    capture: { uuid: $.uuid }
---
group: round
steps: [{ use: trip }]
---
group: trip
steps: [{ use: round }]
"#
    ));
}

#[test]
fn requests_that_are_missing_or_wrong() {
    let mut files = Memory::default();
    files
        .0
        .insert("requests/bad.yaml", "request: bad\nbdy: {}\n".to_owned());
    files.0.insert("requests/none.yaml", "a: 1\n".to_owned());
    files.0.insert("requests/broken.yaml", "request: [\n".to_owned());
    let names = [
        "missing.yaml",
        "bad.yaml",
        "none.yaml",
        "broken.yaml",
        "${modell}.yaml",
    ];
    let documents = names.iter().enumerate().map(|(i, name)| {
        let given = format!("given: {{ request: {{ from: \"requests/{name}\" }} }}");
        format!("scenario: s{i}\n{given}\nsteps:\n  - {{ call: submit, expect: {{}} }}\n---\n")
    });
    let text = documents.collect::<Vec<_>>().concat();
    let loaded = load_with(&[("scenarios/deep/a.yaml", &text)], &files, &["v2"]);
    insta::assert_snapshot!(render_all(&loaded.diagnostics, false));
    assert!(loaded.tests.is_empty());
}

#[test]
fn models_that_do_not_exist() {
    let text = "scenario: a\nmodels: [v3]\nsteps: [{ call: submit, expect: {} }]\n---\nscenario: b\nmodels: [v1]\nsteps: [{ call: submit, expect: {} }]\n";
    let found = lines(text);
    assert_eq!(
        found,
        ["error: scenarios/test.yaml:2:10: there is no model `v3` (did you mean `v2`?)"]
    );
    assert!(load(text).tests.is_empty());
}

#[test]
fn the_same_mistake_is_told_once_however_many_cases_there_are() {
    let rows: Vec<String> = (0..50).map(|i| format!("  - {{ id: c{i} }}\n")).collect();
    let rows = rows.concat();
    let text = format!("scenario: s\ncases:\n{rows}steps:\n  - {{ call: submitt, expect: {{}} }}\n");
    assert_eq!(lines(&text).len(), 1);
}

#[test]
fn what_a_part_of_a_step_lacks() {
    insta::assert_snapshot!(lint(&steps(
        r"  - call: submit
    patch: [{ op: add, path: /a }, { op: copy, path: /a }, { op: remove, path: /a }]
    expect: {}
  - raw: { method: POST, path: /x, body: a, bytes: YQ== }
    expect: { status: 404 }
  - call: upload-attachment
    multipart: { fil: { file: gone.pdf } }
    expect: { status: success }
"
    )));
}

#[test]
fn codes_and_operations_of_another_model() {
    let text = "scenario: s\nsteps:\n  - { call: submit, expect: { conditions: [ER_IKKE_HOVEDENHET, MANGLER_KRAV] } }\n";
    let loaded = load_with(&[("a.yaml", text)], &Memory::default(), &["v1", "v2"]);
    let found: Vec<_> = loaded
        .diagnostics
        .0
        .iter()
        .map(|found| found.message.clone())
        .collect();
    assert_eq!(found, ["`ER_IKKE_HOVEDENHET` is no condition of model `v1`"]);
}

#[test]
fn codes_of_other_operations_are_warned_of() {
    let found = lines(&steps(
        "  - call: submit\n    body: '${request}'\n    expect: { status: 404, code: KB-007 }\n  \
         - call: validate-new\n    body: '${request}'\n    expect: { status: 422, conditions: [UAVKLART_STATUS] }\n  \
         - call: validate-new\n    id: right\n    body: '${request}'\n    expect: { status: 400, code: KB-006 }\n",
    ));
    assert_eq!(
        found,
        [
            "warning: scenarios/test.yaml:6:34: the contract does not list `KB-007` for `submit` (it may come from deduction-insight)",
            "warning: scenarios/test.yaml:9:40: the contract does not list `UAVKLART_STATUS` for `validate-new` (it may come from change, validate-change)",
        ]
    );
}

#[test]
fn what_the_mock_is_to_do_is_checked_before_anything_runs() {
    let given = |mock: &str| {
        lines(&format!(
            "scenario: s\ngiven: {{ request: {{ from: requests/v2/simple.yaml }}, mock: {mock} }}\nsteps:\n  - call: submit\n    \
             body: '${{request}}'\n    expect: {{ status: success }}\n"
        ))
    };
    for (mock, expected) in [
        (
            "{ after_submit: { decide: { after: soon } } }",
            "`soon` is not a duration",
        ),
        (
            "{ after_change: [{ delay: { by: 2 } }] }",
            "`by` is a duration (text), not a number",
        ),
        ("{ after_sumbit: {} }", "unknown key `after_sumbit`"),
        ("{ after_upload: { decide: {} } }", "unknown key `decide`"),
        ("{ after_submit: { fail: { times: 1 } } }", "`fail` needs `code`"),
        (
            "{ after_submit: [{ fail: { code: KB-001, times: 0 } }] }",
            "`times` is a whole number from 1 to",
        ),
    ] {
        let found = given(mock);
        assert!(
            found
                .iter()
                .any(|line| line.starts_with("error: ") && line.contains(expected)),
            "{mock}: {found:?}"
        );
    }
    let fine = given(
        "{ after_upload: { delete: { after: 30d } }, after_submit: [{ process: {} }, { decide: { after: 1h30m } }] }",
    );
    assert_eq!(fine, Vec::<String>::new());
}
