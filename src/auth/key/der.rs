//! The little of DER that a key's numbers are wrapped in, and telling an RSA key from others.

use jsonwebtoken::EncodingKey;

use super::KeyError;

/// The object identifier 1.2.840.113549.1.1.1 (`rsaEncryption`), encoded.
const RSA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// The key of a PKCS#8 structure.
pub(super) fn from_pkcs8(der: &[u8]) -> Result<EncodingKey, KeyError> {
    // The identifier of the algorithm stands within the first few dozen bytes.
    let start = &der[..der.len().min(64)];
    if !start.windows(RSA.len()).any(|window| window == RSA) {
        return Err(KeyError::NotRsa("one of another algorithm".to_owned()));
    }
    from_pem("PRIVATE KEY", der)
}

/// The key of a PKCS#1 structure.
pub(super) fn from_pkcs1(der: &[u8]) -> Result<EncodingKey, KeyError> {
    from_pem("RSA PRIVATE KEY", der)
}

/// `EncodingKey::from_rsa_der` takes PKCS#1 only, and says so no earlier than at the first signature.
fn from_pem(label: &str, der: &[u8]) -> Result<EncodingKey, KeyError> {
    let text = pem::encode(&pem::Pem::new(label, der));
    EncodingKey::from_rsa_pem(text.as_bytes()).map_err(|error| KeyError::Unusable(error.to_string()))
}

/// A SEQUENCE of unsigned INTEGERs, given most significant byte first.
pub(super) fn integers(numbers: &[Vec<u8>]) -> Vec<u8> {
    let mut content = Vec::new();
    for number in numbers {
        let digits: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
        let mut value = Vec::new();
        // An unsigned number whose first bit is set would be read as a negative one.
        if digits.first().is_none_or(|first| first & 0x80 != 0) {
            value.push(0);
        }
        value.extend(digits);
        element(0x02, &value, &mut content);
    }
    let mut sequence = Vec::new();
    element(0x30, &content, &mut sequence);
    sequence
}

fn element(tag: u8, content: &[u8], into: &mut Vec<u8>) {
    into.push(tag);
    let length = content.len();
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => into.push(short),
        _ => {
            let bytes: Vec<u8> = length
                .to_be_bytes()
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect();
            into.push(0x80 | u8::try_from(bytes.len()).unwrap_or_default());
            into.extend(bytes);
        }
    }
    into.extend_from_slice(content);
}
