//! What a token says, in words.

use serde_json::{Value, json};

use crate::auth::AccessToken;
use crate::masking;
use crate::source::format_duration;

/// Header, claims and lifetime, without the signature that would make it a token.
pub(super) fn json(token: &AccessToken) -> Value {
    let (header, claims) = token.parts().unwrap_or_default();
    json!({
        "header": header,
        "claims": claims,
        "expires_in_s": token.lifetime().as_secs(),
        "submitter": token.parts().and_then(|(_, claims)| submitter(&claims)),
    })
}

/// Who it is for, who acts, what the API will take as the submitter, and how long it lasts.
pub(super) fn text(identity: &str, environment: &str, token: &AccessToken) -> String {
    let mut lines = vec![(
        "token",
        format!("for identity `{identity}` of environment `{environment}`"),
    )];
    lines.push(("lasts", format_duration(token.lifetime())));
    let Some((header, claims)) = token.parts() else {
        lines.push((
            "says",
            "nothing that can be read: it is no JWT, and need not be one".to_owned(),
        ));
        return aligned(&lines);
    };
    let mut line = |name, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    line("issuer", words(&claims["iss"]));
    line("client", words(&claims["client_id"]));
    line("known by", words(&claims["client_amr"]));
    line("scope", words(&claims["scope"]));
    line("consumer", organisation(&claims["consumer"]));
    line("supplier", organisation(&claims["supplier"]));
    line("delegated by", words(&claims["delegation_source"]));
    let detail = &claims["authorization_details"][0];
    line("system user", organisation(&detail["systemuser_org"]));
    line("its id", words(&detail["systemuser_id"][0]));
    line("its system", words(&detail["system_id"]));
    line("signed", signature(&header));
    line(
        "submitter",
        submitter(&claims).map(|(number, why)| format!("{number}, {why}")),
    );
    masking::mask(&aligned(&lines)).into_owned()
}

/// What the API will take as the submitter: the system user's organisation, or else the consumer. The rule is inferred
/// (protocol facts, 7).
fn submitter(claims: &Value) -> Option<(String, &'static str)> {
    let system_user = organisation(&claims["authorization_details"][0]["systemuser_org"]);
    let consumer = || Some((organisation(&claims["consumer"])?, "the consumer"));
    system_user
        .map(|number| (number, "the organisation of the system user"))
        .or_else(consumer)
}

/// The number behind the authority, `0192:310844136`.
fn organisation(party: &Value) -> Option<String> {
    let id = party["ID"].as_str()?;
    Some(id.rsplit(':').next().unwrap_or(id).to_owned())
}

fn words(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn signature(header: &Value) -> Option<String> {
    let algorithm = header["alg"].as_str()?;
    Some(match header["kid"].as_str() {
        Some(kid) => format!("{algorithm}, key {kid}"),
        None => algorithm.to_owned(),
    })
}

fn aligned(lines: &[(&str, String)]) -> String {
    lines.iter().fold(String::new(), |text, (name, value)| {
        text + &format!("{name:<13} {value}\n")
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn token(claims: &Value) -> AccessToken {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = json!({"alg": "RS256", "kid": "k1"});
        AccessToken::new(
            format!("{}.{}.c2lnbmF0dXJl", part(&header), part(claims)),
            Duration::from_secs(119),
        )
    }

    #[test]
    fn the_submitter_is_the_system_users_organisation_or_else_the_consumer() {
        let vendor =
            json!({"consumer": {"authority": "iso6523-actorid-upis", "ID": "0192:310844136"}, "scope": "s"});
        let shown = text("vendor", "test", &token(&vendor));
        assert!(shown.contains("submitter     310844136, the consumer"), "{shown}");
        assert!(
            shown.contains("1m 59s") && shown.contains("RS256, key k1"),
            "{shown}"
        );
        let mut system = vendor;
        system["authorization_details"] = json!([{"systemuser_org": {"ID": "0192:311758489"}, "systemuser_id": ["a"], "system_id": "310844136_x"}]);
        let shown = text("systemuser", "test", &token(&system));
        assert!(
            shown.contains("submitter     311758489, the organisation of the system user"),
            "{shown}"
        );
        assert!(!shown.contains("c2lnbmF0dXJl"));
        assert!(!json(&token(&system)).to_string().contains("c2lnbmF0dXJl"));
    }

    #[test]
    fn a_token_that_is_no_jwt_is_not_held_against_anybody() {
        let opaque = AccessToken::new("opaque", Duration::from_secs(5));
        let shown = text("vendor", "test", &opaque);
        assert!(shown.contains("no JWT") && !shown.contains("opaque"), "{shown}");
    }
}
