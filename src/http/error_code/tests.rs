//! Error answers in every shape, and bytes in none.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;

use super::*;

fn answer(content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(content_type));
    headers.insert("Korrelasjonsid", HeaderValue::from_static("from-header"));
    Response {
        status: 400,
        headers,
        body: body.into(),
    }
}

#[track_caller]
fn expect(body: &'static str, shape: ErrorShape, code: Option<&str>, conditions: &[&str]) -> ErrorReading {
    let reading = read(&answer("application/octet-stream", body));
    assert_eq!(
        (
            reading.shape,
            reading.code.as_deref(),
            reading.conditions.iter().map(String::as_str).collect()
        ),
        (shape, code, conditions.to_vec()),
    );
    reading
}

#[test]
fn a_code_in_another_unicode_form_is_the_same_and_is_noted() {
    let composed = "PAASTAND_P\u{c5}KREVET";
    for body in [
        "{\"type\":\"x\",\"status\":422,\"kontrollutslag\":[{\"kode\":\"PAASTAND_PA\u{30a}KREVET\",\"melding\":\"m\"}]}",
        "<p><kontrollutslag><kode>PAASTAND_PA\u{30a}KREVET</kode></kontrollutslag></p>",
    ] {
        let reading = expect(body, ErrorShape::ProblemWithKontrollutslag, None, &[composed]);
        assert_eq!(reading.decomposed, [composed]);
    }
    let same = expect(
        "{\"kode\":\"PAASTAND_P\u{c5}KREVET\"}",
        ErrorShape::KbJson,
        Some(composed),
        &[],
    );
    assert!(same.decomposed.is_empty());
}

#[test]
fn kb_errors_in_json() {
    let reading = expect(
        r#"{"kode":"KB-006","melding":"Ugyldig","korrelasjonsid":"k-1"}"#,
        ErrorShape::KbJson,
        Some("KB-006"),
        &[],
    );
    assert_eq!(reading.message.as_deref(), Some("Ugyldig"));
    assert_eq!(reading.korrelasjonsid.as_deref(), Some("k-1"));
}

#[test]
fn kb_errors_in_xml_whatever_the_namespace() {
    for body in [
        "<?xml version=\"1.0\"?>\n<feil xmlns=\"urn:no:skatteetaten:datasamarbeid:feil:v1\"><kode>KB-006</kode><melding>a &lt; b &#x41;</melding></feil>",
        "<f:feil xmlns:f='urn:x'><f:kode> KB-006 </f:kode><f:melding><![CDATA[a < b A]]></f:melding></f:feil>",
        "\u{feff}<feil><kode>KB-006</kode><melding>a &lt; b A</melding><korrelasjonsid/></feil>",
    ] {
        let reading = expect(body, ErrorShape::KbXml, Some("KB-006"), &[]);
        assert_eq!(reading.message.as_deref(), Some("a < b A"), "{body}");
        assert_eq!(reading.korrelasjonsid.as_deref(), Some("from-header"), "{body}");
    }
}

#[test]
fn violated_conditions_keep_their_order_and_are_composed() {
    let reading = expect(
        "{\"type\":\"about:blank\",\"status\":422,\"feilkode\":\"KB-006\",\"kontrollutslag\":[
            {\"kode\":\"KRAV_A\\u030A\",\"melding\":\"m\",\"beskrivelse\":\"b\"},{\"melding\":\"no code\"},7,
            {\"kode\":\"MANGLER_KRAV\"},{\"kode\":\"MANGLER_KRAV\"}]}",
        ErrorShape::ProblemWithKontrollutslag,
        Some("KB-006"),
        &["KRAV_\u{c5}", "MANGLER_KRAV", "MANGLER_KRAV"],
    );
    assert_eq!(reading.details[0].beskrivelse.as_deref(), Some("b"));
    expect(
        "<p><kontrollutslag><kode>A_B</kode></kontrollutslag><kontrollutslag><kode>C</kode></kontrollutslag></p>",
        ErrorShape::ProblemWithKontrollutslag,
        None,
        &["A_B", "C"],
    );
}

#[test]
fn problem_details_with_a_code() {
    let reading = expect(
        r#"{"title":"Forbidden","status":403,"feilid":"f-1","feilkode":"KB-005","detail":"Mangler tilgang"}"#,
        ErrorShape::ProblemWithFeilkode,
        Some("KB-005"),
        &[],
    );
    assert_eq!(reading.message.as_deref(), Some("Mangler tilgang"));
    assert_eq!(reading.korrelasjonsid.as_deref(), Some("f-1"));
}

#[test]
fn what_gateways_and_proxies_send() {
    expect(
        "DAS-002: No such endpoint",
        ErrorShape::PlainText,
        Some("DAS-002"),
        &[],
    );
    expect("\"DAS-002\"", ErrorShape::PlainText, Some("DAS-002"), &[]);
    expect(
        "Unknown instance. ID=KB-0061 SHA-256",
        ErrorShape::PlainText,
        None,
        &[],
    );
    expect("ÆØÅ-123", ErrorShape::PlainText, Some("ÆØÅ-123"), &[]);
    let reading = expect(
        "<!DOCTYPE html><HTML><head><Title>502 Bad\n Gateway</title></head><body><br>DAS-003</body>",
        ErrorShape::Html,
        Some("DAS-003"),
        &[],
    );
    assert_eq!(reading.message.as_deref(), Some("502 Bad Gateway"));
    expect("<html><body>x", ErrorShape::Html, None, &[]);
    expect("", ErrorShape::Empty, None, &[]);
    expect(" \r\n", ErrorShape::Empty, None, &[]);
}

#[test]
fn bodies_without_a_code_are_unknown() {
    for body in [
        "{}",
        "[1]",
        "7",
        "null",
        r#"{"kode":7}"#,
        r#"{"kode":" "}"#,
        "<a><b/></a>",
    ] {
        expect(body, ErrorShape::Unknown, None, &[]);
    }
}

#[test]
fn a_truncated_body_gives_what_came() {
    expect(
        "<feil><kode>KB-001</kode><mel",
        ErrorShape::KbXml,
        Some("KB-001"),
        &[],
    );
    expect(
        r#"{"kode":"KB-001","mel"#,
        ErrorShape::PlainText,
        Some("KB-001"),
        &[],
    );
}

#[test]
fn entity_bombs_and_deep_nesting_do_nothing() {
    expect(
        "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><feil><kode>KB-001</kode><melding>&b;</melding></feil>",
        ErrorShape::KbXml,
        Some("KB-001"),
        &[],
    );
    let deep = "<a>".repeat(200_000);
    assert_eq!(read(&answer("application/xml", deep)).shape, ErrorShape::Unknown);
    let deep = "[".repeat(200_000);
    assert_eq!(
        read(&answer("application/json", deep)).shape,
        ErrorShape::PlainText
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let reading = read(&answer("application/json", bytes));
        prop_assert!(reading.conditions.len() == reading.details.len());
    }

    #[test]
    fn anything_that_looks_like_markup_is_read_without_panic(body in "[<>/&;#x!\\[\\]a-c:\"' -]{0,200}") {
        let reading = read(&answer("application/xml", body));
        prop_assert!(reading.conditions.len() == reading.details.len());
    }
}
