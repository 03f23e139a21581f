//! A PKCS#12 file: key and certificates under one password, in the modern and in the older encryption.

use p12_keystore::error::Error;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy, PrivateKeyChain};

use super::der;
use super::material::{KeyError, KeyMaterial};

const FORM: &str = "PKCS#12 file";

pub(super) fn read(bytes: &[u8], password: Option<&str>) -> Result<KeyMaterial, KeyError> {
    let given = password.unwrap_or_default();
    let store =
        KeyStore::from_pkcs12(bytes, given, Pkcs12ImportPolicy::Relaxed).map_err(|error| match error {
            // The password is checked by a MAC over the whole content.
            Error::MacError(_) if password.is_none() => KeyError::NoPassword,
            Error::MacError(_) => KeyError::WrongPassword,
            Error::DerError(_) => KeyError::UnknownForm,
            other => KeyError::Broken {
                form: FORM,
                reason: other.to_string(),
            },
        })?;
    let chains: Vec<&PrivateKeyChain> = store
        .entries()
        .filter_map(|(_, entry)| match entry {
            KeyStoreEntry::PrivateKeyChain(chain) => Some(chain),
            _ => None,
        })
        .collect();
    let chain = match chains[..] {
        [chain] => chain,
        [] => return Err(KeyError::NoPrivateKey("certificates".to_owned())),
        _ => return Err(KeyError::SeveralKeys(chains.len())),
    };
    let mut material = KeyMaterial::new(FORM, der::from_pkcs8(chain.key().as_der())?);
    material.certificates = chain
        .certs()
        .iter()
        .map(|certificate| certificate.as_der().to_vec())
        .collect();
    Ok(material)
}
