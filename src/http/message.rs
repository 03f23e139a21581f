//! A request, its response, and both together with the times taken.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};

/// A request, ready to be sent: what stands here is what goes on the wire, whichever transport carries it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The headers, `Content-Type` and `Authorization` among them.
    pub headers: HeaderMap,
    /// The body; empty for none. A multipart body is encoded already, so that every transport sends the same bytes.
    pub body: Bytes,
}

/// A complete response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body, content encoding undone.
    pub body: Bytes,
}

/// When a request was sent and how long its parts took, on the monotonic clock.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Wall-clock time at which sending began.
    pub started_at: jiff::Timestamp,
    /// From the start of sending to the response's headers; `None` when none came.
    pub to_headers: Option<Duration>,
    /// From the start of sending to the last byte of the body, or to the failure.
    pub total: Duration,
}

/// What was sent and what came of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came back, or why nothing did.
    pub result: Result<Response, super::TransportError>,
    /// How long it took.
    pub timing: Timing,
}

impl Response {
    /// The media type without parameters, in lower case: `application/json`.
    pub fn media_type(&self) -> Option<String> {
        let value = self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?;
        let media_type = value.split(';').next().unwrap_or_default().trim();
        (!media_type.is_empty()).then(|| media_type.to_ascii_lowercase())
    }
}

/// Bytes as text, without a copy where they are UTF-8. (`String::from_utf8_lossy` walks them piece by piece even then.)
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}
