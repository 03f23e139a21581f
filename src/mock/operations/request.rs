//! The few fields of a request that the mock itself reads; all judgement of them is `begjaering`'s.

use serde_json::Value;

use crate::mock::payload::Payload;

/// The path parameter, and field, that names a case.
pub const REFERENCE: &str = "eksternSaksreferanse";
/// The path parameter, and field, that names an attachment.
pub const UUID: &str = "uuid";
/// The field with the submitter's own reference.
const OWN_REFERENCE: &str = "innsenderReferanse";

/// The submitter's own reference in a body or a form.
pub fn innsender_referanse(payload: &Payload) -> Option<String> {
    match payload {
        Payload::None => None,
        Payload::Document(document, _) => document.get(OWN_REFERENCE)?.as_str().map(str::to_owned),
        Payload::Form(_) => payload.part(OWN_REFERENCE).map(crate::mock::payload::Part::text),
    }
}

/// The parties in a list such as `saksoeker`, each unwrapped from the element of the same name.
pub fn actors<'a>(request: &'a Value, role: &str) -> Vec<&'a Value> {
    let list = request
        .get(role)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .map(|element| element.get(role).unwrap_or(element))
        .collect()
}

/// The identifier of a party: of whatever kind it is, or the party itself where it is given by its identifier.
pub fn identifier(party: &Value) -> Option<&str> {
    if let Some(text) = party.as_str() {
        return Some(text);
    }
    let direct = party
        .get("verdi")
        .or_else(|| party.get("identifikator")?.get("verdi"));
    let nested = || {
        party
            .as_object()?
            .values()
            .find_map(|kind| kind.get("identifikator")?.get("verdi"))
    };
    direct.or_else(nested)?.as_str()
}

/// The uuids of the attachments that a request names, wherever they stand.
pub fn attachments(request: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![request];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get(UUID).and_then(Value::as_str));
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_party_is_identified_whatever_its_form() {
        let identifikator =
            json!({"identifikatortype": "taxIdentificationNumber", "verdi": "310000001", "landkode": "NO"});
        for party in [
            json!("310000001"),
            identifikator.clone(),
            json!({"identifikator": identifikator}),
            json!({"adresse": [], "virksomhet": {"navn": "X", "identifikator": identifikator}}),
        ] {
            assert_eq!(identifier(&party), Some("310000001"), "{party}");
        }
        assert_eq!(identifier(&json!({"person": {}})), None);
        let request = json!({"saksoekt": [{"saksoekt": {"person": 1}}]});
        assert_eq!(actors(&request, "saksoekt"), [&json!({"person": 1})]);
        assert!(actors(&request, "saksoeker").is_empty());
        let named = json!({"vedlegg": [{"uuid": "a"}, {"filnavn": "x"}], "varsel": {"tvangskraftgrunnlag": {"uuid": "b"}}});
        let mut uuids = attachments(&named);
        uuids.sort_unstable();
        assert_eq!(uuids, ["a", "b"]);
    }
}
