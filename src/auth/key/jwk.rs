//! A private key as a JWK (RFC 7517), or as a set with one key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::der;
use super::material::{KeyError, KeyMaterial};

/// The numbers of a private RSA key, in the order of PKCS#1.
const NUMBERS: [&str; 8] = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];

pub(super) fn read(text: &str) -> Result<KeyMaterial, KeyError> {
    let broken = |reason: String| KeyError::Broken { form: "JWK", reason };
    // serde_json names the line and the column, and nothing of the content.
    let document: Value =
        serde_json::from_str(text).map_err(|error| broken(format!("it is no JSON: {error}")))?;
    let key = match document["keys"].as_array().map(Vec::as_slice) {
        None => &document,
        Some([key]) => key,
        Some([]) => return Err(broken("the set holds no key".to_owned())),
        Some(keys) => return Err(KeyError::SeveralKeys(keys.len())),
    };
    match key["kty"].as_str() {
        Some("RSA") => {}
        Some(other) => return Err(KeyError::NotRsa(format!("`kty` {other}"))),
        None => return Err(broken("it has no `kty`".to_owned())),
    }
    if key.get("d").is_none() {
        return Err(KeyError::NoPrivateKey(
            "the public half of a JWK (no `d`)".to_owned(),
        ));
    }
    // PKCS#1's version 0: two primes.
    let mut numbers = vec![vec![0]];
    for name in NUMBERS {
        let encoded = key[name]
            .as_str()
            .ok_or_else(|| broken(format!("it has no `{name}`")))?;
        let number = URL_SAFE_NO_PAD
            .decode(encoded.trim_end_matches('='))
            .map_err(|_| broken(format!("`{name}` is not base64url")))?;
        numbers.push(number);
    }
    let mut material = KeyMaterial::new("JWK", der::from_pkcs1(&der::integers(&numbers))?);
    material.kid = key["kid"].as_str().map(str::to_owned);
    Ok(material)
}
