//! The admin interface, starting and stopping.

use reqwest::Method;
use serde_json::{Value, json};
use utlegg::mock::{Handout, Options, Server, StartError};
use utlegg::testdata::{Kind, Party, Rules};

use super::client::{Mock, contract};

#[tokio::test]
async fn what_the_admin_interface_does_not_understand_it_names() {
    let mock = Mock::start().await;
    for (method, path, body, status, expected) in [
        (
            Method::PUT,
            "/scripts/a",
            json!({"after_submit": {"decied": {}}}),
            400,
            "did you mean `decide`?",
        ),
        (
            Method::PUT,
            "/scripts/a",
            json!({"after_submit": {"fail": {"code": "KB-01"}}}),
            400,
            "`KB-01`",
        ),
        (
            Method::PUT,
            "/scripts/a",
            json!({"after_submit": {"delay": {"by": "1s", "operation": "sumbit"}}}),
            400,
            "did you mean `submit`?",
        ),
        (
            Method::POST,
            "/clock",
            json!({"advance_ms": 1}),
            400,
            "exactly one of",
        ),
        (
            Method::POST,
            "/clock",
            json!({"uuid": "x", "innsenderReferanse": "y", "advance_ms": 1}),
            400,
            "exactly one of",
        ),
        (
            Method::POST,
            "/clock",
            json!({"uuid": "x", "advance": 1}),
            400,
            "unknown field `advance`",
        ),
        (
            Method::POST,
            "/clock",
            json!({"eksternSaksreferanse": "x", "advance_ms": 1}),
            404,
            "no such case",
        ),
        (
            Method::POST,
            "/tokens",
            json!({"kind": "golden"}),
            400,
            "unknown variant `golden`",
        ),
        (
            Method::POST,
            "/tokens",
            json!({"kind": "valid", "organisation": "999999999"}),
            400,
            "synthetic",
        ),
        (Method::GET, "/journal?sicne=1", Value::Null, 400, "sicne"),
        (Method::GET, "/parties?kind=hest", Value::Null, 400, "hest"),
        (
            Method::GET,
            "/finnes-ikke",
            Value::Null,
            404,
            "the admin interface has",
        ),
        (
            Method::DELETE,
            "/health",
            Value::Null,
            404,
            "the admin interface has",
        ),
        (Method::DELETE, "/scripts/ukjent", Value::Null, 404, "no script"),
    ] {
        let answer = mock.admin(method, path, body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        assert!(
            answer.body["error"].as_str().unwrap().contains(expected),
            "{path}: {}",
            answer.text
        );
    }
}

#[tokio::test]
async fn the_journal_goes_on_from_where_a_reader_stopped() {
    let mock = Mock::with(|options| options.limits.journal = 3).await;
    for _ in 0..5 {
        mock.call("case-status", "TEST_SAK_HEVET", None).await;
    }
    let page = mock
        .admin(Method::GET, "/journal?since=1", Value::Null)
        .await
        .body;
    assert_eq!((&page["last"], &page["lost"]), (&json!(5), &json!(1)));
    let entry = &page["entries"][0];
    assert_eq!(
        (&entry["sequence"], &entry["operation"]),
        (&json!(3), &json!("case-status"))
    );
    assert_eq!(
        (&entry["stage"], &entry["status"]),
        (&json!("operation"), &json!(200))
    );
    let page = mock
        .admin(Method::GET, "/journal?since=5", Value::Null)
        .await
        .body;
    assert_eq!(page["entries"], json!([]));
}

#[tokio::test]
async fn parties_come_as_the_register_has_them() {
    let mock = Mock::start().await;
    let query = "/parties?kind=organisation&rules=old&count=5&seed=2";
    let first = mock.admin(Method::GET, query, Value::Null).await;
    let parties: Vec<Party> = serde_json::from_value(first.body.clone()).unwrap();
    assert_eq!(parties.len(), 5);
    assert!(
        parties
            .iter()
            .all(|party| party.kind == Kind::MainUnit && party.rules == Rules::Old)
    );
    assert_eq!(mock.admin(Method::GET, query, Value::Null).await.body, first.body);
}

#[tokio::test]
async fn only_loopback_is_served_unless_asked_and_a_taken_port_is_said_so() {
    let mut public = Options::new(vec![contract()]);
    public.address = "0.0.0.0:0".parse().unwrap();
    assert!(matches!(Server::start(public).await, Err(StartError::Public(_))));
    assert!(matches!(
        Server::start(Options::new(Vec::new())).await,
        Err(StartError::NoContract)
    ));
    let first = Server::start(Options::new(vec![contract()])).await.unwrap();
    let mut second = Options::new(vec![contract()]);
    second.address = first.address();
    let error = Server::start(second).await.unwrap_err().to_string();
    assert!(error.contains("choose another port"), "{error}");
    first.shutdown().await;
}

#[tokio::test]
async fn after_shutdown_nobody_answers_and_a_listener_may_be_the_callers() {
    let mock = Mock::with(|options| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        options.listener = Some(tokio::net::TcpListener::from_std(listener).unwrap());
    })
    .await;
    let url = mock.server.admin_url() + "/health";
    assert_eq!(
        mock.admin(Method::GET, "/health", Value::Null).await.body["status"],
        json!("ok")
    );
    mock.server.shutdown().await;
    assert!(reqwest::get(url).await.unwrap_err().is_connect());
}

#[tokio::test]
async fn a_vendors_client_is_told_what_it_needs() {
    let mock = Mock::start().await;
    let handout = Handout::of(&mock.server).await.unwrap();
    let text = handout.env_file(std::path::Path::new("key.pem"));
    for line in [
        format!("UTLEGG_BASE_URL={}", mock.server.base_url("v2").unwrap()),
        format!("UTLEGG_TOKEN_URL={}", mock.server.token_url()),
        format!("UTLEGG_CLIENT_ID={}", mock.credentials.client_id),
        "UTLEGG_KEY_FILE=key.pem".to_owned(),
    ] {
        assert!(
            text.lines().any(|known| known == line),
            "{line} is not in\n{text}"
        );
    }
    assert!(!text.contains("PRIVATE"));
    assert!(handout.curl_example().contains("/status/TEST_SAK_BESLUTTET"));
}
