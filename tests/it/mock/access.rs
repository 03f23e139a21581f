//! Tokens that are wrong in one way each, and what the organisations cannot see of each other.

use reqwest::Method;
use serde_json::json;

use super::client::{Answer, Mock};

#[tokio::test]
async fn flawed_tokens_are_refused_for_the_flaw_they_have() {
    let mut mock = Mock::start().await;
    for (kind, status, code, reason) in [
        ("expired", 401, "KB-004", "expired"),
        ("wrong-signature", 401, "KB-004", "signature"),
        ("wrong-issuer", 401, "KB-004", "somebody else"),
        ("wrong-scope", 403, "KB-005", "scope"),
        ("without-resource", 403, "KB-005", "resource"),
    ] {
        let issued = mock.admin(Method::POST, "/tokens", json!({"kind": kind})).await;
        issued.body["access_token"]
            .as_str()
            .unwrap()
            .clone_into(&mut mock.token);
        mock.call("case-status", "TEST_SAK_OPPRETTET", None)
            .await
            .is(status, &[code]);
        let entry = mock.last().await;
        assert!(entry["reason"].as_str().unwrap().contains(reason), "{entry}");
    }
    let issued = mock
        .admin(Method::POST, "/tokens", json!({"kind": "valid"}))
        .await;
    issued.body["access_token"]
        .as_str()
        .unwrap()
        .clone_into(&mut mock.token);
    assert_eq!(mock.status("TEST_SAK_OPPRETTET").await, "sakOpprettet");
}

#[tokio::test]
async fn tokens_of_another_mock_are_worth_nothing_and_ended_ones_stay_ended_though_they_were_good() {
    let other = Mock::start().await;
    let mut mock =
        Mock::with(|options| options.behaviour.token_lifetime = std::time::Duration::from_secs(1)).await;
    assert_eq!(mock.status("TEST_SAK_HEVET").await, "sakHevet");
    tokio::time::sleep(std::time::Duration::from_millis(2100)).await;
    mock.call("case-status", "TEST_SAK_HEVET", None)
        .await
        .is(401, &["KB-004"]);
    other.token.clone_into(&mut mock.token);
    mock.call("case-status", "TEST_SAK_HEVET", None)
        .await
        .is(401, &["KB-004"]);
}

#[tokio::test]
async fn an_organisation_does_not_see_what_another_has() {
    let mut mock = Mock::start().await;
    let reference = mock.submit(&mock.request_body("isolert").await).await;
    let uploaded = mock.upload("x", "annet", "isolert").await;
    let uuid = uploaded.body["uuid"].as_str().unwrap().to_owned();
    assert_eq!(
        (uploaded.status, mock.status(&reference).await.as_str()),
        (201, "sakOpprettet")
    );

    let vendor = mock.organisation.clone();
    let customer = mock.party("kind=organisation&rules=new&seed=99").await;
    assert_ne!(vendor, customer);
    mock.act_for(&customer).await;
    let body = mock.request_body("isolert").await;
    mock.call("case-status", &reference, None)
        .await
        .is(404, &["KB-009"]);
    mock.call("messages", &reference, None).await.is(404, &["KB-009"]);
    mock.call("change", &reference, Some(&body))
        .await
        .is(404, &["KB-009"]);
    mock.call("validate-change", &reference, Some(&body))
        .await
        .is(404, &["KB-009"]);
    mock.call("attachment-status", &uuid, None)
        .await
        .is(404, &["KB-009"]);
    let feed = mock.call("status-feed", "", None).await;
    assert_eq!(feed.body["hendelser"], json!([]));
    let parties = json!({
        "saksoeker": body["saksoeker"][0]["saksoeker"]["virksomhet"]["identifikator"]["verdi"],
        "saksoekt": body["saksoekt"][0]["saksoekt"]["person"]["identifikator"]["verdi"],
    });
    mock.call("deduction-insight", "", Some(&parties))
        .await
        .is(404, &["KB-007"]);
    // The same innsenderReferanse is another request when another organisation sends it.
    assert_ne!(mock.submit(&body).await, reference);
    let entry = mock.last().await;
    assert_eq!(entry["organisation"], json!(customer));

    let answer = Answer::of(mock.http.get(mock.url(&format!("/status/{reference}")))).await;
    answer.is(401, &["KB-004"]);
}
