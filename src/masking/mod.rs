//! Makes text safe to share: finds secrets and identifiers, however they are encoded, and puts masks in their place.
//!
//! Masked are JSON Web Tokens, bearer and other `Authorization` values, private keys (PEM and JWK), passwords and their
//! like in `key=value` and `"key": "value"`, national identity numbers and organisation numbers. Text is searched as
//! it stands, with percent-encoding resolved, and inside base64, three layers deep.
//!
//! A secret becomes `***`. A synthetic person keeps day, month and last digit (`3090******6`), enough to tell two
//! apart in a report; a synthetic organisation stays readable, since reports are of little use without it; a number that could
//! be somebody's real one disappears. Equal values get equal masks, and masking twice changes nothing more.

mod encoded;
mod header;
mod json;
mod redaction;
mod secrets;

pub use header::mask_header;
pub use json::mask_json;

use std::borrow::Cow;

/// What stands in a secret's place.
pub const MASK: &str = "***";

/// How often masked text is searched again for what only shows once something else is gone.
const ROUNDS: usize = 8;

/// The text with every secret and identifier masked; borrowed when there was none.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked = Cow::Borrowed(text);
    for _ in 0..ROUNDS {
        let redactions = encoded::find(&masked, encoded::LAYERS);
        match redaction::apply(&masked, redactions) {
            Some(changed) => masked = Cow::Owned(changed),
            None => break,
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    const PERSON: &str = "30906197746";
    const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6InNrYXR0In0.c2lnbmF0dXJl";

    #[test]
    fn every_kind_of_secret_is_masked_and_its_surroundings_stay() {
        for (text, masked) in [
            ("nothing here", "nothing here"),
            (PERSON, "3090******6"),
            ("311758489", "311758489"),
            ("/sak/309061 97746/x", "/sak/3090******6/x"),
            ("02013299997", "***********"),
            ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
            ("-H 'authorization: Basic dTpw'", "-H 'authorization: Basic ***'"),
            ("sent Bearer 0123456789abcdef0", "sent Bearer ***"),
            (
                "Bearer authentication is needed",
                "Bearer authentication is needed",
            ),
            (
                "grant_type=x&client_secret=hu%26sh&y=1",
                "grant_type=x&client_secret=***&y=1",
            ),
            (
                r#"{"password": "a\"b c", "x": 1}"#,
                r#"{"password": "***", "x": 1}"#,
            ),
            (
                r#"{"s":"{\"password\":\"a b\",\"x\":1}"}"#,
                r#"{"s":"{\"password\":\"***\",\"x\":1}"}"#,
            ),
            (r#"{"password":null}"#, r#"{"password":null}"#),
            (
                r#"{"access_token":"opaque","token_type":"Bearer"}"#,
                r#"{"access_token":"***","token_type":"Bearer"}"#,
            ),
            (r#"{"password":"cut off"#, r#"{"password":"***"#),
            ("Passord: hemmelig, bruker", "Passord: ***, bruker"),
            (
                "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb",
                "a\n-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nb",
            ),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIE",
                "-----BEGIN PRIVATE KEY-----***",
            ),
            (
                r#"{"kty":"RSA","d":"abcdefghijklmnopqrstuvwxyz"}"#,
                r#"{"kty":"RSA","d":"***"}"#,
            ),
        ] {
            assert_eq!(mask(text), masked, "{text}");
        }
        assert_eq!(mask(&format!("assertion={TOKEN}&a=b")), "assertion=***&a=b");
    }

    #[test]
    fn encodings_hide_nothing() {
        assert_eq!(mask("q=a%20309061%2097746&b"), "q=a%203090******6&b");
        assert_eq!(mask("q=client_secret%3Dhush%26b"), "q=client_secret%3D***%26b");
        assert_eq!(
            mask("q=client_secret%253Dhush%2526b"),
            "q=client_secret%253D***%2526b"
        );
        let hidden = STANDARD.encode(format!("fødselsnummer {PERSON}"));
        assert_eq!(mask(&format!("data {hidden} end")), "data *** end");
        let url_safe = URL_SAFE_NO_PAD.encode(format!("¿¿¿ {TOKEN}"));
        assert_eq!(mask(&format!("?x={url_safe}")), "?x=***");
        let twice = STANDARD.encode(STANDARD.encode(format!("client_secret=hush {PERSON}")));
        assert_eq!(mask(&twice), "***");
        let harmless = STANDARD.encode("nothing to see here, move along");
        assert_eq!(mask(&harmless), harmless);
    }

    #[test]
    fn uuids_amounts_and_times_stay() {
        let text = r#"{"uuid":"1a107a2d-6398-4675-944c-59f44fbeee82","beloep":12469.14,"tid":"2026-11-23T10:11:12.123456Z","kid":"2509937609"}"#;
        assert!(matches!(mask(text), Cow::Borrowed(same) if same == text));
    }

    fn any_mixture() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just(PERSON.to_owned()),
            Just("309061 97746".to_owned()),
            Just("02013299997".to_owned()),
            Just(TOKEN.to_owned()),
            Just("password=".to_owned()),
            Just("\"client_secret\":\"".to_owned()),
            Just("Authorization: ".to_owned()),
            Just("Bearer ".to_owned()),
            Just("-----BEGIN PRIVATE KEY-----".to_owned()),
            Just("-----END PRIVATE KEY-----".to_owned()),
            Just(STANDARD.encode(PERSON)),
            "[ %\"'&=:;,.\\\\-]{1,2}",
            "%[0-9A-F]{2}",
            "[0-9]{1,11}",
            "[a-zæ*]{1,20}",
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn masking_twice_changes_nothing_more(text in any_mixture()) {
            let once = mask(&text).into_owned();
            prop_assert_eq!(mask(&once), once.as_str(), "{}", text);
        }

        #[test]
        fn no_identifier_is_left(text in any_mixture()) {
            let masked = mask(&text).into_owned();
            let left = crate::identity::find_identifiers(&masked);
            prop_assert!(left.iter().all(|found| found.masked() == found.digits), "{} {:?}", masked, left);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let once = mask(&text).into_owned();
            prop_assert_eq!(mask(&once), once.as_str());
        }
    }
}
