//! Masking of header values, which depends on the header's name.

use std::borrow::Cow;

use super::{MASK, mask};

/// Headers whose whole value is a secret.
const SECRET: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-api-key",
    "dpop",
];

/// The value of a header with secrets masked; of `Authorization` the scheme stays.
pub fn mask_header<'a>(name: &str, value: &'a str) -> Cow<'a, str> {
    if !SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
        return mask(value);
    }
    match value.split_once(' ') {
        Some((scheme, _)) if name.to_ascii_lowercase().ends_with("authorization") => {
            Cow::Owned(format!("{scheme} {MASK}"))
        }
        _ => Cow::Borrowed(MASK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secret_headers_keep_their_scheme_only() {
        for (name, value, masked) in [
            ("Authorization", "Bearer x", "Bearer ***"),
            ("authorization", "opaque", "***"),
            ("Cookie", "session=1 2", "***"),
            ("X-API-Key", "", "***"),
            ("Klientid", "vendor", "vendor"),
            ("Klientid", "30906197746", "3090******6"),
        ] {
            assert_eq!(mask_header(name, value), masked, "{name}");
            assert_eq!(
                mask_header(name, &mask_header(name, value)),
                masked,
                "{name} twice"
            );
        }
    }
}
