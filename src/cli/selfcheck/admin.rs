//! Orders slowness from the mock and asks what it served.

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde::de::DeserializeOwned;

use crate::cli::problem::Problem;
use crate::http::{HyperTransport, Request, Transport};
use crate::load::selfcheck::ServedCall;
use crate::mock::{Injection, ServedPage};

/// Puts an injection in force; its stall counts from now.
pub(super) async fn inject(
    transport: &HyperTransport,
    base: &str,
    injection: &Injection,
) -> Result<(), Problem> {
    let body = serde_json::to_vec(injection).map_err(Problem::invalid)?;
    let _: Injection = ask(transport, Method::PUT, format!("{base}/injection"), body.into()).await?;
    Ok(())
}

/// How many requests the mock has served by now.
pub(super) async fn served_so_far(transport: &HyperTransport, base: &str) -> Result<u64, Problem> {
    let url = format!("{base}/served?since={}", u64::MAX / 2);
    let page: ServedPage = ask(transport, Method::GET, url, Bytes::new()).await?;
    Ok(page.last)
}

/// What was served after number `since`.
///
/// # Errors
/// A problem when the mock's log has lost some of it.
pub(super) async fn served_since(
    transport: &HyperTransport,
    base: &str,
    since: u64,
) -> Result<Vec<ServedCall>, Problem> {
    let url = format!("{base}/served?since={since}");
    let page: ServedPage = ask(transport, Method::GET, url, Bytes::new()).await?;
    if page.lost > 0 {
        return Err(Problem::invalid(
            "the mock's log of what it served is too small for the check",
        ));
    }
    let calls = page.entries.iter().filter_map(|entry| {
        Some(ServedCall {
            read_us: entry.read_us,
            served_us: entry.served_us?,
        })
    });
    Ok(calls.collect())
}

async fn ask<V: DeserializeOwned>(
    transport: &HyperTransport,
    method: Method,
    url: String,
    body: Bytes,
) -> Result<V, Problem> {
    let failed = |reason: String| Problem::invalid(format!("the mock's admin interface at {url}: {reason}"));
    let request = Request {
        method,
        url: url.clone(),
        headers: HeaderMap::new(),
        body,
    };
    let sent = transport.send(request).await.result;
    let response = sent.map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&response.body).map_err(|error| failed(error.to_string()))
}
