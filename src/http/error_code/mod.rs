//! Error codes, read out of an answer in whatever shape they come.

mod json;
mod reading;
mod text;
mod xml;

pub use reading::{ConditionDetail, ErrorReading, ErrorShape};

use super::{Body, Response};

/// The header in which a service may return the correlation id.
const KORRELASJONSID: &str = "korrelasjonsid";

/// Reads whatever error codes `response` names. What the body *is* decides, never what `Content-Type` says of it.
pub fn read(response: &Response) -> ErrorReading {
    read_parsed(response, &Body::of(response))
}

/// As [`read`], with the body parsed already.
pub fn read_parsed(response: &Response, body: &Body) -> ErrorReading {
    let mut reading = match body {
        Body::Empty => ErrorReading::default(),
        Body::Json(serde_json::Value::String(text)) => text::read(text),
        Body::Json(value) => json::read(value),
        Body::Other { text, .. } => read_text(text),
    };
    if reading.korrelasjonsid.is_none() {
        reading.korrelasjonsid = response
            .headers
            .get(KORRELASJONSID)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
    }
    reading
}

fn read_text(body: &str) -> ErrorReading {
    let body = body.trim_start();
    if body.starts_with('<')
        && !text::is_html(body)
        && let Some(reading) = xml::read(body)
    {
        return reading;
    }
    text::read(body)
}

#[cfg(test)]
mod tests;
