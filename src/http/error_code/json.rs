//! Errors in JSON: KB errors and problem details.

use serde_json::{Map, Value};

use super::reading::{ConditionDetail, ErrorReading, ErrorShape, normal};

pub(super) fn read(body: &Value) -> ErrorReading {
    let Some(fields) = body.as_object() else {
        return ErrorReading::of(ErrorShape::Unknown);
    };
    let feilkode = text(fields, "feilkode");
    let kode = text(fields, "kode");
    let kontrollutslag = fields.get("kontrollutslag").and_then(Value::as_array);
    let shape = match (kontrollutslag, &feilkode, &kode) {
        (Some(_), _, _) => ErrorShape::ProblemWithKontrollutslag,
        (None, Some(_), _) => ErrorShape::ProblemWithFeilkode,
        (None, None, Some(_)) => ErrorShape::KbJson,
        (None, None, None) => ErrorShape::Unknown,
    };
    let code = feilkode.or(kode);
    let mut reading = ErrorReading {
        code: code.as_deref().map(normal),
        message: ["melding", "detail", "title"]
            .into_iter()
            .find_map(|name| text(fields, name)),
        korrelasjonsid: text(fields, "korrelasjonsid").or_else(|| text(fields, "feilid")),
        ..ErrorReading::of(shape)
    };
    if let Some(code) = &code {
        reading.note_form(code);
    }
    for entry in kontrollutslag.into_iter().flatten() {
        if let Some(code) = entry.as_str().or_else(|| entry.get("kode")?.as_str()) {
            reading.note_form(code);
        }
        if let Some(detail) = condition(entry) {
            reading.add_condition(detail);
        }
    }
    reading
}

/// An entry of `kontrollutslag`: an object with a code, or the bare code.
fn condition(entry: &Value) -> Option<ConditionDetail> {
    match entry {
        Value::String(kode) => Some(ConditionDetail {
            kode: normal(kode),
            ..ConditionDetail::default()
        }),
        Value::Object(fields) => Some(ConditionDetail {
            kode: normal(&text(fields, "kode")?),
            melding: text(fields, "melding"),
            beskrivelse: text(fields, "beskrivelse"),
        }),
        _ => None,
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields
        .get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}
