//! Holds a request against the contract: parameters, headers, body.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderValue};
use serde_json::Value;

use super::journal::Stage;
use super::negotiation::Format;
use super::payload::Payload;
use super::refusal::{Meaning, Refusal};
use crate::contract::{Location, Operation, SchemaViolation};

/// Violations told to the client; the journal has their number.
const TOLD: usize = 10;

/// Checks everything the contract says of the request's form.
///
/// # Errors
/// One refusal that names the violations.
pub fn check(
    operation: &Operation,
    (path, query, headers): (&BTreeMap<String, String>, &BTreeMap<String, String>, &HeaderMap),
    media_type: Option<&str>,
    payload: &Payload,
) -> Result<(), Refusal> {
    let mut violations = operation.check_parameters(Location::Path, path);
    violations.extend(operation.check_parameters(Location::Query, query));
    violations.extend(operation.check_parameters(Location::Header, &named(headers)));
    if let Some(media_type) = media_type {
        match payload {
            Payload::Document(document, _) => {
                violations.extend(operation.check_request(judged_as(operation, media_type), document));
            }
            Payload::Form(_) => {
                violations.extend(operation.check_request(media_type, &payload.form_values()));
            }
            Payload::None => violations.extend(operation.check_request(media_type, &Value::Null)),
        }
    }
    if violations.is_empty() {
        Ok(())
    } else {
        Err(refusal(&violations))
    }
}

/// XML has been read into the structure of its JSON sister, which is what a schema can judge.
fn judged_as<'a>(operation: &'a Operation, media_type: &'a str) -> &'a str {
    if Format::of(media_type) == Some(Format::Json) {
        return media_type;
    }
    let mut taken = operation.request_media_types();
    taken
        .find(|taken| Format::of(taken) == Some(Format::Json))
        .unwrap_or(media_type)
}

fn named(headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value)))
        .collect()
}

/// The place and what is wrong there; the whole body, and a parameter, need no place.
fn told(violation: &SchemaViolation) -> String {
    match violation.pointer.as_str() {
        "" => violation.message.clone(),
        pointer => format!("{pointer}: {}", violation.message),
    }
}

fn refusal(violations: &[SchemaViolation]) -> Refusal {
    let lines: Vec<String> = violations.iter().take(TOLD).map(told).collect();
    let told = lines.join("; ");
    let reason = format!("{} violations of the contract: {told}", violations.len());
    Refusal::detailed(Stage::Schema, Meaning::InvalidInput, reason, told)
}
