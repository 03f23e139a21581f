//! The checks on a signed JWT grant, in the order in which the real token endpoint reports them.

use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde::Deserialize;
use serde_json::Value;

use super::claims::{AUTHORITY, OrganisationId, SYSTEM_USER};
use super::error::GrantError;
use crate::identity;

/// How far `iat` may be from the server's clock, seconds.
const SKEW: i64 = 10;
/// How long a grant may live, seconds.
const LIFETIME: i64 = 120;
const EXTERNAL_REF_MAX: usize = 255;
const KNOWN: [&str; 11] = [
    "aud",
    "iss",
    "iat",
    "exp",
    "jti",
    "scope",
    "resource",
    "consumer_org",
    "pid",
    "authorization_details",
    "sub",
];

/// A grant whose form is right; nothing in it is believed before [`verify_signature`].
#[derive(Debug)]
pub struct Assertion {
    /// The protected header.
    pub header: Header,
    /// The client that claims to have signed it.
    pub iss: String,
    /// Space-separated scopes.
    pub scope: String,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Ends at, seconds since 1970.
    pub exp: i64,
    /// What makes it unique: the `jti`, or the signature where there is none.
    pub unique: String,
    /// The intended receiver.
    pub aud: Option<String>,
    /// On whose behalf, by Altinn API delegation.
    pub consumer_org: Option<String>,
    /// The raw authorisation details.
    pub details: Option<Value>,
}

impl Assertion {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// MP-011 for whatever is malformed, missing, or not among the claims a grant may have.
    pub fn read(token: &str) -> Result<Self, GrantError> {
        let invalid = GrantError::invalid_assertion;
        let header =
            jsonwebtoken::decode_header(token).map_err(|_| invalid("The assertion is not a signed JWT"))?;
        if !matches!(header.alg, Algorithm::RS256 | Algorithm::RS384 | Algorithm::RS512) {
            return Err(invalid(
                "Invalid parameter value: alg must be RS256, RS384 or RS512",
            ));
        }
        let claims: serde_json::Map<String, Value> =
            jsonwebtoken::dangerous::insecure_decode_claims(token)
                .map_err(|_| invalid("The claims cannot be read as a JSON object"))?;
        if let Some(unknown) = claims.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(invalid(&format!("Unknown claim: {unknown}")));
        }
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
        let required =
            |name: &str| text(name).ok_or_else(|| invalid(&format!("Missing or invalid claim: {name}")));
        let seconds = |name: &str| {
            let value = claims.get(name).and_then(Value::as_i64);
            value.ok_or_else(|| invalid(&format!("Missing or invalid claim: {name}")))
        };
        Ok(Self {
            iss: required("iss")?,
            scope: required("scope")?,
            iat: seconds("iat")?,
            exp: seconds("exp")?,
            unique: text("jti").unwrap_or_else(|| token.rsplit('.').next().unwrap_or_default().to_owned()),
            aud: text("aud"),
            consumer_org: text("consumer_org"),
            details: claims.get("authorization_details").cloned(),
            header,
        })
    }

    /// MP-110 and MP-130: receiver and times.
    pub fn check_times(&self, issuer: &str, now: i64) -> Result<(), GrantError> {
        if self.aud.as_deref() != Some(issuer) {
            return Err(GrantError::authentication("MP-110", "Invalid JWT claim aud"));
        }
        if self.exp <= now {
            return Err(GrantError::authentication("MP-130", "JWT is expired"));
        }
        if self.iat.saturating_sub(now) > SKEW {
            return Err(GrantError::authentication("MP-130", "Issue time is after now"));
        }
        if now.saturating_sub(self.iat) > SKEW {
            return Err(GrantError::authentication("MP-130", "Issue time is too long ago"));
        }
        if self.exp.saturating_sub(self.iat) > LIFETIME {
            return Err(GrantError::invalid_assertion(
                "Invalid parameter value: exp - iat must not exceed 120 seconds",
            ));
        }
        Ok(())
    }

    /// MP-301 to MP-303: the customer whose system user is asked for, if any.
    pub fn system_user_organisation(&self) -> Result<Option<String>, GrantError> {
        let Some(details) = &self.details else {
            return Ok(None);
        };
        let [detail] = details.as_array().map(Vec::as_slice).unwrap_or_default() else {
            return Err(GrantError::details("MP-302", "Exactly one element is required"));
        };
        if detail.get("type").and_then(Value::as_str) != Some(SYSTEM_USER) {
            return Err(GrantError::details("MP-301", "Unknown type"));
        }
        let request =
            Requested::deserialize(detail).map_err(|_| GrantError::details("MP-302", "Unknown fields"))?;
        if request
            .external_ref
            .as_deref()
            .is_some_and(|text| !is_external_ref(text))
        {
            return Err(GrantError::details("MP-302", "Invalid externalRef"));
        }
        let number = request
            .systemuser_org
            .number()
            .filter(|_| request.systemuser_org.authority == AUTHORITY);
        match number.filter(|number| is_synthetic_organisation(number)) {
            Some(number) => Ok(Some(number.to_owned())),
            None => Err(GrantError::system_user(
                "System user not found for the given systemuser_org",
            )),
        }
    }

    /// The consumer, where access was delegated to `vendor`.
    pub fn delegating_consumer(&self, vendor: &str) -> Result<Option<&str>, GrantError> {
        match self.consumer_org.as_deref() {
            Some(consumer) if consumer == vendor => Err(GrantError::own_consumer()),
            Some(consumer) if !is_synthetic_organisation(consumer) => {
                Err(GrantError::not_delegated(consumer, &self.scope, vendor))
            }
            other => Ok(other),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requested {
    #[serde(rename = "type")]
    _kind: String,
    systemuser_org: OrganisationId,
    #[serde(rename = "externalRef")]
    external_ref: Option<String>,
}

fn is_external_ref(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "øØæÆåÅ_-".contains(c);
    text.chars().count() <= EXTERNAL_REF_MAX && text.chars().all(allowed)
}

/// Whether a number is a valid organisation number that belongs to nobody.
pub fn is_synthetic_organisation(number: &str) -> bool {
    identity::OrganisationNumber::parse(number).is_ok_and(|number| number.is_synthetic())
}

/// MP-124: the signature, by the key the client registered.
pub fn verify_signature(token: &str, algorithm: Algorithm, key: &DecodingKey) -> Result<(), GrantError> {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Value>(token, key, &validation)
        .map(|_| ())
        .map_err(|_| GrantError::authentication("MP-124", "Invalid JWT signature"))
}
