//! Around the API: a place to work at, the answer held back, the times noted.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;

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
    if let Some(release) = release {
        state.injector.timer.until(release).await;
    }
    drop(place);
    if let Some(wire) = wire.filter(|_| state.served.is_on()) {
        wire.answers(state.served.add(Answered {
            id,
            operation: operation.map(str::to_owned),
            status: response.status().as_u16(),
            read,
            placed: placed.max(read),
        }));
    }
    response
}

fn id(headers: &HeaderMap) -> String {
    let mut values = IDS.iter().filter_map(|name| headers.get(*name)?.to_str().ok());
    let fitting = values.find(|id| id.len() <= LONGEST_ID);
    fitting.unwrap_or_default().to_owned()
}
