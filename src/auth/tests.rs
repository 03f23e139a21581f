//! Tests of the broker against a transport that counts what it is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use super::*;
use crate::http::{Exchange, Request, Response, Timing, Transport};

struct Endpoint {
    asked: AtomicUsize,
    status: u16,
    lifetime: u64,
}

impl Transport for Endpoint {
    async fn send(&self, request: Request) -> Exchange {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(20)).await;
        let body = match self.status {
            200 => format!(
                r#"{{"access_token":"aGVhZA.Ym9keQ{number}.c2lnbmF0dXJl","expires_in":{}}}"#,
                self.lifetime
            ),
            _ => {
                r#"{"error":"invalid_grant","error_description":"Client not found (trace_id: 0)"}"#.to_owned()
            }
        };
        Exchange {
            request,
            result: Ok(Response {
                status: self.status,
                headers: HeaderMap::new(),
                body: Bytes::from(body),
            }),
            timing: Timing {
                started_at: jiff::Timestamp::UNIX_EPOCH,
                to_headers: None,
                total: Duration::ZERO,
            },
        }
    }
}

fn broker(status: u16, lifetime: u64) -> (Arc<Endpoint>, Broker<Endpoint>) {
    let key = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)
        .unwrap()
        .serialize_pem();
    let client = Client {
        client_id: "client".to_owned(),
        issuer: "http://127.0.0.1/maskinporten/".to_owned(),
        token_url: "http://127.0.0.1/maskinporten/token".to_owned(),
        scope: "skatteetaten:utleggsbegjaering".to_owned(),
        key: SigningKey::from_pem(key.as_bytes(), "kid-1").unwrap(),
    };
    let endpoint = Arc::new(Endpoint {
        asked: AtomicUsize::new(0),
        status,
        lifetime,
    });
    (Arc::clone(&endpoint), Broker::new(endpoint, Some(client), None))
}

#[tokio::test]
async fn many_who_need_the_same_token_cause_one_fetch() {
    let (endpoint, broker) = broker(200, 120);
    let headers = futures_util::future::join_all((0..20).map(|_| broker.authorization(&Identity::Own))).await;
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 1);
    for header in headers {
        assert_eq!(header.unwrap().unwrap(), "Bearer aGVhZA.Ym9keQ0.c2lnbmF0dXJl");
    }
    let other = Identity::Delegated {
        organisation: "310844136".to_owned(),
    };
    broker.authorization(&other).await.unwrap();
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed() {
    let (endpoint, broker) = broker(200, 0);
    broker.authorization(&Identity::Own).await.unwrap();
    broker.authorization(&Identity::Own).await.unwrap();
    assert_eq!(endpoint.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_refusal_says_what_maskinporten_said() {
    let (_, broker) = broker(400, 0);
    let error = broker
        .authorization(&Identity::Own)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("status 400: invalid_grant: Client not found"),
        "{error}"
    );
    assert!(
        broker
            .authorization(&Identity::Anonymous)
            .await
            .unwrap()
            .is_none()
    );
    let error = broker
        .authorization(&Identity::Forged(Forgery::Expired))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("only the mock can"));
}

#[tokio::test]
async fn a_wrong_signature_differs_in_nothing_but_the_signature() {
    let (_, broker) = broker(200, 120);
    let forged = broker
        .authorization(&Identity::Forged(Forgery::WrongSignature))
        .await
        .unwrap()
        .unwrap();
    let (signed, signature) = forged.rsplit_once('.').unwrap();
    assert_eq!(signed, "Bearer aGVhZA.Ym9keQ0");
    assert_ne!(signature, "c2lnbmF0dXJl");
    assert_eq!(signature.len(), "c2lnbmF0dXJl".len());
}

#[test]
fn the_grant_has_the_claims_that_maskinporten_demands() {
    let (_, broker) = broker(200, 120);
    let client = broker.client();
    let identity = Identity::SystemUser {
        organisation: "310844136".to_owned(),
        external_ref: Some("ref".to_owned()),
    };
    let claims = client.claims(&identity, 1000);
    assert_eq!(claims["aud"], "http://127.0.0.1/maskinporten/");
    assert_eq!(claims["exp"], 1120);
    assert_eq!(
        claims["authorization_details"][0]["systemuser_org"]["ID"],
        "0192:310844136"
    );
    assert_eq!(claims["authorization_details"][0]["externalRef"], "ref");
    assert!(claims.get("resource").is_none());
    assert_ne!(claims["jti"], client.claims(&identity, 1000)["jti"]);
}
