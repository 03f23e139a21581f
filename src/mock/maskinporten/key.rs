//! RSA keys made at start on threads of their own, so that only who needs one waits for it.

use std::sync::{Arc, OnceLock};

use jsonwebtoken::jwk::{Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};

/// Why there is no key.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library refused to make or read one; its words are kept.
    #[error("no RSA key could be made: {0}")]
    Generation(String),
    /// The thread that makes it did not finish.
    #[error("the task that makes the RSA key was stopped")]
    Interrupted,
}

/// An RSA-2048 key pair with what each side needs of it.
pub struct RsaKey {
    /// Its name in the `kid` header of what it signs.
    pub kid: String,
    /// The private key, PKCS#8 in PEM.
    pub private_pem: String,
    /// Signs.
    pub encoding: EncodingKey,
    /// Verifies.
    pub decoding: DecodingKey,
    /// The public half as a JSON Web Key.
    pub jwk: Jwk,
}

impl std::fmt::Debug for RsaKey {
    /// Never prints the private half.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RsaKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

impl RsaKey {
    fn generate() -> Result<Self, KeyError> {
        let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)
            .map_err(|e| KeyError::Generation(e.to_string()))?;
        let private_pem = pair.serialize_pem();
        Self::from_pem(private_pem).map_err(|e| KeyError::Generation(e.to_string()))
    }

    fn from_pem(private_pem: String) -> jsonwebtoken::errors::Result<Self> {
        let kid = uuid::Uuid::new_v4().to_string();
        let encoding = EncodingKey::from_rsa_pem(private_pem.as_bytes())?;
        let mut jwk = Jwk::from_encoding_key(&encoding, Algorithm::RS256)?;
        jwk.common.key_id = Some(kid.clone());
        jwk.common.key_algorithm = Some(KeyAlgorithm::RS256);
        jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
        let decoding = DecodingKey::from_jwk(&jwk)?;
        Ok(Self {
            kid,
            private_pem,
            encoding,
            decoding,
            jwk,
        })
    }
}

/// A key that may still be in the making.
#[derive(Debug, Clone, Default)]
pub struct KeySlot(Arc<OnceLock<Result<RsaKey, KeyError>>>);

impl KeySlot {
    /// Starts making a key on a thread of its own and returns at once.
    pub fn start() -> Self {
        let slot = Self::default();
        let making = slot.clone();
        // Where no thread can be had the first user makes the key; nothing is lost but time.
        let _ = std::thread::Builder::new().name("rsa-key".into()).spawn(move || {
            // An error stays in the slot for whoever asks.
            let _ = making.make();
        });
        slot
    }

    fn make(&self) -> Result<&RsaKey, KeyError> {
        self.0
            .get_or_init(RsaKey::generate)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The key; waits for it without holding up other tasks.
    ///
    /// # Errors
    /// [`KeyError`] when it could not be made.
    pub async fn get(&self) -> Result<&RsaKey, KeyError> {
        if self.0.get().is_none() {
            let making = self.clone();
            tokio::task::spawn_blocking(move || making.make().map(|_| ()))
                .await
                .map_err(|_| KeyError::Interrupted)??;
        }
        self.make()
    }
}

/// Both keys of a mock. Clones share them, so that several servers can do with one pair, and a caller in a hurry can
/// have them made while it does something else.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Maskinporten's own.
    pub(super) server: KeySlot,
    /// The client's.
    pub(super) client: KeySlot,
}

impl Keys {
    /// Starts making both, each on a thread of its own, and returns at once.
    pub fn start() -> Self {
        Self {
            server: KeySlot::start(),
            client: KeySlot::start(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_slot_makes_one_key_for_all_who_wait() {
        let slot = KeySlot::start();
        let (a, b) = tokio::join!(slot.get(), slot.get());
        let (a, b) = (a.unwrap(), b.unwrap());
        assert_eq!(a.kid, b.kid);
        assert!(a.private_pem.starts_with("-----BEGIN PRIVATE KEY-----"));
        assert!(!format!("{slot:?}").contains("PRIVATE"));
    }
}
