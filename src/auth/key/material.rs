//! What a key file holds, whatever its form.

use jsonwebtoken::EncodingKey;

use super::certificate::CertificateInfo;
use super::{Shown, SigningAlgorithm, SigningKey, jwk, pem_file, pkcs12};

/// Why a key file gives no key. No message holds anything of the key or its password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// None of the known forms.
    #[error("this is no key file: neither PEM, JWK nor PKCS#12")]
    UnknownForm,
    /// A known form, but broken.
    #[error("the {form} cannot be read: {reason}")]
    Broken {
        /// `PEM file`, `JWK`, `PKCS#12 file`.
        form: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A password is needed.
    #[error(
        "the key is protected by a password and none was given; name a variable with `password_env` or a file with `password_file`, or type it when asked"
    )]
    NoPassword,
    /// The password is wrong.
    #[error("the password does not open the key")]
    WrongPassword,
    /// No private key in it.
    #[error("there is no private key in it, only {0}")]
    NoPrivateKey(String),
    /// Several keys.
    #[error("there are {0} private keys in it, and nothing says which to use; export a file with one")]
    SeveralKeys(usize),
    /// A key of another kind.
    #[error("it is no RSA key but {0}; Maskinporten takes RS256, RS384 and RS512 only")]
    NotRsa(String),
    /// A certificate is to be shown, but none is there.
    #[error("a certificate chain (`x5c`) is to be sent, but the key file holds no certificate")]
    NoCertificate,
    /// The key cannot sign.
    #[error("the private key cannot sign: {0}")]
    Unusable(String),
}

/// A private key and the certificates beside it.
#[derive(Clone)]
pub struct KeyMaterial {
    /// The form it came in, for people.
    pub form: &'static str,
    /// The key id that a JWK carries.
    pub kid: Option<String>,
    /// The certificates, in the order of the file, each in DER form.
    pub certificates: Vec<Vec<u8>>,
    key: EncodingKey,
}

impl std::fmt::Debug for KeyMaterial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "KeyMaterial({}, {} certificates, key masked)",
            self.form,
            self.certificates.len()
        )
    }
}

impl KeyMaterial {
    /// Reads a key file in any form: PEM with PKCS#1, PKCS#8 or encrypted PKCS#8, a JWK, or PKCS#12.
    ///
    /// # Errors
    /// [`KeyError`], each with its cure.
    pub fn read(bytes: &[u8], password: Option<&str>) -> Result<Self, KeyError> {
        let text = std::str::from_utf8(bytes)
            .unwrap_or_default()
            .trim_start_matches('\u{feff}')
            .trim();
        if text.contains("-----BEGIN ") {
            return pem_file::read(text, password);
        }
        if text.starts_with('{') {
            return jwk::read(text);
        }
        // A DER sequence.
        if bytes.first() == Some(&0x30) {
            return pkcs12::read(bytes, password);
        }
        Err(KeyError::UnknownForm)
    }

    pub(super) fn new(form: &'static str, key: EncodingKey) -> Self {
        Self {
            form,
            kid: None,
            certificates: Vec::new(),
            key,
        }
    }

    /// The key that signs grants.
    ///
    /// # Errors
    /// [`KeyError::Unusable`] when it cannot sign, which is tried here rather than at the first request.
    pub fn signing_key(self, shown: Shown, algorithm: SigningAlgorithm) -> Result<SigningKey, KeyError> {
        let key = SigningKey::new(self.key, shown, algorithm);
        key.sign(&serde_json::json!({}))?;
        Ok(key)
    }

    /// The key shown by its own certificates, the leaf first.
    ///
    /// # Errors
    /// [`KeyError::NoCertificate`], [`KeyError::Unusable`].
    pub fn signing_key_with_chain(self, algorithm: SigningAlgorithm) -> Result<SigningKey, KeyError> {
        if self.certificates.is_empty() {
            return Err(KeyError::NoCertificate);
        }
        let chain = self.certificates.clone();
        self.signing_key(Shown::Chain(chain), algorithm)
    }

    /// What its certificates say, in the order of the file.
    pub fn certificate_infos(&self) -> Vec<CertificateInfo> {
        self.certificates
            .iter()
            .filter_map(|der| CertificateInfo::read(der))
            .collect()
    }
}
