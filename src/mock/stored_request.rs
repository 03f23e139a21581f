//! A request as it is kept with its case: its text, which takes a tenth of the memory of a parsed document.

use axum::body::Bytes;
use serde_json::Value;

/// The text of a request that was JSON when it came in.
#[derive(Debug, Clone)]
pub struct StoredRequest(Bytes);

impl StoredRequest {
    /// Keeps a copy, so that no larger buffer of the connection is kept with it.
    pub fn of(text: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(text))
    }

    /// The document, parsed again.
    pub fn document(&self) -> Value {
        serde_json::from_slice(&self.0).unwrap_or_default()
    }

    /// Its size in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}
