//! Masking of parsed JSON: keys, texts and numbers at any depth.

use serde_json::{Map, Value};

use super::secrets::is_secret_name;
use super::{MASK, mask};

/// Masks every secret and identifier in place; a number that is an identifier becomes its mask as text.
pub fn mask_json(value: &mut Value) {
    match value {
        Value::String(text) => mask_text(text),
        Value::Number(number) => {
            let text = number.to_string();
            let masked = mask(&text);
            if masked != text {
                *value = Value::String(masked.into_owned());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask_json),
        Value::Object(members) => mask_members(members),
        Value::Null | Value::Bool(_) => {}
    }
}

fn mask_text(text: &mut String) {
    if let std::borrow::Cow::Owned(masked) = mask(text) {
        *text = masked;
    }
}

fn mask_members(members: &mut Map<String, Value>) {
    for (name, member) in members.iter_mut() {
        match member {
            Value::String(text) if is_secret_name(name) => MASK.clone_into(text),
            Value::Number(_) if is_secret_name(name) => *member = Value::String(MASK.to_owned()),
            other => mask_json(other),
        }
    }
    if members.keys().any(|name| mask(name) != name.as_str()) {
        *members = std::mem::take(members)
            .into_iter()
            .map(|(mut name, member)| {
                mask_text(&mut name);
                (name, member)
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_numbers_keys_and_named_secrets_are_masked() {
        let mut value = json!({
            "verdi": "30906197746",
            "tall": [30_906_197_746_u64, 12469.14, 311_758_489],
            "clientSecret": "hush",
            "pin": { "password": 1234 },
            "30906197746": true,
            "virksomhet": { "verdi": "311758489" },
            "tom": null,
        });
        mask_json(&mut value);
        let masked = json!({
            "verdi": "3090******6",
            "tall": ["3090******6", 12469.14, 311_758_489],
            "clientSecret": "***",
            "pin": { "password": "***" },
            "3090******6": true,
            "virksomhet": { "verdi": "311758489" },
            "tom": null,
        });
        assert_eq!(value, masked);
        mask_json(&mut value);
        assert_eq!(value, masked);
    }
}
