//! Documents as XML, by the contract's `xml:` hints: fields as elements or attributes, lists as repeated elements, with
//! an element of their own around them where the contract wraps them.
//!
//! Only the XML of errors is published; what the contract says of other bodies is reconstructed.

use std::fmt::Write as _;

use quick_xml::escape::escape;
use serde_json::{Map, Value};

use crate::contract::{Shape, XmlHint};

/// The document; its root is called `root` where the contract gives it no name.
pub fn write(root: &str, shape: Option<&Shape<'_>>, document: &Value) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let hint = hint_of(shape);
    element(&mut text, hint.name.unwrap_or(root), shape, document);
    text
}

/// What a shape says of XML; nothing where there is none.
pub(super) fn hint_of<'a>(shape: Option<&Shape<'a>>) -> XmlHint<'a> {
    shape.map(Shape::xml).unwrap_or_default()
}

/// What the elements of a list's items are called, for a field of this name.
pub(super) fn item_name<'a>(field: &'a str, list: XmlHint<'a>, items: XmlHint<'a>) -> &'a str {
    let around = if list.wrapped { list.name } else { None };
    items.name.or(around).unwrap_or(field)
}

/// One field of an object: an element, or those of a list.
fn field(text: &mut String, name: &str, shape: Option<&Shape<'_>>, value: &Value) {
    let hint = hint_of(shape);
    let Value::Array(items) = value else {
        return element(text, hint.name.unwrap_or(name), shape, value);
    };
    let below = shape.map(Shape::items);
    let called = item_name(name, hint, hint_of(below.as_ref()));
    let around = hint
        .wrapped
        .then(|| open(text, hint.name.unwrap_or(name), hint, ""));
    for item in items {
        element(text, called, below.as_ref(), item);
    }
    if let Some(tag) = around {
        close(text, &tag);
    }
}

fn element(text: &mut String, name: &str, shape: Option<&Shape<'_>>, value: &Value) {
    let attributes = value.as_object().map(|fields| attributes(fields, shape));
    let tag = open(text, name, hint_of(shape), &attributes.unwrap_or_default());
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let shape = shape.map(|shape| shape.field(name));
                if !hint_of(shape.as_ref()).attribute {
                    field(text, name, shape.as_ref(), value);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| element(text, "element", None, item)),
        scalar => text.push_str(&written(scalar)),
    }
    close(text, &tag);
}

/// The attributes of an element: the fields that the contract makes such.
fn attributes(fields: &Map<String, Value>, shape: Option<&Shape<'_>>) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        let below = shape.map(|shape| shape.field(name));
        let hint = hint_of(below.as_ref());
        if hint.attribute {
            let name = hint.name.unwrap_or(name);
            let prefix = hint.prefix.map(|prefix| format!("{prefix}:")).unwrap_or_default();
            let value = written(value).replace('\n', "&#10;").replace('\t', "&#9;");
            // Writing to a text cannot fail.
            let _ = write!(text, " {prefix}{name}=\"{value}\"");
        }
    }
    text
}

/// Begins an element and returns its name with the prefix.
fn open(text: &mut String, name: &str, hint: XmlHint<'_>, attributes: &str) -> String {
    let tag = match hint.prefix {
        Some(prefix) => format!("{prefix}:{name}"),
        None => name.to_owned(),
    };
    let declared = match (hint.namespace, hint.prefix) {
        (Some(namespace), Some(prefix)) => format!(" xmlns:{prefix}=\"{}\"", escape(namespace)),
        (Some(namespace), None) => format!(" xmlns=\"{}\"", escape(namespace)),
        (None, _) => String::new(),
    };
    let _ = write!(text, "<{tag}{declared}{attributes}>");
    tag
}

fn close(text: &mut String, tag: &str) {
    let _ = write!(text, "</{tag}>");
}

/// A scalar as text. XML 1.0 has no way to write most control characters, and readers take a bare carriage return for a
/// new line.
fn written(scalar: &Value) -> String {
    let text = match scalar {
        Value::Null => return String::new(),
        Value::String(text) => text.as_str(),
        other => return escape(other.to_string()).into_owned(),
    };
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
        .collect();
    escape(kept).replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contract::Contract;

    #[test]
    fn errors_are_in_their_published_namespace() {
        let contract = Contract::builtin("v2").unwrap();
        let shape = contract
            .operation("submit")
            .unwrap()
            .response_shape(400, "application/xml");
        let error = json!({"kode": "KB-003", "melding": "a < b & c\u{0}"});
        assert!(write("svar", shape.as_ref(), &error).ends_with(
            "<feil xmlns=\"urn:no:skatteetaten:datasamarbeid:feil:v1\"><kode>KB-003</kode>\
             <melding>a &lt; b &amp; c</melding></feil>"
        ));
    }

    #[test]
    fn without_hints_lists_repeat_their_element() {
        let list = write("svar", None, &json!({"a": [1, {"b": true}], "n": null}));
        assert!(list.ends_with("<svar><a>1</a><a><b>true</b></a><n></n></svar>"));
    }
}
