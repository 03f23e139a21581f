//! Secrets in text as it stands.

use std::sync::LazyLock;

use regex::Regex;

use super::redaction::Redaction;

/// Names whose values are secret, as part of a regular expression.
const NAMES: &str = "client_?secret|secret|password|passwd|passord|passphrase|access_?token|refresh_?token|id_?token|\
                     client_assertion|api_?key|private_?key";

/// The patterns; what the first group that took part matched is the secret. A test shows that all of them compile.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns()
        .iter()
        .filter_map(|pattern| Regex::new(pattern).ok())
        .collect()
});

fn patterns() -> [String; 7] {
    [
        // A JSON Web Token.
        r"(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*)".to_owned(),
        // The body of a private key, also of one that was cut off.
        r"(?s)-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(.*?)(?:-----END [A-Z ]{0,20}PRIVATE KEY-----|$)"
            .to_owned(),
        // The private parts of a JSON Web Key.
        r#""(?:d|p|q|dp|dq|qi)"\s*:\s*"([A-Za-z0-9_-]{20,})"#.to_owned(),
        // An Authorization header in a transcript or a curl command.
        r#"(?i)authorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:bearer|basic|dpop)\s+)?([^\s"'\\]+)"#.to_owned(),
        // A bearer value on its own; shorter words are prose.
        r"(?i)\b(?:bearer|dpop)\s+([A-Za-z0-9._~+/=-]{16,})".to_owned(),
        // name=value
        format!(r#"(?i)(?:{NAMES})=["']?([^\s"'&]+)"#),
        // "name": "value", the same inside a JSON text, and name: value
        format!(
            r#"(?i)(?:{NAMES})(?:\\?["'])?\s*:\s*(?:"((?:[^"\\]|\\.)*\\?)(?:"|$)|\\"(.*?)(?:\\"|$)|'([^']*)|([^\s"'\\&,;{{}}\[\]]+))"#
        ),
    ]
}

/// What every pattern needs. Most texts have none of it, and one pass for these few words, each in the casings that
/// names are written in, costs a tenth of the patterns themselves.
static HINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "eyJ|RIVATE KEY|\"(?:d|p|q|dp|dq|qi)\"|ecret|ECRET|assw|ASSW|assord|ASSORD|assphrase|ASSPHRASE|\
                 oken|OKEN|ssertion|SSERTION|pi_?[kK]ey|PI_?KEY|rivate_?[kK]ey|RIVATE_?KEY|\
                 uthorization|UTHORIZATION|earer|EARER|dpop|Dpop|DPoP|DPOP";
    Regex::new(words).ok()
});

fn may_hold_secret(text: &str) -> bool {
    HINT.as_ref().is_none_or(|hint| hint.is_match(text))
}

pub(super) fn find(text: &str, found: &mut Vec<Redaction>) {
    if !may_hold_secret(text) {
        return;
    }
    for pattern in PATTERNS.iter() {
        for captures in pattern.captures_iter(text) {
            let value = captures.iter().skip(1).flatten().next();
            found.extend(
                value
                    .filter(|value| !value.is_empty() && !is_no_secret(value.as_str()))
                    .map(|value| Redaction::secret(value.range())),
            );
        }
    }
}

/// JSON's own words are no passwords, and replacing them would break the JSON.
fn is_no_secret(value: &str) -> bool {
    matches!(value, "null" | "true" | "false")
}

/// Whether a field of this name holds a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    static WHOLE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(&format!("(?i)(?:{NAMES}|authorization)$")).ok());
    may_hold_secret(name) && WHOLE.as_ref().is_some_and(|names| names.is_match(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile() {
        assert_eq!(PATTERNS.len(), patterns().len());
    }

    #[test]
    fn every_name_is_hinted_at_in_every_usual_casing() {
        for name in NAMES.split('|').chain(["authorization", "bearer", "dpop"]) {
            for spelled in [name.replace('?', ""), name.replace("_?", "")] {
                let mut title = spelled.clone();
                title[..1].make_ascii_uppercase();
                for spelled in [spelled.to_uppercase(), title, spelled] {
                    assert!(may_hold_secret(&spelled), "{spelled}");
                }
            }
        }
        for name in ["clientSecret", "accessToken", "apiKey", "privateKey", "DPoP"] {
            assert!(may_hold_secret(name), "{name}");
        }
    }

    #[test]
    fn names_of_secrets_are_known_in_both_spellings() {
        for name in [
            "password",
            "clientSecret",
            "client_secret",
            "dbPassord",
            "Authorization",
            "accessToken",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["token_type", "passwordHint", "secretary", "kid"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
