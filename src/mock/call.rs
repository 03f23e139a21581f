//! One request on its way through the checks: what is known of it so far.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::model::ServedModel;
use super::payload::Payload;
use super::stored_request::StoredRequest;
use crate::contract::Operation;

/// A request that has passed everything up to and including the schema.
#[derive(Debug)]
pub struct Call<'a> {
    /// The model it came in under.
    pub model: &'a ServedModel,
    /// The operation.
    pub operation: &'a Operation,
    /// Path parameters, decoded.
    pub path: BTreeMap<String, String>,
    /// Query parameters, decoded.
    pub query: BTreeMap<String, String>,
    /// The organisation that counts as the submitter.
    pub organisation: String,
    /// What the caller calls itself (Klientid).
    pub client: Option<String>,
    /// The body.
    pub payload: Payload,
    /// When it was looked at, real time.
    pub now: Timestamp,
}

impl Call<'_> {
    /// A path parameter; empty where the contract names it otherwise, which then is nobody's identifier.
    pub fn path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// The body as it is to be kept with a case.
    pub fn stored(&self) -> StoredRequest {
        match &self.payload {
            Payload::Document(_, text) => StoredRequest::of(text),
            Payload::None | Payload::Form(_) => StoredRequest::of(b"null"),
        }
    }

    /// The body as a document; `Null` where there is none.
    pub fn document(&self) -> Arc<Value> {
        match &self.payload {
            Payload::Document(document, _) => Arc::clone(document),
            Payload::None | Payload::Form(_) => Arc::new(Value::Null),
        }
    }
}
