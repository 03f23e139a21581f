//! An exchange as reports see it: masked, its bodies shortened.

use serde::{Deserialize, Serialize};

/// A request and its answer, masked when captured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExchangeRecord {
    /// What was sent.
    pub request: RequestRecord,
    /// What came back; `None` when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<ResponseRecord>,
    /// Why nothing came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// When sending began.
    pub started_at: jiff::Timestamp,
    /// From the start of sending to the last byte, in microseconds.
    pub total_us: u64,
    /// The correlation id sent (and echoed), for the administration's logs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub korrelasjonsid: Option<String>,
}

/// A request as reports see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestRecord {
    /// The method.
    pub method: String,
    /// The URL.
    pub url: String,
    /// The headers, secrets masked.
    pub headers: Vec<HeaderRecord>,
    /// The body as text, masked and cut.
    pub body: String,
    /// The body's length in bytes before cutting.
    pub body_bytes: usize,
}

/// An answer as reports see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponseRecord {
    /// The status code.
    pub status: u16,
    /// The headers, secrets masked.
    pub headers: Vec<HeaderRecord>,
    /// The body as text, masked and cut.
    pub body: String,
    /// The body's length in bytes before cutting.
    pub body_bytes: usize,
    /// The error code that was read from it (KB-006), if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The violated conditions that were read from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// The shape of error body the code was read from (`kb-json`, `problem-with-kontrollutslag`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_shape: Option<String>,
}

/// A header as reports see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeaderRecord {
    /// Its name, in lower case.
    pub name: String,
    /// Its value, masked.
    pub value: String,
}
