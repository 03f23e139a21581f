//! Tests of key files in every form; the forms that openssl writes are tried by `tests/peers/` too.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey, PrivateKeyChain,
};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use serde_json::{Value, json};

use super::*;

const PASSWORD: &str = "pæssørd på 1 Å";

fn key() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

/// The PKCS#1 structure within a PKCS#8 one: the octet string that is its last part.
fn pkcs1(key: &KeyPair) -> Vec<u8> {
    let der = key.serialize_der();
    let start = (20..40)
        .find(|&at| der[at] == 0x04 && der[at + 1] == 0x82)
        .unwrap()
        + 4;
    der[start..].to_vec()
}

/// The numbers of a PKCS#1 structure, the version first.
fn numbers(pkcs1: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = &pkcs1[4..];
    let mut numbers = Vec::new();
    while let [0x02, length, tail @ ..] = rest {
        let (length, tail) = match length {
            0x81 => (usize::from(tail[0]), &tail[1..]),
            0x82 => (usize::from(tail[0]) * 256 + usize::from(tail[1]), &tail[2..]),
            short => (usize::from(*short), tail),
        };
        numbers.push(tail[..length].to_vec());
        rest = &tail[length..];
    }
    numbers
}

fn jwk(key: &KeyPair) -> Value {
    let numbers = numbers(&pkcs1(key));
    let mut jwk = json!({"kty": "RSA", "kid": "kid-7", "use": "sig"});
    for (name, number) in ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
        .iter()
        .zip(&numbers[1..])
    {
        let digits: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        jwk[name] = json!(URL_SAFE_NO_PAD.encode(digits));
    }
    jwk
}

fn certificate(key: &KeyPair, organisation: &str, until: i32) -> Vec<u8> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "Fordring Øst Test CA");
    params
        .distinguished_name
        .push(DnType::CustomDnType(vec![2, 5, 4, 5]), organisation);
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(until, 1, 1);
    params.self_signed(key).unwrap().der().to_vec()
}

fn pkcs12(key: &KeyPair, encryption: EncryptionAlgorithm, mac: MacAlgorithm) -> Vec<u8> {
    let certificate = Certificate::from_der(&certificate(key, "310844136", 2030)).unwrap();
    let key = PrivateKey::from_der(&key.serialize_der()).unwrap();
    let mut store = KeyStore::new();
    let chain = PrivateKeyChain::new("1", key, [certificate]);
    store.add_entry("key", KeyStoreEntry::PrivateKeyChain(chain));
    let writer = store.writer(PASSWORD).encryption_algorithm(encryption);
    writer
        .mac_algorithm(mac)
        .mac_iterations(1000)
        .encryption_iterations(1000)
        .write()
        .unwrap()
}

/// The JWS that a file's key makes over the same claims: the same key gives the same text.
fn signed(bytes: &[u8], password: Option<&str>) -> Result<String, KeyError> {
    let material = KeyMaterial::read(bytes, password)?;
    let key = material.signing_key(Shown::Kid("kid".to_owned()), SigningAlgorithm::Rs256)?;
    key.sign(&json!({"a": 1}))
}

#[test]
fn every_form_of_one_key_signs_alike() {
    let key = key();
    let expected = signed(key.serialize_pem().as_bytes(), None).unwrap();
    let pkcs1 = pem::encode(&pem::Pem::new("RSA PRIVATE KEY", pkcs1(&key)));
    assert_eq!(signed(pkcs1.as_bytes(), None).unwrap(), expected);
    assert_eq!(signed(jwk(&key).to_string().as_bytes(), None).unwrap(), expected);
    let set = json!({"keys": [jwk(&key)]}).to_string();
    assert_eq!(signed(set.as_bytes(), None).unwrap(), expected);
    for (encryption, mac) in [
        (
            EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
            MacAlgorithm::HmacSha256,
        ),
        (
            EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
            MacAlgorithm::HmacSha1,
        ),
    ] {
        let file = pkcs12(&key, encryption, mac);
        assert_eq!(signed(&file, Some(PASSWORD)).unwrap(), expected);
        assert_eq!(
            signed(&file, Some("passord")).unwrap_err(),
            KeyError::WrongPassword
        );
        assert_eq!(signed(&file, None).unwrap_err(), KeyError::NoPassword);
    }
    assert_eq!(
        KeyMaterial::read(jwk(&key).to_string().as_bytes(), None)
            .unwrap()
            .kid
            .unwrap(),
        "kid-7"
    );
}

#[test]
fn a_key_is_shown_by_its_id_or_by_its_chain_never_by_both() {
    let key = key();
    let file = pkcs12(
        &key,
        EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
        MacAlgorithm::HmacSha256,
    );
    let material = KeyMaterial::read(&file, Some(PASSWORD)).unwrap();
    let by_chain = material
        .clone()
        .signing_key_with_chain(SigningAlgorithm::Rs512)
        .unwrap();
    let header = jsonwebtoken::decode_header(by_chain.sign(&json!({})).unwrap().as_bytes()).unwrap();
    assert_eq!(header.alg, jsonwebtoken::Algorithm::RS512);
    assert_eq!(header.kid, None);
    assert_eq!(header.x5c_der().unwrap().unwrap(), material.certificates);
    let bare = KeyMaterial::read(key.serialize_pem().as_bytes(), None).unwrap();
    let refused = bare.signing_key_with_chain(SigningAlgorithm::Rs256).unwrap_err();
    assert_eq!(refused, KeyError::NoCertificate);
}

#[test]
fn what_is_no_usable_key_is_said_so_and_nothing_of_it_is_shown() {
    let key = key();
    let elliptic = KeyPair::generate().unwrap().serialize_pem();
    let public = key.public_key_pem();
    let mut no_secret = jwk(&key);
    no_secret.as_object_mut().unwrap().remove("d");
    let mut broken = jwk(&key);
    broken["q"] = json!("***");
    let two = format!("{}{}", key.serialize_pem(), key.serialize_pem());
    let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    for (file, expected) in [
        (b"\x00\x01".to_vec(), "neither PEM, JWK nor PKCS#12"),
        (b"\x30\x03\x02\x01\x00".to_vec(), "neither PEM, JWK nor PKCS#12"),
        (elliptic.into_bytes(), "no RSA key"),
        (public.into_bytes(), "only a `PUBLIC KEY`"),
        (no_secret.to_string().into_bytes(), "no private key in it"),
        (broken.to_string().into_bytes(), "`q` is not base64url"),
        (br#"{"kty": "EC"}"#.to_vec(), "`kty` EC"),
        (br#"{"keys": []}"#.to_vec(), "the set holds no key"),
        (b"{ nonsense".to_vec(), "line 1"),
        (two.into_bytes(), "2 private keys"),
        (old.as_bytes().to_vec(), "openssl pkcs8 -topk8"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n".to_vec(), "without its end"),
    ] {
        let error = signed(&file, None).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("AAAA") && !error.contains("***"), "{error}");
    }
    let material = KeyMaterial::read(key.serialize_pem().as_bytes(), None).unwrap();
    assert_eq!(
        format!("{material:?}"),
        "KeyMaterial(PEM file, 0 certificates, key masked)"
    );
}

#[test]
fn a_certificate_is_examined_before_anybody_is_asked() {
    let key = key();
    let good = CertificateInfo::read(&certificate(&key, "NTRNO-310844136", 2030)).unwrap();
    assert_eq!(good.organisation.as_deref(), Some("310844136"));
    let now = "2026-11-24T00:00:00Z".parse().unwrap();
    assert_eq!(
        CertificateInfo::examine(std::slice::from_ref(&good), now, Some("310844136")),
        []
    );
    let found = |chain: &[CertificateInfo], now: &str, organisation| {
        let findings = CertificateInfo::examine(chain, now.parse().unwrap(), organisation);
        findings
            .into_iter()
            .map(|one| one.cause)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let one = std::slice::from_ref(&good);
    assert!(found(one, "2030-01-02T00:00:00Z", None).contains("expired at 2030-01-01"));
    assert!(found(one, "2029-12-20T00:00:00Z", None).contains("expires in 12 days"));
    assert!(found(one, "2024-01-01T00:00:00Z", None).contains("not valid before"));
    assert!(found(one, "2026-01-01T00:00:00Z", Some("311758489")).contains("MP-122"));
    assert!(found(&[], "2026-01-01T00:00:00Z", None).contains("no certificate"));
    let production = CertificateInfo {
        issuer: "CN=Issuer Class 3".to_owned(),
        ..good.clone()
    };
    let both = found(&[production, good], "2026-01-01T00:00:00Z", None);
    assert!(
        both.contains("production certificate") && both.contains("out of order"),
        "{both}"
    );
}
