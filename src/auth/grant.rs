//! The signed JWT grant (RFC 7523) in the form Maskinporten demands.

use serde_json::{Value, json};

use super::{Identity, KeyError, SigningKey};

/// The longest life of a grant that Maskinporten accepts, in seconds.
const GRANT_LIFETIME: i64 = 120;

/// A Maskinporten client.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its id, the grant's `iss`.
    pub client_id: String,
    /// Maskinporten's issuer, the grant's `aud`.
    pub issuer: String,
    /// Where grants are exchanged for tokens.
    pub token_url: String,
    /// The scope asked for.
    pub scope: String,
    /// What signs the grant.
    pub key: SigningKey,
}

impl Client {
    /// A fresh grant for `identity`: `exp` at most 120 seconds ahead, a `jti` never used before.
    ///
    /// # Errors
    /// [`KeyError`] when the key cannot sign.
    pub fn grant(&self, identity: &Identity) -> Result<String, KeyError> {
        self.key
            .sign(&self.claims(identity, jiff::Timestamp::now().as_second()))
    }

    pub(super) fn claims(&self, identity: &Identity, now: i64) -> Value {
        let mut claims = json!({
            "aud": self.issuer,
            "iss": self.client_id,
            "scope": self.scope,
            "iat": now,
            "exp": now + GRANT_LIFETIME,
            "jti": uuid::Uuid::new_v4().to_string(),
        });
        match identity {
            Identity::SystemUser {
                organisation,
                external_ref,
            } => {
                let mut details = json!({
                    "type": "urn:altinn:systemuser",
                    "systemuser_org": { "authority": "iso6523-actorid-upis", "ID": format!("0192:{organisation}") },
                });
                if let Some(reference) = external_ref {
                    details["externalRef"] = json!(reference);
                }
                claims["authorization_details"] = json!([details]);
            }
            Identity::Delegated { organisation } => claims["consumer_org"] = json!(organisation),
            Identity::Anonymous | Identity::Own | Identity::Forged(_) => {}
        }
        claims
    }
}
