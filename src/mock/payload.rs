//! Reads a body in the format it came in: none, a JSON document, or a multipart form.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use serde_json::{Map, Value, json};

use super::journal::Stage;
use super::negotiation::{Format, content_type};
use super::options::Limits;
use super::refusal::{Meaning, Refusal};
use super::xml_reader;
use crate::contract::Operation;

/// Parts a form may have; the service knows three.
const PARTS: usize = 16;

/// A body.
#[derive(Debug)]
pub enum Payload {
    /// There is none, and none is expected.
    None,
    /// A document, parsed and as JSON text.
    Document(Arc<Value>, Bytes),
    /// A multipart form.
    Form(Vec<Part>),
}

/// One part of a form.
#[derive(Debug)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The file's name, where it is a file.
    pub filename: Option<String>,
    /// Its bytes.
    pub content: Bytes,
}

impl Part {
    /// Its content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.content).into_owned()
    }
}

impl Payload {
    /// The part with this name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        match self {
            Self::Form(parts) => parts.iter().find(|part| part.name == name),
            Self::None | Self::Document(..) => None,
        }
    }

    /// A form as an object of texts, which is what a schema can judge.
    pub fn form_values(&self) -> Value {
        let Self::Form(parts) = self else {
            return Value::Null;
        };
        let fields: Map<String, Value> = parts
            .iter()
            .map(|part| (part.name.clone(), json!(part.text())))
            .collect();
        Value::Object(fields)
    }
}

/// Whether the body's format is one the operation takes.
///
/// # Errors
/// The refusal for an unknown format.
pub fn check_content_type(operation: &Operation, headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut taken = operation.request_media_types().peekable();
    if taken.peek().is_none() {
        return Ok(None);
    }
    let sent = content_type(headers);
    if taken.any(|media_type| media_type.eq_ignore_ascii_case(&sent)) {
        return Ok(Some(sent));
    }
    let taken: Vec<&str> = operation.request_media_types().collect();
    let reason = format!("Content-Type `{sent}` is not one of {}", taken.join(", "));
    Err(Refusal::new(Stage::ContentType, Meaning::Format, reason))
}

/// Reads the body; `media_type` is what [`check_content_type`] found.
///
/// # Errors
/// The refusal for a body that is too large, does not arrive, or is not in the format it claims.
pub async fn read(
    request: Request,
    operation: &Operation,
    media_type: Option<&str>,
    limits: &Limits,
) -> Result<Payload, Refusal> {
    let Some(media_type) = media_type else {
        return Ok(Payload::None);
    };
    let reading = async {
        match media_type {
            // Its size is bounded by the router's body limit.
            "multipart/form-data" => read_form(request).await,
            _ => read_document(request.into_body(), (operation, media_type), limits.body).await,
        }
    };
    tokio::time::timeout(limits.body_arrival, reading)
        .await
        .unwrap_or_else(|_| Err(late(limits.body_arrival)))
}

async fn read_document(
    body: Body,
    (operation, media_type): (&Operation, &str),
    limit: usize,
) -> Result<Payload, Refusal> {
    let bytes = axum::body::to_bytes(body, limit)
        .await
        .map_err(|error| unread(&error, limit))?;
    if Format::of(media_type) == Some(Format::Xml) {
        let document = xml_reader::read(&bytes, operation.request_shape(media_type).as_ref())
            .map_err(|error| syntax(&error.to_string(), "Innholdet er ikke gyldig XML."))?;
        let text = Bytes::from(document.to_string());
        return Ok(Payload::Document(Arc::new(document), text));
    }
    match serde_json::from_slice(&bytes) {
        Ok(document) => Ok(Payload::Document(Arc::new(document), bytes)),
        Err(error) => {
            let place = format!("linje {}, kolonne {}", error.line(), error.column());
            Err(syntax(
                &format!("the body is not JSON: {error}"),
                &format!("Innholdet er ikke gyldig JSON ({place})."),
            ))
        }
    }
}

async fn read_form(request: Request) -> Result<Payload, Refusal> {
    let broken = |error: &dyn std::fmt::Display| {
        syntax(
            &format!("the multipart form cannot be read: {error}"),
            "Innholdet er ikke et gyldig multipart-skjema.",
        )
    };
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|error| broken(&error))?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        if parts.len() >= PARTS {
            return Err(syntax(
                "the form has too many parts",
                "Skjemaet har for mange deler.",
            ));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let content = field.bytes().await.map_err(|error| broken(&error))?;
        parts.push(Part {
            name,
            filename,
            content,
        });
    }
    Ok(Payload::Form(parts))
}

fn syntax(reason: &str, told: &str) -> Refusal {
    Refusal::detailed(Stage::Syntax, Meaning::InvalidInput, reason, told.to_owned())
}

fn late(allowed: Duration) -> Refusal {
    let reason = format!("the body did not arrive within {} s", allowed.as_secs());
    Refusal::detailed(
        Stage::Body,
        Meaning::InvalidInput,
        reason,
        "Innholdet kom ikke fram i tide.".into(),
    )
}

/// No status is documented for a body that is too large, so it is answered as invalid input (reconstructed).
fn unread(error: &axum::Error, limit: usize) -> Refusal {
    if error.to_string().contains("length limit") {
        let reason = format!("the body is larger than {limit} bytes");
        let told = format!("Innholdet er større enn {limit} byte.");
        return Refusal::detailed(Stage::Body, Meaning::InvalidInput, reason, told);
    }
    let reason = format!("the body broke off: {error}");
    Refusal::detailed(
        Stage::Body,
        Meaning::InvalidInput,
        reason,
        "Innholdet ble avbrutt.".into(),
    )
}
