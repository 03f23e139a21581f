//! Documents as XML: fields as elements, lists as repeated elements.
//!
//! Only the XML of errors is published; of other bodies this mapping is reconstructed.

use quick_xml::escape::escape;
use serde_json::Value;

/// The namespace of the published error element.
const ERROR_NAMESPACE: &str = "urn:no:skatteetaten:datasamarbeid:feil:v1";
/// RFC 7807, appendix A.
const PROBLEM_NAMESPACE: &str = "urn:ietf:rfc:7807";

/// The document with this root element.
pub fn write(root: &str, document: &Value) -> String {
    let namespace = match root {
        "feil" => format!(" xmlns=\"{ERROR_NAMESPACE}\""),
        "problem" => format!(" xmlns=\"{PROBLEM_NAMESPACE}\""),
        _ => String::new(),
    };
    let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}{namespace}>");
    content(&mut text, document);
    text.push_str(&format!("</{root}>"));
    text
}

fn content(text: &mut String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(string) => text.push_str(&escape(without_control_characters(string))),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| element(text, name, field)),
        Value::Array(items) => items.iter().for_each(|item| element(text, "element", item)),
        scalar => text.push_str(&scalar.to_string()),
    }
}

fn element(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| element(text, name, item)),
        value => {
            text.push_str(&format!("<{name}>"));
            content(text, value);
            text.push_str(&format!("</{name}>"));
        }
    }
}

/// XML 1.0 has no way to write most control characters.
fn without_control_characters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_are_in_their_published_namespace_and_lists_repeat_their_element() {
        let error = write("feil", &json!({"kode": "KB-003", "melding": "a < b & c\u{0}"}));
        assert!(error.ends_with(
            "<feil xmlns=\"urn:no:skatteetaten:datasamarbeid:feil:v1\"><kode>KB-003</kode>\
             <melding>a &lt; b &amp; c</melding></feil>"
        ));
        let list = write("svar", &json!({"a": [1, {"b": true}], "n": null}));
        assert!(list.ends_with("<svar><a>1</a><a><b>true</b></a><n></n></svar>"));
    }
}
