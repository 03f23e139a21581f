//! From a step to the request it sends: templates evaluated, parameters placed, headers filled in.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
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

/// The names of the headers that identify a call to the administration, with what we put in them.
fn default_header(name: &str) -> Option<String> {
    match name.to_ascii_lowercase().as_str() {
        "korrelasjonsid" | "meldingsid" => Some(uuid::Uuid::new_v4().to_string()),
        "klientid" => Some(concat!("utlegg/", env!("CARGO_PKG_VERSION")).to_owned()),
        _ => None,
    }
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
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(content_type) = content_type {
        insert(&mut headers, "content-type", &content_type)?;
    }
    for parameter in operation.parameters() {
        if parameter.location() == Location::Header {
            let given = values.get(parameter.name()).cloned();
            if let Some(value) = given.or_else(|| default_header(parameter.name())) {
                insert(&mut headers, parameter.name(), &value)?;
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
    insert(&mut headers, "korrelasjonsid", &uuid::Uuid::new_v4().to_string())?;
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
    let mut query = Vec::new();
    for parameter in operation.parameters() {
        if parameter.location() == Location::Query
            && let Some(value) = values.get(parameter.name())
        {
            query.push((parameter.name().to_owned(), value.clone()));
        }
    }
    for (name, template) in &call.query {
        query.push((name.value.clone(), template.evaluate(scope)?));
    }
    let mut url = format!("{base}{path}");
    for (i, (name, value)) in query.iter().enumerate() {
        url.push(if i == 0 { '?' } else { '&' });
        url.push_str(&format!("{}={}", percent_encoded(name), percent_encoded(value)));
    }
    Ok(url)
}

/// The body with its media type: JSON, or text as it stands where `Content-Type` is not JSON, or multipart.
fn body_of(
    call: &Call,
    operation: &Operation,
    scope: &dyn Scope,
) -> Result<(Option<String>, Bytes), StepError> {
    if !call.multipart.is_empty() {
        let parts = call
            .multipart
            .iter()
            .map(|part| form_part(part, scope))
            .collect::<Result<Vec<_>, _>>()?;
        let (content_type, body) = encode_multipart(&parts);
        return Ok((Some(content_type), body));
    }
    let Some(template) = &call.body else {
        return Ok((None, Bytes::new()));
    };
    let mut body = template.value(scope)?;
    if let Some(operations) = &call.patch {
        patch::apply(body.to_mut(), operations, scope)?;
    }
    let declared = operation
        .request_media_types()
        .find(|media_type| media_type.ends_with("json"))
        .unwrap_or("application/json")
        .to_owned();
    match (body.as_ref(), sends_json(call, scope)?) {
        (Value::String(text), false) => Ok((Some(declared), Bytes::from(text.clone()))),
        (body, _) => Ok((Some(declared), Bytes::from(body.to_string()))),
    }
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

fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), StepError> {
    let header_name =
        HeaderName::try_from(name).map_err(|_| StepError::new(format!("`{name}` is not a header name")))?;
    let header_value = HeaderValue::try_from(value).map_err(|_| {
        StepError::new(format!(
            "the value of header `{name}` has characters that HTTP forbids"
        ))
    })?;
    headers.insert(header_name, header_value);
    Ok(())
}
