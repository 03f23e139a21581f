//! XML documents as JSON, by the contract's `xml:` hints: elements and attributes as fields, repeated elements as lists,
//! texts as the type the contract gives them.
//!
//! The reverse of `xml`, and as reconstructed: names come without their prefix; attributes that the contract does not
//! know and the root's name do not matter. What fits no type stays a text, for the schema to object to.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use serde_json::{Map, Number, Value};

use super::xml::item_name;
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
    attributes: Vec<(String, String)>,
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
                open.push(named(&start)?);
            }
            Event::Empty(start) => add(&mut open, named(&start)?)?,
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

fn named(start: &BytesStart<'_>) -> Result<Element, XmlError> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut element = Element {
        name: text(start.local_name().as_ref()),
        ..Element::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        let key = attribute.key.as_ref();
        if key != b"xmlns" && !key.starts_with(b"xmlns:") {
            let name = text(attribute.key.local_name().as_ref());
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned();
            element.attributes.push((name, value));
        }
    }
    Ok(element)
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
    let known = known_attributes(&element, shape);
    let is_object = !element.children.is_empty() || !known.is_empty();
    if !(is_object || is("object") && element.text.trim().is_empty()) {
        return scalar(element.text, shape);
    }
    let mut fields: Map<String, Value> = known.into_iter().collect();
    for child in element.children {
        let place = Place::of(&child.name, shape);
        match place {
            Place::Wrapper { field, items } => {
                let read = child.children.into_iter().map(|item| value(item, Some(&items)));
                fields.insert(field, read.collect());
            }
            Place::Item { field, items } => add_item(&mut fields, field, value(child, Some(&items))),
            Place::Single { field, shape } => {
                let read = value(child, shape.as_ref());
                match fields.get_mut(&field) {
                    Some(Value::Array(list)) => list.push(read),
                    Some(single) => *single = Value::Array(vec![single.take(), read]),
                    None => {
                        fields.insert(field, read);
                    }
                }
            }
        }
    }
    Value::Object(fields)
}

fn add_item(fields: &mut Map<String, Value>, field: String, read: Value) {
    match fields.entry(field).or_insert_with(|| Value::Array(Vec::new())) {
        Value::Array(list) => list.push(read),
        single => *single = Value::Array(vec![single.take(), read]),
    }
}

/// What an element within another is: which field, and what part of it.
enum Place<'a> {
    /// The element around a list.
    Wrapper { field: String, items: Shape<'a> },
    /// One item of a list.
    Item { field: String, items: Shape<'a> },
    /// Anything else; without a shape where nobody knows the field.
    Single { field: String, shape: Option<Shape<'a>> },
}

impl<'a> Place<'a> {
    /// The field that is written under this name: mostly the one that is called so.
    fn of(name: &str, around: Option<&Shape<'a>>) -> Self {
        let Some(around) = around else {
            return Self::Single {
                field: name.to_owned(),
                shape: None,
            };
        };
        let same = std::iter::once(name);
        let others = || around.names().into_iter().filter(|other| *other != name);
        let found = same
            .filter_map(|field| Self::named(name, field, around))
            .chain(
                std::iter::once_with(others)
                    .flatten()
                    .filter_map(|field| Self::named(name, field, around)),
            )
            .next();
        found.unwrap_or_else(|| Self::Single {
            field: name.to_owned(),
            shape: Some(around.field(name)),
        })
    }

    /// The field, if its element has this name.
    fn named(name: &str, field: &str, around: &Shape<'a>) -> Option<Self> {
        let shape = around.field(field);
        let hint = shape.xml();
        let (own, field) = (hint.name.unwrap_or(field), field.to_owned());
        if hint.attribute || shape.is_empty() {
            return None;
        }
        if !shape.may_be("array") {
            let shape = Some(shape);
            return (own == name).then_some(Self::Single { field, shape });
        }
        let items = shape.items();
        if hint.wrapped {
            return (own == name).then_some(Self::Wrapper { field, items });
        }
        let is_item = item_name(&field, hint, items.xml()) == name;
        is_item.then_some(Self::Item { field, items })
    }
}

/// The attributes that the contract makes fields, with their values; others do not matter.
fn known_attributes(element: &Element, shape: Option<&Shape<'_>>) -> Vec<(String, Value)> {
    let Some(shape) = shape.filter(|_| !element.attributes.is_empty()) else {
        return Vec::new();
    };
    let fields = shape.names().into_iter().map(|field| (field, shape.field(field)));
    fields
        .filter(|(_, below)| below.xml().attribute)
        .filter_map(|(field, below)| {
            let name = below.xml().name.unwrap_or(field);
            let (_, text) = element.attributes.iter().find(|(written, _)| written == name)?;
            Some((field.to_owned(), scalar(text.clone(), Some(&below))))
        })
        .collect()
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
        let contract = Contract::builtin("v2").unwrap();
        let submit = contract.operation("submit").unwrap();
        let shape = submit.request_shape("application/xml");
        let written = xml::write("begjaering", shape.as_ref(), &request);
        assert!(written.contains("<utleggsbegjaering>"), "{written}");
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
