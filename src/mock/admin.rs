//! The admin interface under `/_utlegg/`: what a test bench may do and the service itself never offers.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::clock::FURTHEST;
use super::injection;
use super::maskinporten::{Flaw, Grant, is_synthetic_organisation};
use super::parties;
use super::script::Script;
use super::state::MockState;

/// The routes below `/_utlegg`.
pub fn routes() -> Router<Arc<MockState>> {
    Router::new()
        .route("/health", get(health))
        .route("/journal", get(journal))
        .route("/clock", post(clock))
        .route(
            "/scripts/{innsenderReferanse}",
            put(set_script).delete(remove_script),
        )
        .route("/tokens", post(token))
        .route("/parties", get(parties))
        .merge(injection::routes())
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
}

/// A plain message for whoever drives the mock.
pub(super) fn refused(status: StatusCode, message: impl Into<String>) -> Response {
    (status, Json(json!({"error": message.into()}))).into_response()
}

async fn unknown() -> Response {
    let message = "the admin interface has GET health, injection, journal, parties, served; POST clock, tokens; \
                   PUT and DELETE injection, scripts/{innsenderReferanse}";
    refused(StatusCode::NOT_FOUND, message)
}

/// The body as JSON, or what is wrong with it.
pub(super) fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Result<T, Response> {
    serde_json::from_slice(body).map_err(|error| refused(StatusCode::BAD_REQUEST, error.to_string()))
}

async fn health(State(state): State<Arc<MockState>>) -> Response {
    let models: Vec<&str> = state.models.iter().map(super::model::ServedModel::name).collect();
    Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION"), "models": models, "cases": state.cases.len()}))
        .into_response()
}

/// From where a reader goes on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Since {
    /// The last number it has seen.
    #[serde(default)]
    pub(super) since: u64,
}

async fn journal(
    State(state): State<Arc<MockState>>,
    query: Result<Query<Since>, axum::extract::rejection::QueryRejection>,
) -> Response {
    match query {
        Ok(Query(Since { since })) => Json(state.journal.since(since)).into_response(),
        Err(error) => refused(StatusCode::BAD_REQUEST, error.body_text()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    #[serde(rename = "eksternSaksreferanse")]
    reference: Option<String>,
    #[serde(rename = "innsenderReferanse")]
    own: Option<String>,
    uuid: Option<String>,
    #[serde(rename = "advance_ms")]
    milliseconds: u64,
}

/// Moves the clock of one case, or of one attachment, and of nothing else.
async fn clock(State(state): State<Arc<MockState>>, body: axum::body::Bytes) -> Response {
    let advance: Advance = match read(&body) {
        Ok(advance) => advance,
        Err(response) => return response,
    };
    let by = i64::try_from(advance.milliseconds).map_or(FURTHEST, SignedDuration::from_millis);
    let real = Timestamp::now();
    let moved = match (advance.reference, advance.own, advance.uuid) {
        (Some(reference), None, None) => advance_case(&state, &reference, by, real),
        (None, Some(own), None) => {
            let reference = state.cases.find_by_innsender_referanse(&own);
            reference.and_then(|reference| advance_case(&state, &reference, by, real))
        }
        (None, None, Some(uuid)) => advance_attachment(&state, &uuid, by, real),
        _ => {
            let message = "name exactly one of eksternSaksreferanse, innsenderReferanse and uuid";
            return refused(StatusCode::BAD_REQUEST, message);
        }
    };
    match moved {
        Some(moved) => Json(moved).into_response(),
        None => refused(
            StatusCode::NOT_FOUND,
            "there is no such case or attachment, or it has been forgotten",
        ),
    }
}

fn advance_case(state: &MockState, reference: &str, by: SignedDuration, real: Timestamp) -> Option<Value> {
    let (now, status) = state.cases.advance(reference, by, real)?;
    Some(json!({"now": now, "eksternSaksreferanse": reference, "saksstatus": status}))
}

fn advance_attachment(state: &MockState, uuid: &str, by: SignedDuration, real: Timestamp) -> Option<Value> {
    state.attachments.with(&uuid.to_ascii_lowercase(), |attachment| {
        attachment.clock.advance(by);
        json!({"now": attachment.clock.show(real), "uuid": uuid, "status": attachment.status(real)})
    })
}

async fn set_script(
    State(state): State<Arc<MockState>>,
    Path(own): Path<String>,
    body: axum::body::Bytes,
) -> Response {
    let script: Value = match read(&body) {
        Ok(script) => script,
        Err(response) => return response,
    };
    let script = match Script::parse(&script) {
        Ok(script) => script,
        Err(error) => return refused(StatusCode::BAD_REQUEST, error.to_string()),
    };
    if let Some(message) = script.faults.iter().find_map(|fault| unknown_in(&state, fault)) {
        return refused(StatusCode::BAD_REQUEST, message);
    }
    state.scripts.insert(own, Arc::new(script), 0);
    StatusCode::NO_CONTENT.into_response()
}

/// A fault must name an operation and a code that some served contract has.
fn unknown_in(state: &MockState, fault: &super::script::Fault) -> Option<String> {
    let contracts = || state.models.iter().map(|model| &model.contract);
    if !contracts().any(|contract| contract.operation(&fault.operation).is_some()) {
        let names = contracts()
            .flat_map(|contract| contract.operations())
            .map(crate::contract::Operation::name);
        let near = crate::source::closest(&fault.operation, names);
        let hint = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        return Some(format!(
            "no contract has the operation `{}`{hint}",
            fault.operation
        ));
    }
    match &fault.effect {
        super::script::Effect::Fail { code, status: None } => {
            let known = contracts().any(|contract| contract.code(code).is_some());
            (!known)
                .then(|| format!("no contract lists the code `{code}`; give a status with it if it is meant"))
        }
        _ => None,
    }
}

async fn remove_script(State(state): State<Arc<MockState>>, Path(own): Path<String>) -> Response {
    match state.scripts.remove(&own) {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => refused(
            StatusCode::NOT_FOUND,
            "there is no script for this innsenderReferanse",
        ),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedToken {
    kind: Flaw,
    /// A customer whose system user the token is for; without one it is the vendor's own.
    organisation: Option<String>,
}

/// Issues tokens that the real Maskinporten never would: only a mock can offer this.
async fn token(State(state): State<Arc<MockState>>, body: axum::body::Bytes) -> Response {
    let wanted: WantedToken = match read(&body) {
        Ok(wanted) => wanted,
        Err(response) => return response,
    };
    let grant = match wanted.organisation {
        None => Grant::Own,
        Some(organisation) if organisation == state.maskinporten.vendor => Grant::Own,
        Some(organisation) if is_synthetic_organisation(&organisation) => Grant::SystemUser(organisation),
        Some(_) => {
            return refused(
                StatusCode::BAD_REQUEST,
                "organisation must be a synthetic organisation number",
            );
        }
    };
    match state
        .maskinporten
        .issue(&grant, wanted.kind, Timestamp::now().as_second())
        .await
    {
        Ok(token) => Json(json!({
            "access_token": token,
            "token_type": "Bearer",
            // What Maskinporten says of a good one, for clients that read no answer without it.
            "expires_in": state.maskinporten.lifetime.as_secs(),
        }))
        .into_response(),
        Err(error) => refused(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

async fn parties(
    State(state): State<Arc<MockState>>,
    query: Result<Query<parties::Wanted>, axum::extract::rejection::QueryRejection>,
) -> Response {
    match query {
        Ok(Query(wanted)) => Json(parties::draw(&state.register, &wanted)).into_response(),
        Err(error) => refused(StatusCode::BAD_REQUEST, error.body_text()),
    }
}
