//! A key that signs grants.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::Value;

use super::material::{KeyError, KeyMaterial};

/// The algorithms that Maskinporten takes (protocol facts, 1.2): no PS, no ES, no `EdDSA`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    #[default]
    Rs256,
    /// With SHA-384.
    Rs384,
    /// With SHA-512.
    Rs512,
}

impl FromStr for SigningAlgorithm {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "RS256" => Ok(Self::Rs256),
            "RS384" => Ok(Self::Rs384),
            "RS512" => Ok(Self::Rs512),
            _ => Err(format!(
                "`{text}` is no algorithm that Maskinporten takes; it takes RS256, RS384 and RS512"
            )),
        }
    }
}

/// How Maskinporten is to know the key: exactly one of two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// By the id under which it is registered on the client.
    Kid(String),
    /// By its certificate, the leaf first, each in DER form.
    Chain(Vec<Vec<u8>>),
}

/// A private RSA key with how it is shown.
#[derive(Clone)]
pub struct SigningKey {
    key: EncodingKey,
    algorithm: SigningAlgorithm,
    shown: Shown,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shown {
            Shown::Kid(kid) => write!(f, "SigningKey(kid {kid}, key masked)"),
            Shown::Chain(chain) => write!(f, "SigningKey({} certificates, key masked)", chain.len()),
        }
    }
}

impl SigningKey {
    /// A key in PEM form, PKCS#1 or PKCS#8, without a password, known by `kid`.
    ///
    /// # Errors
    /// [`KeyError`] when the text is not such a key.
    pub fn from_pem(pem: &[u8], kid: impl Into<String>) -> Result<Self, KeyError> {
        KeyMaterial::read(pem, None)?.signing_key(Shown::Kid(kid.into()), SigningAlgorithm::default())
    }

    pub(super) fn new(key: EncodingKey, shown: Shown, algorithm: SigningAlgorithm) -> Self {
        Self {
            key,
            algorithm,
            shown,
        }
    }

    /// How it is shown.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Signs claims as a compact JWS.
    ///
    /// # Errors
    /// [`KeyError::Unusable`] when the key cannot sign.
    pub fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        let mut header = Header::new(match self.algorithm {
            SigningAlgorithm::Rs256 => Algorithm::RS256,
            SigningAlgorithm::Rs384 => Algorithm::RS384,
            SigningAlgorithm::Rs512 => Algorithm::RS512,
        });
        match &self.shown {
            Shown::Kid(kid) => header.kid = Some(kid.clone()),
            // RFC 7515, 4.1.6: standard base64, not the URL kind.
            Shown::Chain(chain) => header.x5c = Some(chain.iter().map(|der| STANDARD.encode(der)).collect()),
        }
        jsonwebtoken::encode(&header, claims, &self.key)
            .map_err(|error| KeyError::Unusable(error.to_string()))
    }
}
