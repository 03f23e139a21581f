//! The order of the checks, and what each answers.

use reqwest::Method;
use serde_json::{Value, json};

use super::client::{Answer, Mock};

#[tokio::test]
async fn each_check_answers_with_its_code_and_says_in_the_journal_that_it_was_the_one() {
    let mock = Mock::start().await;
    let cases = [
        (
            mock.request(Method::GET, "/finnes/ikke/her"),
            404,
            "KB-003",
            "address",
        ),
        (
            mock.http.get(mock.url("").replace("/v2", "/v9")),
            404,
            "KB-003",
            "address",
        ),
        (mock.request(Method::DELETE, "/valider"), 404, "KB-003", "method"),
        (
            mock.http.post(mock.url("/")).header("accept", "text/html"),
            406,
            "KB-008",
            "accept",
        ),
        (mock.http.post(mock.url("/")), 401, "KB-004", "authentication"),
        (
            mock.http.post(mock.url("/")).header("authorization", "Basic abc"),
            401,
            "KB-004",
            "authentication",
        ),
        (
            mock.http.post(mock.url("/")).bearer_auth("abc"),
            401,
            "KB-004",
            "authentication",
        ),
        (
            mock.request(Method::POST, "/")
                .header("content-type", "text/plain")
                .body("{}"),
            406,
            "KB-008",
            "content-type",
        ),
        (
            mock.request(Method::POST, "/").body("{}"),
            406,
            "KB-008",
            "content-type",
        ),
        (
            mock.request(Method::POST, "/")
                .header("content-type", "application/json")
                .body("{"),
            400,
            "KB-006",
            "syntax",
        ),
        (
            mock.request(Method::POST, "/").json(&json!({"saksoeker": 1})),
            400,
            "KB-006",
            "schema",
        ),
        (
            mock.request(Method::POST, "/").json(&json!([])),
            400,
            "KB-006",
            "schema",
        ),
        (
            mock.request(Method::GET, "/status/hendelser?antall=mange"),
            400,
            "KB-006",
            "schema",
        ),
        (
            mock.request(Method::GET, "/status/UKJENT"),
            404,
            "KB-009",
            "identifier",
        ),
    ];
    for (request, status, code, stage) in cases {
        let answer = Answer::of(request).await;
        answer.is(status, &[code]);
        let entry = mock.last().await;
        assert_eq!(
            (&entry["stage"], &entry["codes"]),
            (&json!(stage), &json!([code])),
            "{entry}"
        );
        assert!(!entry["reason"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_unknown_case_comes_before_the_conditions_and_after_the_schema() {
    let mock = Mock::start().await;
    let mut body = mock.request_body("a").await;
    mock.call("change", "UKJENT", Some(&json!({})))
        .await
        .is(400, &["KB-006"]);
    body["kravTilInnkreving"] = json!([]);
    mock.call("change", "UKJENT", Some(&body))
        .await
        .is(404, &["KB-009"]);
    mock.call("validate-change", "UKJENT", Some(&body))
        .await
        .is(404, &["KB-009"]);
    mock.call("messages", "UKJENT", None).await.is(404, &["KB-009"]);
    mock.call("attachment-status", "5a4e0a5c-8cb4-4e0c-9dcb-000000000000", None)
        .await
        .is(404, &["KB-009"]);
}

#[tokio::test]
async fn errors_come_as_xml_to_who_asks_for_it_and_echo_the_korrelasjonsid() {
    let mock = Mock::start().await;
    let request = mock
        .http
        .get(mock.url("/finnes/ikke"))
        .header("accept", "application/xml");
    let answer = Answer::of(request.header("Korrelasjonsid", "min-id")).await;
    assert_eq!(
        (answer.status, answer.media_type.as_deref()),
        (404, Some("application/xml"))
    );
    let expected = "<feil xmlns=\"urn:no:skatteetaten:datasamarbeid:feil:v1\"><kode>KB-003</kode>";
    assert!(answer.text.contains(expected), "{}", answer.text);
    assert!(
        answer.text.contains("<korrelasjonsid>min-id</korrelasjonsid>"),
        "{}",
        answer.text
    );
    let first = Answer::of(mock.http.get(mock.url("/finnes/ikke"))).await;
    let second = Answer::of(mock.http.get(mock.url("/finnes/ikke"))).await;
    assert_ne!(first.body["korrelasjonsid"], second.body["korrelasjonsid"]);
}

#[tokio::test]
async fn bodies_come_as_xml_too() {
    let mock = Mock::start().await;
    let request = mock
        .http
        .get(mock.url("/status/TEST_SAK_HEVET"))
        .bearer_auth(&mock.token);
    let answer = Answer::of(request.header("accept", "application/xml")).await;
    assert_eq!(answer.media_type.as_deref(), Some("application/xml"));
    assert!(
        answer.text.contains("<saksstatus>sakHevet</saksstatus>"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_or_too_deep_is_invalid_input() {
    let mock = Mock::with(|options| options.limits.body = 1000).await;
    let large = json!({"innsenderReferanse": "x".repeat(2000)});
    let answer = mock.call("submit", "", Some(&large)).await;
    answer.is(400, &["KB-006"]);
    assert!(
        answer.body["melding"].as_str().unwrap().contains("1000 byte"),
        "{}",
        answer.text
    );
    let deep = "[".repeat(900);
    let request = mock
        .request(Method::POST, "/")
        .header("content-type", "application/json")
        .body(deep);
    Answer::of(request).await.is(400, &["KB-006"]);
    let answer = mock.upload(&"x".repeat(2000), "annet", "a").await;
    answer.is(400, &["KB-006"]);
    assert_eq!(mock.admin(Method::GET, "/health", Value::Null).await.status, 200);
}

#[tokio::test]
async fn a_form_without_a_file_and_one_that_is_no_form_are_invalid_input() {
    let mock = Mock::start().await;
    let form = reqwest::multipart::Form::new()
        .text("type", "annet")
        .text("innsenderReferanse", "a");
    Answer::of(mock.request(Method::POST, "/vedlegg").multipart(form))
        .await
        .is(400, &["KB-006"]);
    for content_type in ["multipart/form-data", "multipart/form-data; boundary=x"] {
        let request = mock
            .request(Method::POST, "/vedlegg")
            .header("content-type", content_type)
            .body("--y\r\n");
        Answer::of(request).await.is(400, &["KB-006"]);
    }
    mock.upload("x", "ukjent type", "a").await.is(400, &["KB-006"]);
}

#[tokio::test]
async fn a_silent_connection_is_closed_and_its_place_is_free_again() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mock = Mock::with(|options| {
        options.limits.idle = std::time::Duration::from_secs(2);
        options.limits.connections = 2;
    })
    .await;
    let half_a_request = || async {
        let mut slow = tokio::net::TcpStream::connect(mock.server.address())
            .await
            .unwrap();
        slow.write_all(b"GET /_utlegg/health HTTP/1.1\r\nHo")
            .await
            .unwrap();
        let mut rest = Vec::new();
        // Ends when the server closes the connection, which it does though the request never ended.
        let _ = slow.read_to_end(&mut rest).await;
        assert!(!String::from_utf8_lossy(&rest).contains("200 OK"));
    };
    futures_util::future::join_all((0..3).map(|_| half_a_request())).await;
    assert_eq!(mock.admin(Method::GET, "/health", Value::Null).await.status, 200);
}

#[tokio::test]
async fn what_a_refused_client_sent_is_masked_in_the_journal() {
    let mock = Mock::start().await;
    let person = mock.party("kind=person").await;
    Answer::of(mock.http.get(mock.url(&format!("/finnes/ikke/{person}"))))
        .await
        .is(404, &["KB-003"]);
    let entry = mock.last().await.to_string();
    assert!(!entry.contains(&person), "{entry}");
}

#[tokio::test]
async fn what_lacks_at_the_root_is_told_without_an_empty_place() {
    let mock = Mock::start().await;
    let answer = mock.call("submit", "", Some(&json!({"underskrift": "X"}))).await;
    let melding = answer.body["melding"].as_str().unwrap().to_owned();
    assert!(
        melding.starts_with("Forespørselen er ikke gyldig. `"),
        "{melding}"
    );
    assert!(!melding.contains(" : ") && !melding.contains("; :"), "{melding}");
    let lookup = mock
        .call("ruleset-lookup", "", Some(&json!({"identifikatorer": [""]})))
        .await;
    lookup.is(400, &["KB-006"]);
}

#[tokio::test]
async fn requests_may_be_xml_and_are_judged_like_json() {
    let mock = Mock::start().await;
    let body = mock.request_body("xml").await;
    let send = |document: String| {
        mock.request(Method::POST, "/valider")
            .header("content-type", "application/xml")
            .body(document)
    };
    let answer = Answer::of(send(as_xml(&body))).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let mut wrong = body.clone();
    wrong["kravTilInnkreving"][0]["gjenstaaendeBeloep"]["beloep"] = json!(-1);
    Answer::of(send(as_xml(&wrong)))
        .await
        .is(422, &["UGYLDIG_BELOEP"]);
    wrong["kravTilInnkreving"][0]["gjenstaaendeBeloep"]["beloep"] = json!("mye");
    Answer::of(send(as_xml(&wrong))).await.is(400, &["KB-006"]);
    Answer::of(send("<ikke-xml".to_owned()))
        .await
        .is(400, &["KB-006"]);
}

fn as_xml(body: &Value) -> String {
    fn element(name: &str, value: &Value) -> String {
        match value {
            Value::Array(items) => items.iter().map(|item| element(name, item)).collect(),
            Value::Object(fields) => {
                let inner: String = fields.iter().map(|(name, field)| element(name, field)).collect();
                format!("<{name}>{inner}</{name}>")
            }
            Value::String(text) => format!("<{name}>{text}</{name}>"),
            scalar => format!("<{name}>{scalar}</{name}>"),
        }
    }
    element("utleggsbegjaering", body)
}
