//! Answers held against what the contract declares.

use serde_json::{Value, json};
use utlegg::contract::{Provenance, ResponseFindings};

use super::builtin;

const JSON: Option<&str> = Some("application/json");

fn check(name: &str, status: u16, media_type: Option<&str>, body: &Value) -> ResponseFindings {
    builtin("v2")
        .operation(name)
        .expect("a declared operation")
        .check_response(status, media_type, body)
}

fn kb() -> Value {
    json!({"kode": "KB-006", "melding": "Ugyldig", "korrelasjonsid": "1"})
}

#[test]
fn declared_answers_conform() {
    let decision = json!({"tiltaksidentifikator": "1", "kravgrunnlagsidentifikator": ["2"]});
    let status = json!({
        "eksternSaksreferanse": "1", "saksnummer": "UTLBGJ/2026/1", "saksstatus": "sakBesluttet",
        "meldingsdato": "2026-11-23", "saksoeker": [{}], "saksoekt": [{}],
        "kravISak": [{"kravbeskrivelse": "Faktura", "prioritetDekningsloven": "b"}],
        "beslutningsinformasjon": [{
            "beslutningstidspunkt": "2026-11-23T12:00:00Z", "saksoekt": {},
            "besluttetUtleggstrekk": decision, "besluttetUtleggspant": [decision]
        }]
    });
    let problem = json!({
        "type": "about:blank", "status": 422,
        "kontrollutslag": [{"kode": "MANGLER_KRAV", "melding": "m", "beskrivelse": "b"}]
    });
    let events = json!({"hendelser": [{
        "sekvensnummer": 1, "eksternSaksreferanse": "1", "saksstatus": "sakOpprettet",
        "tidspunkt": "2026-11-23T12:00:00+01:00"
    }]});
    let messages = json!({"meldinger": [{
        "meldingsid": "1", "type": "retting", "tidspunkt": "2026-11-23T12:00:00Z", "tekst": "t", "frist": "2026-12-01"
    }]});
    let insight = json!({
        "saksoekt": {}, "saksoeker": {}, "tidspunktForInnsynsforespoersel": "x", "saksoekersKravIEttTrekk": [{}]
    });
    let uuid = "6f1f7c0e-5b0a-4f55-9f0e-2d7d9a3b4c11";
    let cases = [
        ("submit", 200, JSON, json!({"eksternSaksreferanse": "1"})),
        ("change", 200, None, Value::Null),
        ("validate-new", 204, None, Value::Null),
        ("submit", 400, JSON, kb()),
        (
            "submit",
            503,
            Some("application/problem+json"),
            json!({"type": "about:blank", "status": 503}),
        ),
        (
            "submit",
            500,
            JSON,
            json!({"type": "about:blank", "status": 500, "feilkode": "X"}),
        ),
        (
            "submit",
            422,
            Some("application/problem+json;charset=UTF-8"),
            problem.clone(),
        ),
        ("validate-change", 422, JSON, problem),
        ("case-status", 200, JSON, status),
        ("status-feed", 200, JSON, events),
        ("messages", 200, JSON, messages),
        (
            "ruleset-lookup",
            200,
            JSON,
            json!({"regelverk": [{"identifikator": "1", "regelverk": "nytt"}]}),
        ),
        ("upload-attachment", 201, JSON, json!({"uuid": uuid})),
        (
            "attachment-status",
            200,
            JSON,
            json!({"uuid": uuid, "filnavn": "a.pdf", "type": "annet", "status": "x"}),
        ),
        ("deduction-insight", 200, JSON, insight),
        ("submit", 401, Some("application/xml"), Value::Null),
    ];
    for (name, status, media_type, body) in cases {
        let findings = check(name, status, media_type, &body);
        assert!(findings.conforms(), "{name} {status}: {findings:?}");
        assert_eq!(findings.unknown_fields, Vec::<String>::new(), "{name} {status}");
    }
}

#[test]
fn answers_that_break_their_schema_say_where() {
    let cases = [
        ("submit", 200, json!({}), "", "`eksternSaksreferanse` is missing"),
        (
            "submit",
            200,
            json!({"eksternSaksreferanse": 7}),
            "/eksternSaksreferanse",
            "7 is a number, but text is wanted",
        ),
        (
            "upload-attachment",
            201,
            json!({"uuid": "abc"}),
            "/uuid",
            "\"abc\" is not a UUID",
        ),
        (
            "ruleset-lookup",
            200,
            json!({"regelverk": [{"identifikator": "1", "regelverk": "ny"}]}),
            "/regelverk/0/regelverk",
            "\"ny\" is not in the code list: nytt, gammelt",
        ),
        (
            "submit",
            400,
            json!({"kode": "KB-006"}),
            "",
            "at least one of 2 allowed forms must fit, which is not so",
        ),
        (
            "submit",
            422,
            json!({"type": "x", "status": 422}),
            "",
            "`kontrollutslag` is missing",
        ),
    ];
    for (name, status, body, pointer, message) in cases {
        let findings = check(name, status, JSON, &body);
        let found: Vec<_> = findings
            .violations
            .iter()
            .map(|violation| (violation.pointer.as_str(), violation.message.as_str()))
            .collect();
        assert_eq!(found, [(pointer, message)], "{name} {status}");
        assert!(!findings.conforms());
    }
}

#[test]
fn a_status_or_format_that_is_not_declared_is_found() {
    assert!(check("submit", 418, JSON, &kb()).undeclared_status);
    assert!(check("submit", 201, JSON, &json!({"eksternSaksreferanse": "1"})).undeclared_status);
    let html = check("submit", 500, Some("text/html"), &Value::Null);
    assert!(html.undeclared_media_type && !html.undeclared_status && html.violations.is_empty());
    assert!(check("submit", 400, None, &kb()).undeclared_media_type);
    assert!(check("validate-new", 204, JSON, &json!({})).undeclared_media_type);
    assert!(
        check("change", 200, JSON, &Value::Null).conforms(),
        "a media type without a body says nothing"
    );
}

#[test]
fn a_promised_body_that_is_not_there_is_missed() {
    let findings = check("submit", 200, None, &Value::Null);
    assert_eq!(
        findings.violations[0].message,
        "the answer has no body; declared: `application/json`, `application/xml`"
    );
}

#[test]
fn new_fields_are_tolerated_and_named() {
    let body = json!({
        "type": "x", "status": 422, "traceId": "1",
        "kontrollutslag": [{"kode": "A", "melding": "m", "beskrivelse": "b", "sti": "/x"}]
    });
    let findings = check("submit", 422, JSON, &body);
    assert!(findings.conforms());
    assert_eq!(findings.unknown_fields, ["/traceId", "/kontrollutslag/0/sti"]);
    let contract = builtin("v2");
    let submit = contract.operation("submit").expect("submit");
    assert_eq!(submit.unknown_fields(422, JSON, &body), findings.unknown_fields);
    assert_eq!(submit.unknown_fields(418, JSON, &body), Vec::<String>::new());
}

#[test]
fn findings_say_whether_they_rest_on_reconstructed_facts() {
    assert!(!check("submit", 200, JSON, &json!({"eksternSaksreferanse": "1"})).reconstructed);
    assert!(!check("submit", 400, JSON, &kb()).reconstructed);
    assert!(check("messages", 200, JSON, &json!({"meldinger": []})).reconstructed);
    assert!(
        check("change", 409, JSON, &json!({})).reconstructed,
        "its statuses are not published"
    );
    assert!(
        !check("case-status", 200, JSON, &json!({})).reconstructed,
        "content documented, only its path is not"
    );
    assert!(
        check("submit", 200, Some("application/xml"), &Value::Null).reconstructed,
        "the XML of bodies is not published"
    );
    assert!(check("messages", 418, JSON, &json!({})).reconstructed);
    let violations = check("messages", 200, JSON, &json!({})).violations;
    assert_eq!(violations[0].provenance, Provenance::Reconstructed);
}

#[test]
fn v1_admits_the_earlier_number_as_reference() {
    let contract = builtin("v1");
    let submit = contract.operation("submit").expect("submit");
    for reference in [json!("1"), json!(1)] {
        assert!(
            submit
                .check_response(200, JSON, &json!({"eksternSaksreferanse": reference}))
                .conforms()
        );
    }
}

#[test]
fn findings_can_be_stored_and_read_again() {
    let findings = check("submit", 200, JSON, &json!({}));
    let stored = serde_json::to_string(&findings).expect("JSON");
    assert!(stored.contains("\"provenance\":\"documented\""), "{stored}");
    assert_eq!(
        serde_json::from_str::<ResponseFindings>(&stored).expect("findings"),
        findings
    );
}
