//! The injection and the log of what was served, in the admin interface.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};

use super::Injection;
use crate::mock::admin::{Since, read, refused};
use crate::mock::state::MockState;

/// The routes below `/_utlegg`.
pub fn routes() -> Router<Arc<MockState>> {
    Router::new()
        .route("/injection", get(current).put(set).delete(take_back))
        .route("/served", get(served))
}

async fn current(State(state): State<Arc<MockState>>) -> Response {
    Json(state.injector.get()).into_response()
}

async fn set(State(state): State<Arc<MockState>>, body: Bytes) -> Response {
    let injection: Injection = match read(&body) {
        Ok(injection) => injection,
        Err(response) => return response,
    };
    match injection.check(|name| state.has_operation(name)) {
        Ok(()) => {
            state.injector.set(injection);
            current(State(state)).await
        }
        Err(error) => refused(StatusCode::BAD_REQUEST, error.to_string()),
    }
}

async fn take_back(State(state): State<Arc<MockState>>) -> StatusCode {
    state.injector.set(Injection::default());
    StatusCode::NO_CONTENT
}

async fn served(
    State(state): State<Arc<MockState>>,
    query: Result<Query<Since>, QueryRejection>,
) -> Response {
    match query {
        Ok(_) if !state.served.is_on() => refused(
            StatusCode::NOT_FOUND,
            "nothing is recorded of what is served; start the mock with --record-served N",
        ),
        Ok(Query(Since { since })) => Json(state.served.since(since)).into_response(),
        Err(error) => refused(StatusCode::BAD_REQUEST, error.body_text()),
    }
}
