//! What Maskinporten means when it refuses a grant: its error, put into cause and cure.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use crate::http::{Response, text_of};
use crate::masking;

/// Maskinporten accepts an `iat` within ten seconds of its own clock (protocol facts, 1.2).
const CLOCK_TOLERANCE: i64 = 10;

/// A refusal by a token endpoint, read in both forms that Maskinporten has used (400, and the older 403).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The number of the error, such as `MP-303`, where it is told.
    pub number: Option<String>,
    /// What it said: `error: error_description`, or the beginning of whatever came. Masked.
    pub said: String,
    /// What to name when asking Maskinporten's operators.
    pub trace_id: Option<String>,
    /// How many seconds this machine's clock is ahead of Maskinporten's (behind: negative), where that is too much.
    pub clock_skew: Option<i64>,
    /// What it means and what to do about it, where that is known.
    pub advice: Option<Advice>,
}

/// What an error means and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// What it means.
    pub cause: &'static str,
    /// What to do.
    pub cure: &'static str,
}

/// The known errors: number, a part of the description that tells it where no number does, advice. Source: protocol facts,
/// 1.4. The more telling part stands first.
const KNOWN: [(&str, &str, Advice); 19] = [
    (
        "MP-012",
        "used before",
        advice(
            "the grant was used before: each is good for one token",
            "send a fresh `jti` each time; two programs must not share one grant",
        ),
    ),
    (
        "MP-110",
        "JWT claim aud",
        advice(
            "`aud` is not this Maskinporten's issuer",
            "write `issuer` with its trailing slash as the metadata document has it; test and production differ",
        ),
    ),
    (
        "MP-121",
        "Expired key",
        advice(
            "the key registered on the client has expired; keys live for one year",
            "register a new key on the client and write its `kid` into the settings",
        ),
    ),
    (
        "MP-122",
        "Does not match certificate orgno",
        advice(
            "the certificate is for another organisation than the client",
            "use the certificate of the organisation that owns the client",
        ),
    ),
    (
        "MP-123",
        "JWT header x5c",
        advice(
            "the certificate chain in the grant is not accepted",
            "send the whole chain, the enterprise certificate first",
        ),
    ),
    (
        "MP-124",
        "JWT signature",
        advice(
            "the signature does not belong to the key that Maskinporten knows",
            "see that `kid` and the key file belong together",
        ),
    ),
    (
        "MP-120",
        "signed with an invalid certificate",
        advice(
            "the certificate is not accepted",
            "see whether it has expired, is revoked, or belongs to the other environment",
        ),
    ),
    (
        "MP-130",
        "JWT is expired",
        advice(
            "the grant had expired when it arrived",
            "set this machine's clock by a time server",
        ),
    ),
    (
        "MP-130",
        "Issue time is after now",
        advice(
            "the grant was issued in the future",
            "set this machine's clock by a time server",
        ),
    ),
    (
        "MP-100",
        "Client not found",
        advice(
            "Maskinporten knows no such client",
            "see `client_id`, and that the client is in the environment that `issuer` names",
        ),
    ),
    (
        "MP-100",
        "Client authentication failed",
        advice(
            "the client could not be authenticated",
            "see `client_id`, `kid` and the key file, and that all belong to this environment",
        ),
    ),
    (
        "MP-200",
        "invalid scopes for client",
        advice(
            "the scope is not registered on the client",
            "add the scope to the client in the self-service of Maskinporten",
        ),
    ),
    (
        "MP-201",
        "integration type",
        advice(
            "the client is of a type that must not have the scope",
            "make a client of the type Maskinporten",
        ),
    ),
    (
        "MP-250",
        "has not been granted access",
        advice(
            "the organisation has not been given access to the scope",
            "ask the administration for access to the scope for the organisation number of the client",
        ),
    ),
    (
        "MP-251",
        "has not delegated access",
        advice(
            "the customer has not delegated the scope to the client's organisation",
            "have the customer delegate the API in Altinn, or use a system user",
        ),
    ),
    (
        "MP-303",
        "",
        advice(
            "no such system user for this client: none was accepted, the client is not on the system, the organisation is another, or `externalRef` is missing",
            "see `utlegg systemuser list`; write `external_ref` if the request was made with one",
        ),
    ),
    (
        "MP-302",
        "",
        advice(
            "the system user part of the grant has a field that is not known or not allowed",
            "see `external_ref`: at most 255 letters, digits, `_` and `-`",
        ),
    ),
    (
        "MP-301",
        "",
        advice(
            "the type of `authorization_details` is not known",
            "update utlegg; the type is `urn:altinn:systemuser`",
        ),
    ),
    (
        "MP-011",
        "combination consumer_org",
        advice(
            "`consumer_org` names the client's own organisation",
            "use an identity of kind `own` for one's own organisation",
        ),
    ),
];

const fn advice(cause: &'static str, cure: &'static str) -> Advice {
    Advice { cause, cure }
}

impl Refusal {
    /// Reads a token endpoint's refusal, which arrived at `now`.
    pub fn read(response: &Response, now: Timestamp) -> Self {
        let text = text_of(&response.body);
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        let description = json["error_description"].as_str().unwrap_or_default();
        let number = json["error_uri"].as_str().and_then(number_in);
        let said = match (json["error"].as_str(), description) {
            (Some(error), "") => error.to_owned(),
            (Some(error), description) => format!("{error}: {description}"),
            (None, _) => text.chars().take(200).collect(),
        };
        Self {
            status: response.status,
            advice: known(number.as_deref(), description),
            trace_id: trace_id(description),
            clock_skew: skew(response, now),
            said: masking::mask(&said).into_owned(),
            number,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}: {}", self.status, self.said)?;
        if let Some(skew) = self.clock_skew {
            let side = if skew > 0 { "ahead of" } else { "behind" };
            write!(
                f,
                "; this machine's clock is {} s {side} the server's, and {CLOCK_TOLERANCE} s are tolerated: set it by a time server",
                skew.abs()
            )?;
        }
        if let Some(number) = &self.number {
            write!(f, "; {number}")?;
        }
        match self.advice {
            Some(Advice { cause, cure }) => write!(f, "; {cause}: {cure}"),
            None => Ok(()),
        }
    }
}

fn known(number: Option<&str>, description: &str) -> Option<Advice> {
    let told = |part: &str| !part.is_empty() && description.contains(part);
    let by_both = KNOWN
        .iter()
        .find(|(known, part, _)| number == Some(known) && told(part));
    let by_number = || KNOWN.iter().find(|(known, ..)| number == Some(known));
    let by_words = || KNOWN.iter().find(|(_, part, _)| number.is_none() && told(part));
    let (.., advice) = by_both.or_else(by_number).or_else(by_words)?;
    Some(*advice)
}

/// `MP-nnn` at the end of an address.
fn number_in(uri: &str) -> Option<String> {
    let number = uri.rsplit('/').next()?;
    let digits = number.strip_prefix("MP-")?;
    (digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.to_owned())
}

/// What stands behind `trace_id:` or, in the older form, `correlation id:`.
fn trace_id(description: &str) -> Option<String> {
    let after = ["trace_id:", "correlation id:"]
        .iter()
        .find_map(|name| description.split_once(name))?
        .1;
    let id: String = after
        .trim_start()
        .chars()
        .take_while(|char| char.is_ascii_hexdigit() || *char == '-')
        .collect();
    (!id.is_empty()).then_some(id)
}

/// How many seconds this machine is ahead of the answer's `Date`, where that is more than is tolerated.
fn skew(response: &Response, now: Timestamp) -> Option<i64> {
    let date = response.headers.get(http::header::DATE)?.to_str().ok()?;
    let theirs = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    let ahead = now.as_second() - theirs.as_second();
    (ahead.abs() > CLOCK_TOLERANCE).then_some(ahead)
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn refusal(status: u16, body: &str, date: Option<&str>) -> Refusal {
        let mut headers = HeaderMap::new();
        if let Some(date) = date {
            headers.insert(http::header::DATE, date.parse().unwrap());
        }
        let body = body.to_owned().into();
        Refusal::read(
            &Response {
                status,
                headers,
                body,
            },
            "2026-11-24T12:00:00Z".parse().unwrap(),
        )
    }

    #[test]
    fn a_numbered_error_is_explained_with_its_trace_id() {
        let read = refusal(
            400,
            r#"{"error":"invalid_grant","error_description":"Invalid assertion. Client authentication failed. Expired key. (trace_id: 0af7651916cd43dd8448eb211c80319c)","error_uri":"https://maskinporten.no/errors/MP-121"}"#,
            Some("Tue, 24 Nov 2026 12:00:04 GMT"),
        );
        assert_eq!(read.number.as_deref(), Some("MP-121"));
        assert_eq!(read.trace_id.as_deref(), Some("0af7651916cd43dd8448eb211c80319c"));
        assert_eq!(read.clock_skew, None);
        assert!(read.advice.unwrap().cure.contains("register a new key"));
    }

    #[test]
    fn the_older_form_without_a_number_is_explained_by_its_words() {
        let read = refusal(
            403,
            r#"{"error":"forbidden","error_description":"Consumer 0192:310844136 has not delegated access to the scope x to supplier 0192:311758489. (correlation id: 6f1ed002-ab5e-4d4e-8c0a-3c1e2ab54f00)"}"#,
            None,
        );
        assert!(read.advice.unwrap().cause.contains("delegated"));
        assert_eq!(
            read.trace_id.as_deref(),
            Some("6f1ed002-ab5e-4d4e-8c0a-3c1e2ab54f00")
        );
    }

    #[test]
    fn a_clock_that_is_wrong_is_named_with_its_direction() {
        let body = r#"{"error":"invalid_grant","error_description":"Issue time is after now"}"#;
        let ahead = refusal(400, body, Some("Tue, 24 Nov 2026 11:59:20 GMT"));
        assert_eq!(ahead.clock_skew, Some(40));
        assert!(ahead.to_string().contains("40 s ahead of"), "{ahead}");
        let behind = refusal(400, body, Some("Tue, 24 Nov 2026 12:01:00 GMT"));
        assert!(behind.to_string().contains("60 s behind"), "{behind}");
    }

    #[test]
    fn what_nobody_knows_is_shown_as_it_came_without_what_is_secret() {
        let read = refusal(502, "<html>Bad Gateway</html>", None);
        assert_eq!(read.to_string(), "status 502: <html>Bad Gateway</html>");
        assert_eq!(read.advice, None);
        let unknown = refusal(
            400,
            r#"{"error":"x","error_uri":"https://a/errors/MP-999"}"#,
            None,
        );
        assert_eq!(unknown.to_string(), "status 400: x; MP-999");
    }

    #[test]
    fn every_number_is_known_by_itself() {
        for (number, ..) in KNOWN {
            assert!(known(Some(number), "").is_some(), "{number}");
        }
    }
}
