//! Who calls, and whether they may: the token's checks on the API's side.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::journal::Stage;
use super::maskinporten::{AccessClaims, Maskinporten};
use super::refusal::{Meaning, Refusal};

/// Reads and verifies the bearer token.
///
/// # Errors
/// The refusal for a missing or unusable one, with the reason for the journal.
pub async fn authenticate(
    maskinporten: &Maskinporten,
    headers: &HeaderMap,
    now: i64,
) -> Result<Arc<AccessClaims>, Refusal> {
    let refuse = |reason: String| Refusal::new(Stage::Authentication, Meaning::Authentication, reason);
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Err(refuse("there is no Authorization header".into()));
    };
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
    });
    let Some(token) = token else {
        return Err(refuse("the Authorization header has no bearer token".into()));
    };
    maskinporten
        .verify(token, now)
        .await
        .map_err(|error| refuse(error.to_string()))
}

/// Checks the scope and the system user's resource; returns the organisation that counts as the submitter.
///
/// # Errors
/// The refusal for a token that is good but not for this.
pub fn authorise(maskinporten: &Maskinporten, token: &AccessClaims) -> Result<String, Refusal> {
    let refuse = |reason: String| Refusal::new(Stage::Authorisation, Meaning::Authorisation, reason);
    if !token.scope.split(' ').any(|scope| scope == maskinporten.scope) {
        return Err(refuse(format!(
            "the token's scope is `{}`, not `{}`",
            token.scope, maskinporten.scope
        )));
    }
    if !maskinporten.has_resource(token) {
        return Err(refuse(
            "the system user has not been given the service's resource".into(),
        ));
    }
    let submitter = token.submitter().map(str::to_owned);
    submitter.ok_or_else(|| refuse("the token names no Norwegian organisation".into()))
}
