//! An access token and what can go wrong on the way to one.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::{KeyError, Refusal};

/// An access token; opaque, and never shown.
#[derive(Clone)]
pub struct AccessToken {
    text: String,
    expires_at: Instant,
    lifetime: Duration,
}

impl AccessToken {
    /// A token that is good for `lifetime` from now.
    pub fn new(text: impl Into<String>, lifetime: Duration) -> Self {
        Self {
            text: text.into(),
            expires_at: Instant::now() + lifetime,
            lifetime,
        }
    }

    /// The value of the `Authorization` header.
    pub fn header(&self) -> String {
        format!("Bearer {}", self.text)
    }

    /// The token itself. Whoever prints it must have been asked to.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How long it was good for when it came.
    pub fn lifetime(&self) -> Duration {
        self.lifetime
    }

    /// What its parts say, unverified: header and claims. `None` where it is no JWT, which it need not be.
    pub fn parts(&self) -> Option<(Value, Value)> {
        let mut parts = self.text.split('.');
        let mut part = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok();
        Some((part()?, part()?))
    }

    /// Whether enough of its life is left: a fifth of it, at most ten seconds.
    pub fn is_fresh(&self) -> bool {
        let margin = (self.lifetime / 5).min(Duration::from_secs(10));
        Instant::now() + margin < self.expires_at
    }
}

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessToken(masked)")
    }
}

/// Why there is no token. Always a matter of configuration or environment, never of conformance.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AuthError {
    /// The private key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The token endpoint did not answer.
    #[error("no answer from the token endpoint {url}: {reason}")]
    Unreachable {
        /// The token endpoint.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The token endpoint refused the grant.
    #[error("the token endpoint {url} refused the grant with {refusal}")]
    Refused {
        /// The token endpoint.
        url: String,
        /// What it said, and what that means.
        refusal: Box<Refusal>,
    },
    /// The token endpoint's answer is none.
    #[error(
        "the token endpoint {url} answers 200 without `access_token` and `expires_in`; is it Maskinporten's?"
    )]
    NoToken {
        /// The token endpoint.
        url: String,
    },
    /// The environment has no client, so no identity but `none` can be used.
    #[error("the environment has no `maskinporten` settings, so only `as: none` can be used")]
    NoClient,
    /// The environment cannot issue a token that must be refused.
    #[error("this environment cannot issue a token that is `{0}`; only the mock can")]
    NoForgery(&'static str),
}
