//! Errors in XML, whatever the namespace and its prefix.
//!
//! The reader is a stream: no tree is built, no entity beyond XML's own five is expanded, nothing outside the body is
//! read.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

use super::reading::{ConditionDetail, ErrorReading, ErrorShape, normal};

/// Deeper elements are no error body.
const MAX_DEPTH: usize = 64;

/// The reading, or `None` when the body is no XML. Whatever was found before an error in the syntax is kept.
pub(super) fn read(body: &str) -> Option<ErrorReading> {
    let mut reader = Reader::from_str(body);
    let mut found = Found::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                found.open(local_name(start.name().as_ref()));
                if found.path.len() > MAX_DEPTH {
                    break;
                }
            }
            Ok(Event::Empty(start)) => {
                found.open(local_name(start.name().as_ref()));
                found.close();
            }
            Ok(Event::Text(text)) => found.text.push_str(&text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) => found.text.push_str(&text.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(reference)) => found.text.push_str(&expanded(&reference)),
            Ok(Event::End(_)) => found.close(),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found.elements.then(|| found.reading())
}

/// XML's own entities and character references; others stay away, which makes entity bombs harmless.
fn expanded(reference: &BytesRef) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}

fn local_name(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

#[derive(Default)]
struct Found {
    elements: bool,
    path: Vec<String>,
    text: String,
    condition: ConditionDetail,
    reading: ErrorReading,
}

impl Found {
    fn open(&mut self, name: String) {
        self.elements = true;
        self.text.clear();
        self.path.push(name);
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if name == "kontrollutslag" {
            let condition = std::mem::take(&mut self.condition);
            if !condition.kode.is_empty() {
                self.reading.add_condition(condition);
            }
        }
        if text.is_empty() {
            return;
        }
        if self.path.iter().any(|parent| parent == "kontrollutslag") {
            self.condition_field(&name, text);
        } else {
            self.field(&name, text);
        }
    }

    fn condition_field(&mut self, name: &str, text: String) {
        match name {
            "kode" => {
                self.reading.note_form(&text);
                self.condition.kode = normal(&text);
            }
            "melding" => self.condition.melding = Some(text),
            "beskrivelse" => self.condition.beskrivelse = Some(text),
            _ => {}
        }
    }

    fn field(&mut self, name: &str, text: String) {
        if matches!(name, "kode" | "feilkode") {
            self.reading.note_form(&text);
        }
        let (field, text) = match name {
            "kode" | "feilkode" => (&mut self.reading.code, normal(&text)),
            "melding" | "detail" => (&mut self.reading.message, text),
            "korrelasjonsid" | "feilid" => (&mut self.reading.korrelasjonsid, text),
            _ => return,
        };
        field.get_or_insert(text);
    }

    fn reading(mut self) -> ErrorReading {
        self.reading.shape = match (&self.reading.code, self.reading.conditions.as_slice()) {
            (_, [_, ..]) => ErrorShape::ProblemWithKontrollutslag,
            (Some(_), []) => ErrorShape::KbXml,
            (None, []) => ErrorShape::Unknown,
        };
        self.reading
    }
}
