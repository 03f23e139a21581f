//! Around the API: a place to work at, the answer held back, the times noted.

use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;

use tokio::sync::OwnedSemaphorePermit;

use super::served::Answered;
use super::wire::Wire;
use crate::mock::gateway;
use crate::mock::state::MockState;

/// The headers that tell a request, in the order in which they are looked for.
const IDS: [&str; 2] = ["korrelasjonsid", "meldingsid"];
/// The longest of them that is kept.
const LONGEST_ID: usize = 64;

/// Lets a request to the API through, and its answer out when the injection in force allows.
pub async fn around(State(state): State<Arc<MockState>>, request: Request) -> Response {
    let orders = state.injector.orders();
    if orders.is_none() && !state.served.is_on() {
        return gateway::handle(&state, request).await.0;
    }
    let arrived = Instant::now();
    let id = id(request.headers());
    let wire = request
        .extensions()
        .get::<ConnectInfo<Wire>>()
        .map(|info| info.0.clone());
    let place = match &orders {
        Some(orders) => orders.place().await,
        None => None,
    };
    let placed = place.as_ref().map_or(arrived, |_| Instant::now());
    let (response, operation) = gateway::handle(&state, request).await;
    // Known only now: the body is read while the request is worked on. Of one that had to wait for a place it is not
    // known, since the rest of its body waited in the socket.
    let last_read = wire.as_ref().and_then(Wire::last_read);
    let read = last_read.filter(|_| place.is_none()).unwrap_or(arrived);
    let release = orders
        .as_ref()
        .and_then(|orders| orders.release(operation, read.max(placed), Instant::now()));
    let late_body = orders.is_some_and(|orders| orders.holds_body());
    if let (Some(release), false) = (release, late_body) {
        state.injector.timer.until(release).await;
    }
    if let Some(wire) = wire.filter(|_| state.served.is_on()) {
        wire.answers(state.served.add(Answered {
            id,
            operation: operation.map(str::to_owned),
            status: response.status().as_u16(),
            read,
            placed: placed.max(read),
        }));
    }
    match release {
        Some(release) if late_body => hold_body(response, state, release, place),
        _ => response,
    }
}

/// The answer with a body that comes when it may; its place is taken until then.
fn hold_body(
    response: Response,
    state: Arc<MockState>,
    release: Instant,
    place: Option<OwnedSemaphorePermit>,
) -> Response {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact() {
        head.headers.insert(CONTENT_LENGTH, length.into());
    }
    let late = async move {
        state.injector.timer.until(release).await;
        drop(place);
        to_bytes(body, usize::MAX).await
    };
    Response::from_parts(head, Body::from_stream(futures_util::stream::once(late)))
}

fn id(headers: &HeaderMap) -> String {
    let mut values = IDS.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    let fitting = values.find(|id| id.len() <= LONGEST_ID);
    fitting.unwrap_or_default().to_owned()
}
