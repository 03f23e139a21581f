//! Expectations against answers: all of them are checked, and each says what it saw.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use utlegg::assertion::{Check, CheckInput, CheckResult, Findings, Subject, check, extract, holds};
use utlegg::contract::Contract;
use utlegg::http::{Body, ErrorShape, Response};
use utlegg::scenario::{
    BodyExpectation, CaptureSource, ConditionSet, Expect, JsonType, Matcher, Path, SnapshotSpec,
    StatusExpectation,
};
use utlegg::snapshot::SnapshotResult;
use utlegg::source::{Located, Place, SourceFile, Span};

fn place() -> Place {
    Place::new(
        &SourceFile::new("scenarios/a.yaml", "expect: x\n"),
        Span::new(8, 9),
    )
}

fn at<T>(value: T) -> Located<T> {
    Located {
        value,
        place: place(),
    }
}

fn anything() -> Matcher<Value> {
    Matcher::anything(place())
}

fn equals(value: Value) -> Matcher<Value> {
    Matcher {
        equals: Some(value),
        ..anything()
    }
}

fn path(text: &str, singular: bool) -> Path {
    Path {
        text: text.to_owned(),
        compiled: serde_json_path::JsonPath::parse(text).unwrap(),
        place: place(),
        singular,
    }
}

fn expect() -> Expect<Value> {
    Expect::nothing(place())
}

fn response(status: u16, media_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(media_type));
    Response {
        status,
        headers,
        body: body.into(),
    }
}

fn json_response(status: u16, body: &Value) -> Response {
    response(status, "application/json", body.to_string())
}

fn raw(expect: &Expect<Value>, response: &Response) -> Findings {
    check(&CheckInput {
        expect,
        response,
        body: &Body::of(response),
        elapsed: Duration::from_millis(120),
        operation: None,
        contract: None,
        snapshot: None,
    })
}

fn called(operation: &str, expect: &Expect<Value>, response: &Response) -> Findings {
    let contract: Arc<Contract> = Contract::builtin("v2").unwrap();
    let operation = contract.operation(operation).unwrap();
    let body = Body::of(response);
    let found = operation.check_response(
        response.status,
        response.media_type().as_deref(),
        body.json_or_null(),
    );
    check(&CheckInput {
        expect,
        response,
        body: &body,
        elapsed: Duration::from_millis(120),
        operation: Some(operation),
        contract: Some(&found),
        snapshot: None,
    })
}

fn only(findings: &Findings) -> &Check {
    assert_eq!(findings.checks.len(), 1, "{:?}", findings.checks);
    &findings.checks[0]
}

fn failed(findings: &Findings) -> Vec<Subject> {
    findings
        .checks
        .iter()
        .filter(|check| !check.passed())
        .map(|check| check.subject)
        .collect()
}

#[test]
fn every_expectation_is_checked_though_the_first_fails() {
    let expect = Expect {
        status: Some(at(StatusExpectation::OneOf(vec![200, 201]))),
        code: Some(at("KB-006".into())),
        conditions: Some(at(ConditionSet::Exactly(vec!["MANGLER_KRAV".into()]))),
        headers: vec![(at("Retry-After".into()), equals(json!(5)))],
        body: vec![BodyExpectation {
            path: path("$.a", true),
            matcher: equals(json!(1)),
        }],
        within: Some(at(Duration::from_millis(100))),
        ..expect()
    };
    let findings = raw(
        &expect,
        &json_response(400, &json!({"kode": "KB-006", "melding": "feil", "a": 1.0})),
    );
    let seen: Vec<_> = findings
        .checks
        .iter()
        .map(|check| (check.subject, check.result))
        .collect();
    assert_eq!(
        seen,
        [
            (Subject::Status, CheckResult::Failed),
            (Subject::Code, CheckResult::Passed),
            (Subject::Conditions, CheckResult::Failed),
            (Subject::Header, CheckResult::Failed),
            (Subject::Body, CheckResult::Passed),
            (Subject::Within, CheckResult::Failed),
        ]
    );
    for check in &findings.checks {
        assert_eq!(check.place.as_ref().unwrap().to_string(), "scenarios/a.yaml:1:9");
    }
    let status = &findings.checks[0];
    assert_eq!(
        (status.expected.as_str(), status.actual.as_str()),
        ("200 or 201", "400")
    );
    assert_eq!(status.detail.as_deref(), Some("the answer names KB-006: feil"));
}

#[test]
fn status_by_number_class_and_contract() {
    let cases = [
        (StatusExpectation::OneOf(vec![204]), 204, true),
        (StatusExpectation::Class(4), 422, true),
        (StatusExpectation::Class(4), 500, false),
        (StatusExpectation::Success, 200, true),
        (StatusExpectation::Success, 204, false),
        (StatusExpectation::Success, 302, false),
    ];
    for (expected, status, passes) in cases {
        let expect = Expect {
            status: Some(at(expected.clone())),
            schema: false,
            ..expect()
        };
        let findings = called("submit", &expect, &response(status, "application/json", ""));
        assert_eq!(only(&findings).passed(), passes, "{expected:?} {status}");
    }
    let success = Expect {
        status: Some(at(StatusExpectation::Success)),
        ..expect()
    };
    assert!(
        only(&raw(&success, &response(204, "x/y", ""))).passed(),
        "without a contract any 2xx"
    );
}

#[test]
fn conditions_are_a_set() {
    let answer = json_response(
        422,
        &json!({"type": "about:blank", "status": 422, "kontrollutslag": [
            {"kode": "B"}, {"kode": "A\u{30a}"}, {"kode": "B"}
        ]}),
    );
    let cases = [
        (ConditionSet::Exactly(vec!["\u{c5}".into(), "B".into()]), None),
        (
            ConditionSet::Exactly(vec!["B".into(), "B".into(), "\u{c5}".into()]),
            None,
        ),
        (ConditionSet::Contains(vec!["B".into()]), None),
        (ConditionSet::Contains(vec![]), None),
        (
            ConditionSet::Exactly(vec!["B".into()]),
            Some("unexpected: \u{c5}"),
        ),
        (ConditionSet::Exactly(vec![]), Some("unexpected: B, \u{c5}")),
        (
            ConditionSet::Exactly(vec!["B".into(), "C".into()]),
            Some("missing: C\nunexpected: \u{c5}"),
        ),
        (ConditionSet::Contains(vec!["C".into()]), Some("missing: C")),
    ];
    for (expected, detail) in cases {
        let expect = Expect {
            conditions: Some(at(expected.clone())),
            ..expect()
        };
        let findings = raw(&expect, &answer);
        let check = only(&findings);
        assert_eq!(check.passed(), detail.is_none(), "{expected:?}");
        assert_eq!(check.detail.as_deref(), detail, "{expected:?}");
    }
}

#[test]
fn a_code_is_found_in_any_shape_and_its_absence_is_said() {
    let expect = Expect {
        code: Some(at("DAS-002".into())),
        ..expect()
    };
    let findings = raw(
        &expect,
        &response(404, "application/json", "DAS-002 no such endpoint"),
    );
    assert!(only(&findings).passed());
    assert_eq!(findings.error.unwrap().shape, ErrorShape::PlainText);
    let findings = raw(
        &expect,
        &response(404, "application/json", "<html><body>Not found"),
    );
    assert_eq!(only(&findings).actual, "no code (the body is an HTML page)");
    let findings = raw(&expect, &response(404, "application/json", ""));
    assert_eq!(only(&findings).actual, "no code (the body is empty)");
}

fn with(change: impl FnOnce(&mut Matcher<Value>)) -> Matcher<Value> {
    let mut matcher = anything();
    change(&mut matcher);
    matcher
}

/// Holds each matcher against one body.
#[track_caller]
fn assert_matches(cases: Vec<(&str, Matcher<Value>, bool)>) {
    let body = Body::Json(json!({
        "n": 5, "f": 5.0, "s": "Å-1", "l": ["a", "b"], "o": {"x": 1}, "null": null
    }));
    for (text, matcher, passes) in cases {
        let check = holds(Subject::Body, &path(text, true), &matcher, &body);
        assert_eq!(check.passed(), passes, "{check:?}");
        assert_eq!(check.path.as_deref(), Some(text));
    }
}

#[test]
fn equality_is_by_value_and_composed() {
    assert_matches(vec![
        ("$.n", equals(json!(5.0)), true),
        ("$.f", equals(json!(5)), true),
        ("$.n", equals(json!("5")), false),
        ("$.s", equals(json!("A\u{30a}-1")), true),
        ("$.null", equals(Value::Null), true),
        ("$.missing", equals(Value::Null), false),
        ("$.o", equals(json!({"x": 1.0})), true),
        ("$.n", with(|m| m.one_of = Some(vec![json!(4), json!(5)])), true),
        ("$.n", with(|m| m.one_of = Some(vec![])), false),
        ("$.n", with(|m| m.not = Some(Box::new(equals(json!(4))))), true),
        ("$.n", with(|m| m.not = Some(Box::new(equals(json!(5))))), false),
        (
            "$.missing",
            with(|m| m.not = Some(Box::new(equals(json!(5))))),
            false,
        ),
    ]);
}

#[test]
fn parts_and_patterns() {
    let regex = |text: &str| Some(at(regex::Regex::new(text).unwrap()));
    assert_matches(vec![
        ("$.l", with(|m| m.contains = Some(json!("b"))), true),
        ("$.l", with(|m| m.contains = Some(json!("ab"))), false),
        ("$.s", with(|m| m.contains = Some(json!("A\u{30a}"))), true),
        ("$.n", with(|m| m.contains = Some(json!(5))), false),
        ("$.s", with(|m| m.matches = regex("^Å-\\d$")), true),
        ("$.n", with(|m| m.matches = regex("5")), false),
    ]);
}

#[test]
fn presence_type_length_and_bounds() {
    assert_matches(vec![
        ("$.null", with(|m| m.exists = Some(true)), true),
        ("$.missing", with(|m| m.exists = Some(true)), false),
        ("$.missing", with(|m| m.exists = Some(false)), true),
        ("$.n", with(|m| m.exists = Some(false)), false),
        ("$.missing", anything(), true),
        ("$.n", anything(), true),
        ("$.f", with(|m| m.json_type = Some(JsonType::Integer)), true),
        ("$.null", with(|m| m.json_type = Some(JsonType::Null)), true),
        ("$.l", with(|m| m.json_type = Some(JsonType::Object)), false),
        ("$.l", with(|m| m.length = Some((Some(2), Some(2)))), true),
        ("$.s", with(|m| m.length = Some((None, Some(3)))), true),
        ("$.o", with(|m| m.length = Some((Some(2), None))), false),
        ("$.n", with(|m| m.length = Some((None, None))), false),
        (
            "$.n",
            with(|m| (m.at_least, m.at_most) = (Some(5.0), Some(5.0))),
            true,
        ),
        ("$.n", with(|m| m.at_least = Some(5.5)), false),
        ("$.s", with(|m| m.at_most = Some(9.0)), false),
    ]);
}

#[test]
fn a_path_that_is_not_singular_gives_the_list_of_what_it_finds() {
    let body = Body::Json(json!({"meldinger": [{"type": "retting"}, {"type": "info"}]}));
    let types = path("$.meldinger[*].type", false);
    let contains = Matcher {
        contains: Some(json!("retting")),
        ..anything()
    };
    assert!(holds(Subject::Until, &types, &contains, &body).passed());
    assert!(!holds(Subject::Until, &types, &equals(json!("retting")), &body).passed());
    assert!(holds(Subject::Until, &types, &equals(json!(["retting", "info"])), &body).passed());
    let none = path("$.andre[*].type", false);
    let check = holds(Subject::Until, &none, &contains, &body);
    assert_eq!(
        (check.passed(), check.subject, check.actual.as_str()),
        (false, Subject::Until, "nothing")
    );
    assert!(
        holds(
            Subject::Until,
            &none,
            &Matcher {
                exists: Some(false),
                ..anything()
            },
            &body
        )
        .passed()
    );
}

#[test]
fn a_body_that_is_not_json_fails_what_is_expected_of_it() {
    let not_json = Body::of(&response(200, "application/json", "{\"a\": tru\n"));
    for matcher in [
        equals(json!(1)),
        Matcher {
            exists: Some(false),
            ..anything()
        },
    ] {
        let check = holds(Subject::Body, &path("$.a", true), &matcher, &not_json);
        assert!(!check.passed());
        assert!(
            check.actual.starts_with("the body is not JSON (") && check.actual.contains("{\"a\": tru"),
            "{check:?}"
        );
    }
    let check = holds(Subject::Body, &path("$.a", true), &equals(json!(1)), &Body::Empty);
    assert_eq!(
        (check.passed(), check.actual.as_str()),
        (false, "the body is empty")
    );
}

#[test]
fn what_was_found_is_cut_short() {
    let body = Body::Json(json!({"a": "x".repeat(10_000)}));
    let check = holds(Subject::Body, &path("$.a", true), &equals(json!(1)), &body);
    assert!(check.actual.chars().count() <= 201);
}

#[test]
fn headers_are_text_and_numbers_where_numbers_are_asked_for() {
    let mut answer = response(503, "text/plain", "");
    answer
        .headers
        .insert("retry-after", HeaderValue::from_static("5"));
    answer.headers.append("vary", HeaderValue::from_static("a"));
    answer.headers.append("vary", HeaderValue::from_static("b"));
    let cases = [
        ("Retry-After", equals(json!(5)), true),
        ("retry-after", equals(json!("5")), true),
        (
            "Retry-After",
            Matcher {
                at_least: Some(1.0),
                at_most: Some(4.0),
                ..anything()
            },
            false,
        ),
        ("Vary", equals(json!("a, b")), true),
        (
            "X-Missing",
            Matcher {
                exists: Some(false),
                ..anything()
            },
            true,
        ),
        ("X-Missing", equals(json!("a")), false),
    ];
    for (name, matcher, passes) in cases {
        let expect = Expect {
            headers: vec![(at(name.to_owned()), matcher)],
            ..expect()
        };
        let findings = raw(&expect, &answer);
        assert_eq!(only(&findings).passed(), passes, "{:?}", only(&findings));
    }
}

#[test]
fn the_schema_is_checked_unless_switched_off() {
    let findings = called(
        "submit",
        &expect(),
        &json_response(200, &json!({"eksternSaksreferanse": "A"})),
    );
    assert_eq!(
        (only(&findings).subject, only(&findings).passed()),
        (Subject::Schema, true)
    );

    let findings = called(
        "submit",
        &expect(),
        &json_response(200, &json!({"eksternSaksreferanse": [], "nytt": 1})),
    );
    assert_eq!(failed(&findings), [Subject::Schema]);
    assert_eq!(only(&findings).path.as_deref(), Some("/eksternSaksreferanse"));
    assert_eq!(findings.unknown_fields, ["/nytt"]);

    let off = Expect {
        schema: false,
        ..expect()
    };
    assert!(
        called("submit", &off, &json_response(200, &json!({})))
            .checks
            .is_empty()
    );
}

#[test]
fn what_the_contract_does_not_declare_is_named() {
    let findings = called("submit", &expect(), &json_response(418, &json!({})));
    let check = only(&findings);
    assert!(
        !check.passed() && check.actual == "418" && check.expected.contains("(200, 400, 401"),
        "{check:?}"
    );

    let findings = called("submit", &expect(), &response(200, "text/html", "<html>"));
    let check = only(&findings);
    assert!(
        !check.passed() && check.actual == "text/html" && check.expected.contains("application/json"),
        "{check:?}"
    );

    let findings = called(
        "submit",
        &expect(),
        &response(200, "application/json", "{\"eksternSaks"),
    );
    let check = only(&findings);
    assert!(
        !check.passed() && check.actual.starts_with("not JSON ("),
        "{check:?}"
    );
}

#[test]
fn a_snapshot_that_differs_or_is_missing_says_what_to_do() {
    let expect = Expect {
        snapshot: Some(SnapshotSpec {
            place: place(),
            redact: Vec::new(),
        }),
        ..expect()
    };
    let answer = response(200, "text/plain", "x");
    let snapshot = |result: &SnapshotResult| {
        let findings = check(&CheckInput {
            expect: &expect,
            response: &answer,
            body: &Body::of(&answer),
            elapsed: Duration::ZERO,
            operation: None,
            contract: None,
            snapshot: Some(result),
        });
        only(&findings).clone()
    };
    assert!(snapshot(&SnapshotResult::Matches).passed());
    let missing = snapshot(&SnapshotResult::Missing {
        written: Some("s/x.snap.new".into()),
    });
    assert!(!missing.passed() && missing.detail.unwrap().contains("s/x.snap.new was written"));
    let differs = snapshot(&SnapshotResult::Differs {
        diff: "-a\n+b\n".into(),
        written: None,
    });
    let detail = differs.detail.unwrap();
    assert!(differs.result == CheckResult::Failed && detail.starts_with("-a\n+b\n") && detail.contains("CI"));
}

#[test]
fn captures() {
    let mut answer = json_response(
        201,
        &json!({"uuid": "u", "l": [{"a": 1}, {"a": 2}], "null": null}),
    );
    answer.headers.insert("location", HeaderValue::from_static("/x"));
    let body = Body::of(&answer);
    let get = |source: &CaptureSource| extract(source, &answer, &body);
    assert_eq!(get(&CaptureSource::Status), Ok(json!(201)));
    assert_eq!(
        get(&CaptureSource::Header(at("Location".into()))),
        Ok(json!("/x"))
    );
    assert_eq!(get(&CaptureSource::Body(path("$.uuid", true))), Ok(json!("u")));
    assert_eq!(get(&CaptureSource::Body(path("$.null", true))), Ok(Value::Null));
    assert_eq!(
        get(&CaptureSource::Body(path("$.l[*].a", false))),
        Ok(json!([1, 2]))
    );
    assert!(
        get(&CaptureSource::Header(at("X".into())))
            .unwrap_err()
            .contains("no header `X`")
    );
    assert!(
        get(&CaptureSource::Body(path("$.x", true)))
            .unwrap_err()
            .contains("`$.x` finds nothing in {")
    );
    let empty = extract(&CaptureSource::Body(path("$.x", true)), &answer, &Body::Empty);
    assert!(empty.unwrap_err().contains("empty"));
}
