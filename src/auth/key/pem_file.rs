//! A key in PEM form, with certificates before or after it.

use pem::Pem;
use pkcs8::EncryptedPrivateKeyInfoRef;

use super::der;
use super::material::{KeyError, KeyMaterial};

const FORM: &str = "PEM file";

pub(super) fn read(text: &str, password: Option<&str>) -> Result<KeyMaterial, KeyError> {
    let blocks = pem::parse_many(text).map_err(|error| broken(error.to_string()))?;
    let keys: Vec<&Pem> = blocks
        .iter()
        .filter(|block| block.tag().ends_with("PRIVATE KEY"))
        .collect();
    let key = match keys[..] {
        [key] => key,
        [] => return Err(KeyError::NoPrivateKey(names(&blocks))),
        _ => return Err(KeyError::SeveralKeys(keys.len())),
    };
    let mut material = match key.tag() {
        "PRIVATE KEY" => KeyMaterial::new(FORM, der::from_pkcs8(key.contents())?),
        "RSA PRIVATE KEY" if key.headers().get("Proc-Type").is_some() => {
            return Err(broken(
                "its key is encrypted in OpenSSL's old form; `openssl pkcs8 -topk8 -in OLD -out NEW` writes one that can be read"
                    .to_owned(),
            ));
        }
        "RSA PRIVATE KEY" => KeyMaterial::new(FORM, der::from_pkcs1(key.contents())?),
        "ENCRYPTED PRIVATE KEY" => KeyMaterial::new(FORM, der::from_pkcs8(&decrypted(key, password)?)?),
        other => return Err(KeyError::NotRsa(format!("a `{other}`"))),
    };
    let certificates = blocks.into_iter().filter(|block| block.tag() == "CERTIFICATE");
    material.certificates = certificates.map(Pem::into_contents).collect();
    Ok(material)
}

fn broken(reason: String) -> KeyError {
    KeyError::Broken { form: FORM, reason }
}

fn names(blocks: &[Pem]) -> String {
    let names: Vec<String> = blocks
        .iter()
        .map(|block| format!("a `{}`", block.tag()))
        .collect();
    if names.is_empty() {
        "a block without its end".to_owned()
    } else {
        names.join(" and ")
    }
}

fn decrypted(key: &Pem, password: Option<&str>) -> Result<Vec<u8>, KeyError> {
    let info = EncryptedPrivateKeyInfoRef::try_from(key.contents())
        .map_err(|error| broken(format!("its encrypted key: {error}")))?;
    let password = password.ok_or(KeyError::NoPassword)?;
    // Decryption with a wrong password ends in a padding error, which says no more than that.
    let document = info.decrypt(password).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed) => KeyError::WrongPassword,
        pkcs8::Error::EncryptedPrivateKey(error) => broken(format!("its encryption: {error}")),
        _ => KeyError::WrongPassword,
    })?;
    Ok(document.as_bytes().to_vec())
}
