//! Fetches the parties of the mock's register, over HTTP as they will come from Tenor.

use bytes::Bytes;
use http::{HeaderMap, Method};

use super::NotReady;
use crate::http::{Request, Transport};
use crate::mock::RegisterSize;
use crate::testdata::Party;

/// Parties fetched of the rarer kinds, at most.
const FEW: usize = 100;
/// Persons under the new rules fetched from a register of the usual size; a larger one is fetched whole.
const USUAL_PERSONS: usize = 600;

/// The parties for a pool.
///
/// # Errors
/// [`NotReady`] when the register does not answer.
pub(super) async fn register<T: Transport>(
    transport: &T,
    base: &str,
    size: RegisterSize,
) -> Result<Vec<Party>, NotReady> {
    let usual = RegisterSize::default();
    let persons = if size.persons > usual.persons {
        size.persons
    } else {
        USUAL_PERSONS
    };
    let organisations = size.organisations.max(2 * usual.organisations);
    let kinds = [
        ("person", "new", persons),
        ("person", "old", FEW),
        ("organisation", "new", organisations),
        ("organisation", "old", FEW),
        ("sub-unit", "new", FEW / 2),
        ("sole-proprietorship", "new", FEW / 2),
    ];
    let mut parties = Vec::new();
    for (kind, rules, count) in kinds {
        let url = format!("{base}?kind={kind}&rules={rules}&count={count}");
        let found: Vec<Party> = fetch(transport, &url).await?;
        parties.extend(found);
    }
    Ok(parties)
}

async fn fetch<T: Transport, V: serde::de::DeserializeOwned>(
    transport: &T,
    url: &str,
) -> Result<V, NotReady> {
    let request = Request {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
    };
    let failed = |reason: String| NotReady::new(format!("the mock's register at {url}: {reason}"));
    let response = transport
        .send(request)
        .await
        .result
        .map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&response.body).map_err(|error| failed(error.to_string()))
}
