//! Issues access tokens, and tells the API side whether one it was shown is good.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::Deserialize;
use uuid::Uuid;

use super::claims::{AccessClaims, OrganisationId, SYSTEM_USER, SystemUser};
use super::error::GrantError;
use super::grant::{Assertion, verify_signature};
use super::key::{KeyError, Keys};
use super::replay::Replay;

/// Verified tokens remembered, so that a signature is checked once and not per request.
const REMEMBERED: usize = 10_000;
/// Where the real test environment says delegations are recorded.
const DELEGATION_SOURCE: &str = "https://tt02.altinn.no/";

/// Whose access a token is to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// The vendor's own.
    Own,
    /// A consumer's, delegated to the vendor.
    Delegated(String),
    /// A customer's, by system user.
    SystemUser(String),
}

/// What is deliberately wrong with a token that the real Maskinporten would never issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// Nothing: a token as the real one issues it.
    #[serde(rename = "valid")]
    None,
    /// Ended before it was issued.
    Expired,
    /// For another API.
    WrongScope,
    /// Signature does not fit.
    WrongSignature,
    /// Says that somebody else issued it.
    WrongIssuer,
    /// A system user to whom the service's resource was not delegated.
    WithoutResource,
}

/// Why the API does not take a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a JWT with the claims of an access token.
    #[error("the token cannot be read")]
    Unreadable,
    /// Its end has passed.
    #[error("the token has expired")]
    Expired,
    /// Not signed by this Maskinporten.
    #[error("the token's signature is wrong")]
    WrongSignature,
    /// Issued by somebody else.
    #[error("the token was issued by somebody else")]
    WrongIssuer,
    /// The server has no key to check with.
    #[error("the stand-in for Maskinporten has no key")]
    NoKey,
}

/// The stand-in: one client, one issuer, two keys.
#[derive(Debug)]
pub struct Maskinporten {
    /// The issuer, with its trailing slash.
    pub issuer: String,
    /// The only scope it knows.
    pub scope: String,
    /// The organisation that owns the client.
    pub vendor: String,
    /// The client.
    pub client_id: String,
    /// How long a token lives.
    pub lifetime: Duration,
    pub(super) keys: Keys,
    replay: Replay,
    verified: RwLock<HashMap<String, Arc<AccessClaims>>>,
}

impl Maskinporten {
    /// A new one; its keys may still be in the making.
    pub fn new(issuer: String, scope: String, vendor: String, lifetime: Duration, keys: Keys) -> Self {
        Self {
            issuer,
            scope,
            vendor,
            client_id: Uuid::new_v4().to_string(),
            lifetime,
            keys,
            replay: Replay::default(),
            verified: RwLock::default(),
        }
    }

    /// The client's private key, for in-process use and for the key file.
    ///
    /// # Errors
    /// [`KeyError`] when no key could be made.
    pub async fn client_key(&self) -> Result<(&str, &str), KeyError> {
        let key = self.keys.client.get().await?;
        Ok((&key.kid, &key.private_pem))
    }

    /// Judges a signed grant.
    ///
    /// # Errors
    /// The [`GrantError`] the real endpoint would answer with; the inner result is about the stand-in itself.
    pub async fn judge(&self, token: &str, now: i64) -> Result<Result<Grant, GrantError>, KeyError> {
        let client_key = self.keys.client.get().await?;
        Ok((|| {
            let assertion = Assertion::read(token)?;
            if assertion.iss != self.client_id {
                return Err(GrantError::authentication("MP-100", "Client not found"));
            }
            if assertion.header.kid.as_deref() != Some(&client_key.kid) {
                return Err(GrantError::authentication(
                    "MP-100",
                    "No such key is registered on the client",
                ));
            }
            verify_signature(token, assertion.header.alg, &client_key.decoding)?;
            assertion.check_times(&self.issuer, now)?;
            if assertion.scope != self.scope {
                return Err(GrantError::scope(&assertion.scope));
            }
            let customer = assertion.system_user_organisation()?;
            let consumer = assertion.delegating_consumer(&self.vendor)?;
            let grant = match (customer, consumer) {
                (Some(_), Some(_)) => {
                    let text = "consumer_org and authorization_details exclude each other";
                    return Err(GrantError::invalid_assertion(text));
                }
                (Some(customer), None) => Grant::SystemUser(customer),
                (None, Some(consumer)) => Grant::Delegated(consumer.to_owned()),
                (None, None) => Grant::Own,
            };
            if !self.replay.first_use(&assertion.unique, assertion.exp, now) {
                return Err(GrantError::replay());
            }
            Ok(grant)
        })())
    }

    /// Issues an access token, with a flaw where a test asks for one.
    ///
    /// # Errors
    /// [`KeyError`] when there is no key to sign with.
    pub async fn issue(&self, grant: &Grant, flaw: Flaw, now: i64) -> Result<String, KeyError> {
        let key = self.keys.server.get().await?;
        let mut claims = self.claims(grant, now);
        match flaw {
            Flaw::Expired => (claims.iat, claims.exp) = (now - 600, now - 480),
            Flaw::WrongScope => claims.scope = format!("{}.annet", self.scope),
            Flaw::WrongIssuer => claims.iss = "https://issuer.invalid/".into(),
            Flaw::WithoutResource => self.give_system_user_without_resource(&mut claims),
            Flaw::None | Flaw::WrongSignature => {}
        }
        let mut header = Header::new(Algorithm::RS256);
        header.typ = None;
        header.kid = Some(key.kid.clone());
        let token = jsonwebtoken::encode(&header, &claims, &key.encoding)
            .map_err(|e| KeyError::Generation(e.to_string()))?;
        Ok(if flaw == Flaw::WrongSignature {
            with_broken_signature(&token)
        } else {
            token
        })
    }

    fn claims(&self, grant: &Grant, now: i64) -> AccessClaims {
        let vendor = OrganisationId::of(&self.vendor);
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX / 2);
        let mut claims = AccessClaims {
            iss: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_amr: "private_key_jwt".into(),
            consumer: vendor.clone(),
            supplier: None,
            delegation_source: None,
            authorization_details: None,
            scope: self.scope.clone(),
            token_type: "Bearer".into(),
            iat: now,
            exp: now + lifetime,
            jti: Uuid::new_v4().to_string(),
        };
        match grant {
            Grant::Own => {}
            Grant::Delegated(consumer) => {
                claims.consumer = OrganisationId::of(consumer);
                claims.supplier = Some(vendor);
                claims.delegation_source = Some(DELEGATION_SOURCE.into());
            }
            Grant::SystemUser(customer) => {
                claims.authorization_details = Some(vec![self.system_user(customer)]);
            }
        }
        claims
    }

    fn system_user(&self, customer: &str) -> SystemUser {
        SystemUser {
            kind: SYSTEM_USER.into(),
            systemuser_org: OrganisationId::of(customer),
            systemuser_id: vec![Uuid::new_v4().to_string()],
            system_id: format!("{}_utlegg", self.vendor),
        }
    }

    fn give_system_user_without_resource(&self, claims: &mut AccessClaims) {
        let mut user = match claims
            .authorization_details
            .take()
            .and_then(|mut list| list.pop())
        {
            Some(user) => user,
            None => self.system_user(&self.vendor),
        };
        user.system_id = self.system_without_resource();
        claims.authorization_details = Some(vec![user]);
    }

    fn system_without_resource(&self) -> String {
        format!("{}_without_resource", self.vendor)
    }

    /// Whether the token's system user, if any, holds the service's resource. The real service asks Altinn; the
    /// stand-in marks the ones that do not by their system.
    pub fn has_resource(&self, claims: &AccessClaims) -> bool {
        let without = self.system_without_resource();
        claims
            .authorization_details
            .iter()
            .flatten()
            .all(|user| user.system_id != without)
    }

    /// Reads an access token and checks signature, issuer and end. Scope and resource are the caller's to check.
    ///
    /// # Errors
    /// [`TokenError`], one variant for each thing that can be wrong.
    pub async fn verify(&self, token: &str, now: i64) -> Result<Arc<AccessClaims>, TokenError> {
        let known = self
            .verified
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(token)
            .cloned();
        let claims = match known {
            Some(claims) => claims,
            None => self.verify_signature(token).await?,
        };
        if claims.exp <= now {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }

    async fn verify_signature(&self, token: &str) -> Result<Arc<AccessClaims>, TokenError> {
        let key = self.keys.server.get().await.map_err(|_| TokenError::NoKey)?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let decoded = jsonwebtoken::decode::<AccessClaims>(token, &key.decoding, &validation);
        let claims = decoded.map_err(|e| match e.kind() {
            ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm => TokenError::WrongSignature,
            _ => TokenError::Unreadable,
        })?;
        if claims.claims.iss != self.issuer {
            return Err(TokenError::WrongIssuer);
        }
        let claims = Arc::new(claims.claims);
        let mut verified = self.verified.write().unwrap_or_else(PoisonError::into_inner);
        if verified.len() >= REMEMBERED {
            verified.clear();
        }
        verified.insert(token.to_owned(), Arc::clone(&claims));
        Ok(claims)
    }
}

/// The same token with another first character in its signature, which still is valid base64url.
fn with_broken_signature(token: &str) -> String {
    let Some((signed, signature)) = token.rsplit_once('.') else {
        return token.to_owned();
    };
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let rest: String = signature.chars().skip(1).collect();
    format!("{signed}.{other}{rest}")
}
