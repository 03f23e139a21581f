//! The one place that fetches tokens: each is fetched once, kept, and renewed before it expires.
//!
//! Fetching is never part of a measured time, and two steps that need the same token at once wait for one fetch.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Deserialize;

use super::{AccessToken, AuthError, Client, Forgery, Identity, Refusal};
use crate::http::{Request, Response, Transport};

/// Where an environment issues tokens that must be refused: the mock's admin interface.
#[derive(Debug, Clone)]
pub struct ForgedTokens {
    /// Takes `{"kind": …}` and answers like a token endpoint.
    pub url: String,
}

/// Fetches tokens and keeps them.
#[derive(Debug)]
pub struct Broker<T> {
    transport: Arc<T>,
    client: Option<Client>,
    forged: Option<ForgedTokens>,
    slots: Mutex<HashMap<Identity, Slot>>,
    fetched: AtomicU64,
}

/// The lock is held while a token is fetched, so that others wait for it instead of fetching too.
type Slot = Arc<tokio::sync::Mutex<Option<AccessToken>>>;

/// What a token endpoint answers.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    expires_in: u64,
}

impl<T: Transport> Broker<T> {
    /// A broker for one environment; without a client only [`Identity::Anonymous`] works.
    pub fn new(transport: Arc<T>, client: Option<Client>, forged: Option<ForgedTokens>) -> Self {
        Self {
            transport,
            client,
            forged,
            slots: Mutex::default(),
            fetched: AtomicU64::new(0),
        }
    }

    /// The value of the `Authorization` header for `identity`; nothing for an anonymous one.
    ///
    /// # Errors
    /// Why there is no token.
    pub async fn authorization(&self, identity: &Identity) -> Result<Option<String>, AuthError> {
        if *identity == Identity::Anonymous {
            return Ok(None);
        }
        Ok(Some(self.token(identity).await?.header()))
    }

    /// The token for `identity`, kept or fetched.
    ///
    /// # Errors
    /// Why there is no token.
    pub async fn token(&self, identity: &Identity) -> Result<AccessToken, AuthError> {
        let slot = self.slot(identity);
        let mut kept = slot.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| token.is_fresh()) {
            return Ok(token.clone());
        }
        let token = self.fetch(identity).await?;
        *kept = Some(token.clone());
        Ok(token)
    }

    /// Forgets the token of `identity`, for when an API says that a fresh one is not good.
    pub async fn forget(&self, identity: &Identity) {
        *self.slot(identity).lock().await = None;
    }

    #[cfg(test)]
    pub(super) fn client(&self) -> &Client {
        self.client.as_ref().unwrap()
    }

    fn slot(&self, identity: &Identity) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(identity.clone()).or_default())
    }

    /// How many tokens have been asked for.
    pub fn fetched(&self) -> u64 {
        self.fetched.load(Ordering::Relaxed)
    }

    async fn fetch(&self, identity: &Identity) -> Result<AccessToken, AuthError> {
        self.fetched.fetch_add(1, Ordering::Relaxed);
        match identity {
            Identity::Forged(Forgery::WrongSignature) => {
                let good = self.fetch_by_grant(&Identity::Own).await?;
                Ok(with_broken_signature(&good))
            }
            Identity::Forged(forgery) => self.fetch_forged(*forgery).await,
            _ => self.fetch_by_grant(identity).await,
        }
    }

    async fn fetch_by_grant(&self, identity: &Identity) -> Result<AccessToken, AuthError> {
        let client = self.client.as_ref().ok_or(AuthError::NoClient)?;
        let grant = client.grant(identity)?;
        let form =
            format!("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion={grant}");
        self.exchange(&client.token_url, "application/x-www-form-urlencoded", form)
            .await
    }

    async fn fetch_forged(&self, forgery: Forgery) -> Result<AccessToken, AuthError> {
        let forged = self.forged.as_ref().ok_or(AuthError::NoForgery(forgery.name()))?;
        let body = serde_json::json!({ "kind": forgery.name() }).to_string();
        let token = self.exchange(&forged.url, "application/json", body).await?;
        // It is meant to be bad: there is nothing to renew within a run.
        Ok(AccessToken::new(token.text(), Duration::from_hours(1)))
    }

    async fn exchange(
        &self,
        url: &str,
        content_type: &'static str,
        body: String,
    ) -> Result<AccessToken, AuthError> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let request = Request {
            method: Method::POST,
            url: url.to_owned(),
            headers,
            body: Bytes::from(body),
        };
        let exchange = self.transport.send(request).await;
        let response = exchange.result.map_err(|error| AuthError::Unreachable {
            url: url.to_owned(),
            reason: error.to_string(),
        })?;
        read_answer(url, &response)
    }
}

fn read_answer(url: &str, response: &Response) -> Result<AccessToken, AuthError> {
    if response.status != 200 {
        return Err(AuthError::Refused {
            url: url.to_owned(),
            refusal: Box::new(Refusal::read(response, jiff::Timestamp::now())),
        });
    }
    let answer: TokenAnswer =
        serde_json::from_slice(&response.body).map_err(|_| AuthError::NoToken { url: url.to_owned() })?;
    Ok(AccessToken::new(
        answer.access_token,
        Duration::from_secs(answer.expires_in),
    ))
}

/// The same token with another signature of the same length.
fn with_broken_signature(token: &AccessToken) -> AccessToken {
    let (signed, signature) = token.text().rsplit_once('.').unwrap_or((token.text(), ""));
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    match bytes.first_mut() {
        Some(first) => *first ^= 0xff,
        None => bytes = vec![0; 256],
    }
    let text = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(bytes));
    AccessToken::new(text, Duration::from_mins(1))
}
