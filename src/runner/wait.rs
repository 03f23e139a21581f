//! Waiting: on a live environment by the clock on the wall, against the mock by moving the clock of one case.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

use crate::http::{Request, Transport};

/// What the mock's admin interface tells a case or an attachment by, strongest first.
const CLOCK_KEYS: [&str; 2] = ["eksternSaksreferanse", "uuid"];

/// The admin interface of the mock.
pub struct StandIn<T> {
    transport: Arc<T>,
    base: String,
}

impl<T: Transport> StandIn<T> {
    /// The interface at `base` (`http://127.0.0.1:1234/_utlegg`).
    pub fn new(transport: Arc<T>, base: impl Into<String>) -> Self {
        Self {
            transport,
            base: base.into(),
        }
    }

    /// Says what is to be done with the submission that will carry `reference`.
    ///
    /// # Errors
    /// What the mock objects to, in its words.
    pub async fn script(&self, reference: &str, script: &Value) -> Result<(), String> {
        let path = format!("scripts/{reference}");
        self.ask(Method::PUT, &path, script).await
    }

    /// Moves the clock of the case or attachment that a call's `parameters` name, or else of the case that `reference`
    /// was submitted with.
    ///
    /// # Errors
    /// What the mock objects to, in its words.
    pub async fn advance(
        &self,
        parameters: &Map<String, Value>,
        reference: &str,
        by: Duration,
    ) -> Result<(), String> {
        let named = CLOCK_KEYS
            .iter()
            .find_map(|key| Some((*key, parameters.get(*key)?.clone())));
        let (key, value) = named.unwrap_or_else(|| ("innsenderReferanse", reference.into()));
        let millis = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self.ask(
            Method::POST,
            "clock",
            &json!({ key: value, "advance_ms": millis }),
        )
        .await
    }

    async fn ask(&self, method: Method, path: &str, body: &Value) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let request = Request {
            method,
            url: format!("{}/{path}", self.base),
            headers,
            body: Bytes::from(body.to_string()),
        };
        let response = self
            .transport
            .send(request)
            .await
            .result
            .map_err(|error| format!("the mock's admin interface did not answer: {error}"))?;
        if response.status < 300 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&response.body);
        Err(format!(
            "the mock's admin interface refused /{path}: {}",
            text.trim()
        ))
    }
}

/// How a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// In real time.
    Really,
    /// By moving a clock; no real time passed.
    Virtually,
    /// The run was interrupted.
    Interrupted,
}

/// Waits for `time`; with a stand-in the clock of the case that `parameters` or `reference` name is moved instead.
pub(super) async fn wait<T: Transport>(
    stand_in: Option<&StandIn<T>>,
    (parameters, reference): (&Map<String, Value>, &str),
    time: Duration,
    cancel: &CancellationToken,
) -> Result<Waited, String> {
    if cancel.is_cancelled() {
        return Ok(Waited::Interrupted);
    }
    if let Some(stand_in) = stand_in {
        stand_in.advance(parameters, reference, time).await?;
        return Ok(Waited::Virtually);
    }
    tokio::select! {
        () = tokio::time::sleep(time) => Ok(Waited::Really),
        () = cancel.cancelled() => Ok(Waited::Interrupted),
    }
}
