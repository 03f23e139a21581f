//! From a step to the request it sends: templates evaluated, parameters placed, headers filled in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use rand::RngExt;
use serde_json::{Map, Value};

use super::failure::StepError;
use super::patch;
use super::world::Target;
use crate::contract::{Location, Operation, percent_encoded};
use crate::http::{FormPart, Request, encode_multipart};
use crate::scenario::{Call, Part, PartContent, Raw};
use crate::source::Located;
use crate::template::{Scope, Template, TextTemplate};

/// A request without its token, and what it was made from.
#[derive(Debug)]
pub(super) struct Prepared {
    /// What will be sent.
    pub(super) request: Request,
    /// The parameters by name: what tells the mock whose clock to move.
    pub(super) parameters: Map<String, Value>,
}

/// What the headers that identify a call to the administration get where nothing is given.
fn default_header(name: &str) -> Option<HeaderValue> {
    if name.eq_ignore_ascii_case("korrelasjonsid") || name.eq_ignore_ascii_case("meldingsid") {
        return Some(fresh_id());
    }
    let client = || HeaderValue::from_static(concat!("utlegg/", env!("CARGO_PKG_VERSION")));
    name.eq_ignore_ascii_case("klientid").then(client)
}

/// A UUID that nobody has used. From a generator of this thread, which the operating system has seeded: asking the system
/// itself for each of them costs more than sending a request.
fn fresh_id() -> HeaderValue {
    let uuid = uuid::Builder::from_random_bytes(rand::rng().random()).into_uuid();
    let mut text = uuid::Uuid::encode_buffer();
    let text = uuid.hyphenated().encode_lower(&mut text);
    // Hexadecimal digits and hyphens are good in any header.
    HeaderValue::from_str(text).unwrap_or(const { HeaderValue::from_static("") })
}

/// The request of a call.
pub(super) fn call(call: &Call, target: &Target, scope: &dyn Scope) -> Result<Prepared, StepError> {
    let name = &call.operation;
    let operation = target.operation(&name.value).ok_or_else(|| {
        let message = format!("the contract has no operation `{}`", name.value);
        StepError::at(&name.place, message)
    })?;
    let (parameters, values) = evaluate_parameters(&call.with, scope)?;
    let url = url_of(operation, target, call, &values, scope)?;
    let (content_type, body) = body_of(call, operation, scope)?;
    // What the transports add has room as well.
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    match content_type.as_deref() {
        Some("application/json") => {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Some(other) => insert(&mut headers, "content-type", other)?,
        None => {}
    }
    for parameter in operation.parameters() {
        if parameter.location() == Location::Header {
            if let Some(value) = values.get(parameter.name()) {
                insert(&mut headers, parameter.name(), value)?;
            } else if let Some(value) = default_header(parameter.name()) {
                headers.insert(header_name(parameter.name())?, value);
            }
        }
    }
    override_headers(&mut headers, &call.headers, scope)?;
    Ok(Prepared {
        request: Request {
            method: operation.method().clone(),
            url,
            headers,
            body,
        },
        parameters,
    })
}

/// The request of a raw step: nothing is added but a correlation id.
pub(super) fn raw(raw: &Raw, target: &Target, scope: &dyn Scope) -> Result<Prepared, StepError> {
    let method = raw.method.evaluate(scope)?;
    let method = Method::from_bytes(method.as_bytes())
        .map_err(|_| StepError::at(raw.method.0.place(), format!("`{method}` is not an HTTP method")))?;
    let path = raw.path.evaluate(scope)?;
    let api = raw.api.as_ref().map_or("", |api| api.value.as_str());
    let base = target.base_url(api).ok_or_else(|| {
        StepError::at(
            raw.path.0.place(),
            format!("the environment has no address for API `{api}`"),
        )
    })?;
    let body = match (&raw.bytes, &raw.body) {
        (Some(bytes), _) => Bytes::copy_from_slice(bytes),
        (None, Some(text)) => Bytes::from(text.evaluate(scope)?),
        (None, None) => Bytes::new(),
    };
    let mut headers = HeaderMap::new();
    headers.insert("korrelasjonsid", fresh_id());
    override_headers(&mut headers, &raw.headers, scope)?;
    Ok(Prepared {
        request: Request {
            method,
            url: format!("{base}{path}"),
            headers,
            body,
        },
        parameters: Map::new(),
    })
}

type Parameters = (Map<String, Value>, BTreeMap<String, String>);

fn evaluate_parameters(
    with: &[(Located<String>, Template)],
    scope: &dyn Scope,
) -> Result<Parameters, StepError> {
    let mut parameters = Map::new();
    let mut values = BTreeMap::new();
    for (name, template) in with {
        let value = template.evaluate(scope)?;
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ => {
                let message = format!("parameter `{}` must be text or a number", name.value);
                return Err(StepError::at(&name.place, message));
            }
        };
        values.insert(name.value.clone(), text);
        parameters.insert(name.value.clone(), value);
    }
    Ok((parameters, values))
}

fn url_of(
    operation: &Operation,
    target: &Target,
    call: &Call,
    values: &BTreeMap<String, String>,
    scope: &dyn Scope,
) -> Result<String, StepError> {
    let place = &call.operation.place;
    let base = target.base_url(operation.api()).ok_or_else(|| {
        let message = format!("the environment has no address for API `{}`", operation.api());
        StepError::at(place, message).help("add it under `base_urls` in utlegg.yaml")
    })?;
    let path = operation
        .fill_path(values)
        .map_err(|error| StepError::at(place, error.to_string()))?;
    let mut url = String::with_capacity(base.len() + path.len() + 64);
    url.push_str(base);
    url.push_str(&path);
    let mut mark = '?';
    let mut add = |name: &str, value: &str| {
        url.push(mark);
        url.push_str(&format!("{}={}", percent_encoded(name), percent_encoded(value)));
        mark = '&';
    };
    for parameter in operation.parameters() {
        if parameter.location() == Location::Query
            && let Some(value) = values.get(parameter.name())
        {
            add(parameter.name(), value);
        }
    }
    for (name, template) in &call.query {
        add(&name.value, &template.evaluate(scope)?);
    }
    Ok(url)
}

/// The body with its media type: JSON, or text as it stands where `Content-Type` is not JSON, or multipart.
fn body_of<'a>(
    call: &Call,
    operation: &'a Operation,
    scope: &dyn Scope,
) -> Result<(Option<Cow<'a, str>>, Bytes), StepError> {
    if !call.multipart.is_empty() {
        let parts = call
            .multipart
            .iter()
            .map(|part| form_part(part, scope))
            .collect::<Result<Vec<_>, _>>()?;
        let (content_type, body) = encode_multipart(&parts);
        return Ok((Some(Cow::Owned(content_type)), body));
    }
    let Some(template) = &call.body else {
        return Ok((None, Bytes::new()));
    };
    let json = sends_json(call, scope)?;
    if json && call.patch.is_none() {
        let mut bytes = Vec::with_capacity(512);
        template.write_json(scope, &mut bytes)?;
        return Ok((Some(declared(operation)), Bytes::from(bytes)));
    }
    let mut body = template.value(scope)?;
    if let Some(operations) = &call.patch {
        patch::apply(body.to_mut(), operations, scope)?;
    }
    let bytes = match (body.as_ref(), json) {
        (Value::String(text), false) => Bytes::from(text.clone()),
        (body, _) => Bytes::from(body.to_string()),
    };
    Ok((Some(declared(operation)), bytes))
}

/// The media type of JSON that the operation takes.
fn declared(operation: &Operation) -> Cow<'_, str> {
    let declared = operation
        .request_media_types()
        .find(|media_type| media_type.ends_with("json"));
    Cow::Borrowed(declared.unwrap_or("application/json"))
}

fn sends_json(call: &Call, scope: &dyn Scope) -> Result<bool, StepError> {
    for (name, value) in &call.headers {
        if name.value.eq_ignore_ascii_case("content-type") {
            return match value {
                Some(value) => Ok(value.evaluate(scope)?.contains("json")),
                None => Ok(false),
            };
        }
    }
    Ok(true)
}

fn form_part(part: &Part, scope: &dyn Scope) -> Result<FormPart, StepError> {
    let evaluate = |text: &Option<TextTemplate>| text.as_ref().map(|text| text.evaluate(scope)).transpose();
    Ok(FormPart {
        name: part.name.value.clone(),
        filename: evaluate(&part.filename)?,
        media_type: evaluate(&part.media_type)?,
        content: match &part.content {
            PartContent::Text(text) => Bytes::from(text.evaluate(scope)?),
            PartContent::Base64(bytes) => Bytes::copy_from_slice(bytes),
            PartContent::File(bytes) => Bytes::copy_from_slice(bytes),
        },
    })
}

fn override_headers(
    headers: &mut HeaderMap,
    overrides: &[(Located<String>, Option<TextTemplate>)],
    scope: &dyn Scope,
) -> Result<(), StepError> {
    for (name, value) in overrides {
        match value {
            Some(value) => insert(headers, &name.value, &value.evaluate(scope)?)?,
            None => {
                headers.remove(name.value.as_str());
            }
        }
    }
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName, StepError> {
    HeaderName::try_from(name).map_err(|_| StepError::new(format!("`{name}` is not a header name")))
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), StepError> {
    let header_name = header_name(name)?;
    let header_value = HeaderValue::try_from(value).map_err(|_| {
        StepError::new(format!(
            "the value of header `{name}` has characters that HTTP forbids"
        ))
    })?;
    headers.insert(header_name, header_value);
    Ok(())
}
