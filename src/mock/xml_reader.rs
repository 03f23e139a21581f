//! XML documents as JSON: elements as fields, repeated elements as lists, texts as the type the contract gives them.
//!
//! The reverse of `xml`, and as reconstructed: names come without their prefix, attributes and the root's name do not
//! matter. What fits no type stays a text, for the schema to object to.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use serde_json::{Map, Number, Value};

use crate::contract::Shape;

/// Elements within each other at most, as for JSON.
const DEEPEST: usize = 128;

/// Why a text is no XML document that is read here.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// Not well-formed.
    #[error("the body is not XML: {0}")]
    Syntax(#[from] quick_xml::Error),
    /// Not UTF-8.
    #[error("the body is not XML in UTF-8: {0}")]
    Encoding(#[from] quick_xml::encoding::EncodingError),
    /// Well-formed perhaps, but refused.
    #[error("the body is XML with {0}")]
    Refused(&'static str),
}

/// An element with what is in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    children: Vec<Element>,
    text: String,
}

/// Reads a document; without a shape every text stays a text.
///
/// # Errors
/// [`XmlError`]: not well-formed, not UTF-8, too deep, or with a document type, which could define entities.
pub fn read(document: &[u8], shape: Option<&Shape<'_>>) -> Result<Value, XmlError> {
    let root = tree(document)?;
    Ok(value(root, shape))
}

fn tree(document: &[u8]) -> Result<Element, XmlError> {
    let mut reader = Reader::from_reader(document);
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event()?;
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(XmlError::Refused("elements too deep within each other"));
                }
                open.push(named(start.local_name().as_ref()));
            }
            Event::Empty(start) => add(&mut open, named(start.local_name().as_ref()))?,
            Event::End(_) => {
                let element = open.pop().ok_or(XmlError::Refused("an end without a start"))?;
                add(&mut open, element)?;
            }
            Event::Text(text) => innermost(&mut open)?.text.push_str(&text.decode()?),
            Event::CData(text) => innermost(&mut open)?.text.push_str(&text.decode()?),
            Event::GeneralRef(reference) => {
                let character = character(&reference)?;
                innermost(&mut open)?.text.push(character);
            }
            Event::DocType(_) => return Err(XmlError::Refused("a document type, which is not taken")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let root = open
        .pop()
        .filter(|_| open.is_empty())
        .ok_or(XmlError::Refused("an element that does not end"))?;
    let mut roots = root.children.into_iter();
    match (roots.next(), roots.next()) {
        (Some(document), None) => Ok(document),
        _ => Err(XmlError::Refused("not exactly one root element")),
    }
}

fn named(name: &[u8]) -> Element {
    Element {
        name: String::from_utf8_lossy(name).into_owned(),
        ..Element::default()
    }
}

fn innermost(open: &mut [Element]) -> Result<&mut Element, XmlError> {
    open.last_mut().ok_or(XmlError::Refused("an end without a start"))
}

fn add(open: &mut [Element], element: Element) -> Result<(), XmlError> {
    innermost(open)?.children.push(element);
    Ok(())
}

/// A character reference, or one of the five names that XML itself defines.
fn character(reference: &BytesRef<'_>) -> Result<char, XmlError> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character);
    }
    match reference.decode()?.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(XmlError::Refused("an entity that XML does not define")),
    }
}

fn value(element: Element, shape: Option<&Shape<'_>>) -> Value {
    let is = |kind: &str| shape.is_some_and(|shape| shape.may_be(kind));
    if element.children.is_empty() && !(is("object") && element.text.trim().is_empty()) {
        return scalar(element.text, shape);
    }
    let mut fields: Map<String, Value> = Map::new();
    for child in element.children {
        let field = shape.map(|shape| shape.field(&child.name));
        let listed = field.as_ref().is_some_and(|field| field.may_be("array"));
        let name = child.name.clone();
        let items = field.as_ref().filter(|_| listed).map(Shape::items);
        let read = value(child, items.as_ref().or(field.as_ref()));
        match fields.get_mut(&name) {
            Some(Value::Array(list)) => list.push(read),
            Some(single) => *single = Value::Array(vec![single.take(), read]),
            None => {
                let first = if listed { Value::Array(vec![read]) } else { read };
                fields.insert(name, first);
            }
        }
    }
    Value::Object(fields)
}

fn scalar(text: String, shape: Option<&Shape<'_>>) -> Value {
    let is = |kind: &str| shape.is_some_and(|shape| shape.may_be(kind));
    let trimmed = text.trim();
    if is("string") {
        return Value::String(text);
    }
    if (is("number") || is("integer"))
        && let Ok(number) = trimmed.parse::<Number>()
    {
        return Value::Number(number);
    }
    match trimmed {
        "true" if is("boolean") => Value::Bool(true),
        "false" if is("boolean") => Value::Bool(false),
        _ => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::contract::Contract;
    use crate::mock::xml;

    fn read_as_submitted(document: &str) -> Result<Value, XmlError> {
        let contract = Contract::builtin("v2").unwrap();
        let shape = contract
            .operation("submit")
            .unwrap()
            .request_shape("application/xml");
        read(document.as_bytes(), shape.as_ref())
    }

    #[test]
    fn what_is_written_is_read_again_with_its_types() {
        let request = json!({
            "underskrift": "Å & B <x>",
            "kravTilInnkreving": [{"gjenstaaendeBeloep": {"beloep": 10.5, "valuta": "NOK"}, "prioritetISak": 1}],
            "begjaeringensTvangsgrunnlag": [{"innsendersKravreferanse": ["0301", "2"]}],
            "ukjent": "1",
        });
        let written = xml::write("utleggsbegjaering", &request);
        assert_eq!(read_as_submitted(&written).unwrap(), request);
    }

    #[test]
    fn prefixes_and_character_data_are_read_as_what_they_stand_for() {
        let read = read_as_submitted(
            "<a:r xmlns:a='u'><a:underskrift><![CDATA[<1>]]>&#65;&amp;</a:underskrift></a:r>",
        );
        assert_eq!(read.unwrap(), json!({"underskrift": "<1>A&"}));
    }

    #[test]
    fn what_is_not_well_formed_or_could_grow_is_refused() {
        let deep = "<a>".repeat(1000);
        let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\">]><r>&a;</r>";
        for document in [
            "",
            "text",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "</a>",
            "<r>&a;</r>",
            bomb,
            &deep,
        ] {
            assert!(read_as_submitted(document).is_err(), "{document}");
        }
    }
}
