//! The Maskinporten stand-in: what it publishes, issues and refuses.

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::client::{Answer, Mock};

fn refused(answer: &Answer, error: &str, number: &str) {
    assert_eq!(
        (answer.status, &answer.body["error"]),
        (400, &json!(error)),
        "{}",
        answer.text
    );
    let uri = answer.body["error_uri"].as_str().unwrap_or_default();
    assert!(uri.ends_with(&format!("/errors/{number}")), "{}", answer.text);
    assert!(
        answer.body["error_description"]
            .as_str()
            .unwrap()
            .contains("(trace_id: ")
    );
}

#[tokio::test]
async fn grants_are_refused_for_what_is_wrong_with_them() {
    let mock = Mock::start().await;
    let now = jiff::Timestamp::now().as_second();
    let details = |ty: &str, id: &str| {
        json!({"authorization_details": [
            {"type": ty, "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": id}},
        ]})
    };
    for (changes, error, number) in [
        (json!({"aud": mock.server.token_url()}), "invalid_grant", "MP-110"),
        (
            json!({"aud": mock.server.issuer().trim_end_matches('/')}),
            "invalid_grant",
            "MP-110",
        ),
        (json!({"iss": "ukjent"}), "invalid_grant", "MP-100"),
        (json!({"iat": now - 60}), "invalid_grant", "MP-130"),
        (
            json!({"iat": now + 60, "exp": now + 100}),
            "invalid_grant",
            "MP-130",
        ),
        (json!({"iat": now - 5, "exp": now - 1}), "invalid_grant", "MP-130"),
        (json!({"exp": now + 300}), "invalid_request", "MP-011"),
        (json!({"exp": null}), "invalid_request", "MP-011"),
        (json!({"scope": "skatteetaten:annet"}), "invalid_scope", "MP-200"),
        (json!({"farge": "blå"}), "invalid_request", "MP-011"),
        (json!({"consumer_org": "123456789"}), "invalid_scope", "MP-251"),
        (
            details("urn:altinn:annet", "0192:310000001"),
            "invalid_request",
            "MP-301",
        ),
        (
            json!({"authorization_details": [{"type": "urn:altinn:systemuser", "systemuserorg": 1}]}),
            "invalid_request",
            "MP-302",
        ),
        (
            details("urn:altinn:systemuser", "0192:999999999"),
            "invalid_altinn_customer_configuration",
            "MP-303",
        ),
    ] {
        let answer = mock.post_grant(&mock.grant(changes.clone())).await;
        refused(&answer, error, number);
    }
    let own = mock
        .post_grant(&mock.grant(json!({"consumer_org": mock.server.vendor()})))
        .await;
    assert_eq!(
        (own.status, &own.body["error"]),
        (400, &json!("invalid_request")),
        "{}",
        own.text
    );
}

#[tokio::test]
async fn a_grant_is_taken_once() {
    let mock = Mock::start().await;
    let grant = mock.grant(json!({}));
    assert_eq!(mock.post_grant(&grant).await.status, 200);
    refused(&mock.post_grant(&grant).await, "invalid_grant", "MP-012");
    let without_jti = mock.grant(json!({"jti": null}));
    assert_eq!(mock.post_grant(&without_jti).await.status, 200);
    refused(&mock.post_grant(&without_jti).await, "invalid_grant", "MP-012");
}

#[tokio::test]
async fn keys_algorithms_and_signatures_count() {
    let mock = Mock::start().await;
    let other = Mock::with(|options| options.keys = None).await;
    let now = jiff::Timestamp::now().as_second();
    let claims = json!({
        "aud": mock.server.issuer(), "iss": mock.credentials.client_id, "iat": now, "exp": now + 60,
        "scope": mock.server.scope(), "jti": "en",
    });
    let kid = Some(mock.credentials.kid.as_str());
    refused(
        &mock.post_grant(&mock.sign(&claims, None, Algorithm::RS256)).await,
        "invalid_grant",
        "MP-100",
    );
    refused(
        &mock
            .post_grant(&mock.sign(&claims, Some("annen"), Algorithm::RS256))
            .await,
        "invalid_grant",
        "MP-100",
    );
    refused(
        &mock.post_grant(&mock.sign(&claims, kid, Algorithm::PS256)).await,
        "invalid_request",
        "MP-011",
    );
    refused(
        &mock.post_grant(&other.sign(&claims, kid, Algorithm::RS256)).await,
        "invalid_grant",
        "MP-124",
    );
    refused(&mock.post_grant("søppel").await, "invalid_request", "MP-011");
    assert_eq!(
        mock.post_grant(&mock.sign(&claims, kid, Algorithm::RS512))
            .await
            .status,
        200
    );
    let form = [("grant_type", "client_credentials")];
    let answer = Answer::of(mock.http.post(mock.server.token_url()).form(&form)).await;
    assert_eq!(
        (answer.status, &answer.body["error"]),
        (400, &json!("unsupported_grant_type"))
    );
}

#[tokio::test]
async fn tokens_say_who_acts_and_verify_by_the_published_keys() {
    let mock = Mock::start().await;
    let customer = mock.party("kind=organisation&rules=new&seed=1").await;
    let systemuser = json!({"authorization_details": [{
        "type": "urn:altinn:systemuser", "externalRef": "ref-1",
        "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": format!("0192:{customer}")},
    }]});
    let own = decoded(&mock, json!({})).await;
    assert_eq!(
        own["consumer"]["ID"],
        json!(format!("0192:{}", mock.server.vendor()))
    );
    assert_eq!(own["exp"].as_i64().unwrap() - own["iat"].as_i64().unwrap(), 120);
    assert!(own.get("supplier").is_none() && own.get("authorization_details").is_none());
    let delegated = decoded(&mock, json!({"consumer_org": customer})).await;
    assert_eq!(delegated["consumer"]["ID"], json!(format!("0192:{customer}")));
    assert_eq!(
        delegated["supplier"]["ID"],
        json!(format!("0192:{}", mock.server.vendor()))
    );
    let system = decoded(&mock, systemuser).await;
    let user = &system["authorization_details"][0];
    assert_eq!(user["systemuser_org"]["ID"], json!(format!("0192:{customer}")));
    assert!(user["systemuser_id"].is_array());
    assert_eq!(system["consumer"], own["consumer"]);
}

async fn decoded(mock: &Mock, changes: Value) -> Value {
    let metadata = format!("{}.well-known/oauth-authorization-server", mock.server.issuer());
    let metadata = Answer::of(mock.http.get(metadata)).await.body;
    assert_eq!(metadata["token_endpoint"], json!(mock.server.token_url()));
    let keys = Answer::of(mock.http.get(metadata["jwks_uri"].as_str().unwrap()))
        .await
        .body;
    let answer = mock.post_grant(&mock.grant(changes)).await;
    assert_eq!(
        (&answer.body["token_type"], &answer.body["expires_in"]),
        (&json!("Bearer"), &json!(119))
    );
    let token = answer.body["access_token"].as_str().unwrap();
    let keys: jsonwebtoken::jwk::JwkSet = serde_json::from_value(keys).unwrap();
    let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let key = jsonwebtoken::DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(Algorithm::RS256);
    validation.set_issuer(&[mock.server.issuer()]);
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .unwrap()
        .claims
}
