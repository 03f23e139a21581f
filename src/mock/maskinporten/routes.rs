//! The stand-in's addresses: metadata, keys, token.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use jsonwebtoken::jwk::JwkSet;
use serde_json::json;

use super::error::GrantError;
use super::issuer::Flaw;
use super::key::KeyError;
use crate::mock::state::MockState;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The routes below `/maskinporten`.
pub fn routes() -> Router<Arc<MockState>> {
    Router::new()
        .route("/.well-known/oauth-authorization-server", get(metadata))
        .route("/jwk", get(keys))
        .route("/token", post(token))
}

async fn metadata(State(state): State<Arc<MockState>>) -> Response {
    let issuer = &state.maskinporten.issuer;
    Json(json!({
        "authorization_details_types_supported": ["urn:altinn:systemuser", "urn:altinn:consent"],
        "grant_types_supported": [GRANT_TYPE],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}jwk"),
        "token_endpoint": format!("{issuer}token"),
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
    }))
    .into_response()
}

async fn keys(State(state): State<Arc<MockState>>) -> Response {
    match state.maskinporten.keys.server.get().await {
        Ok(key) => Json(JwkSet {
            keys: vec![key.jwk.clone()],
        })
        .into_response(),
        Err(error) => no_key(&error),
    }
}

async fn token(State(state): State<Arc<MockState>>, body: axum::body::Bytes) -> Response {
    let maskinporten = &state.maskinporten;
    let now = jiff::Timestamp::now().as_second();
    let form: HashMap<String, String> = parse_form(&body);
    let grant_type = form.get("grant_type").map_or("", String::as_str);
    if grant_type != GRANT_TYPE {
        return refused(&state, &GrantError::grant_type(grant_type));
    }
    let assertion = form.get("assertion").map_or("", String::as_str);
    let grant = match maskinporten.judge(assertion, now).await {
        Ok(Ok(grant)) => grant,
        Ok(Err(refusal)) => return refused(&state, &refusal),
        Err(error) => return no_key(&error),
    };
    match maskinporten.issue(&grant, Flaw::None, now).await {
        Ok(token) => Json(json!({
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": maskinporten.lifetime.as_secs().saturating_sub(1),
            "scope": maskinporten.scope,
        }))
        .into_response(),
        Err(error) => no_key(&error),
    }
}

fn parse_form(body: &[u8]) -> HashMap<String, String> {
    let uri = String::from_utf8(body.to_vec())
        .ok()
        .and_then(|query| Uri::builder().path_and_query(format!("/?{query}")).build().ok());
    let query = uri.and_then(|uri| axum::extract::Query::<HashMap<String, String>>::try_from_uri(&uri).ok());
    query.map(|axum::extract::Query(form)| form).unwrap_or_default()
}

fn refused(state: &MockState, refusal: &GrantError) -> Response {
    let forbidden = state.options.behaviour.old_forbidden && refusal.forbidden;
    let status = if forbidden {
        StatusCode::FORBIDDEN
    } else {
        StatusCode::BAD_REQUEST
    };
    state.journal.record_token(status.as_u16(), &refusal.to_string());
    (status, Json(refusal.body(&state.maskinporten.issuer))).into_response()
}

fn no_key(error: &KeyError) -> Response {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        Json(json!({"error": "server_error", "error_description": error.to_string()})),
    )
        .into_response()
}
