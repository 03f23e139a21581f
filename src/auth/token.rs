//! An access token and what can go wrong on the way to one.

use std::time::{Duration, Instant};

use super::KeyError;

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

    /// The token itself.
    pub(super) fn text(&self) -> &str {
        &self.text
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
    #[error("the token endpoint {url} refused the grant with status {status}: {description}")]
    Refused {
        /// The token endpoint.
        url: String,
        /// Its HTTP status.
        status: u16,
        /// What it said, masked.
        description: String,
    },
    /// The environment has no client, so no identity but `none` can be used.
    #[error("the environment has no `maskinporten` settings, so only `as: none` can be used")]
    NoClient,
    /// The environment cannot issue a token that must be refused.
    #[error("this environment cannot issue a token that is `{0}`; only the mock can")]
    NoForgery(&'static str),
}
