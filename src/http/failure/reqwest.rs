//! What reqwest says of a failure, told apart.

use super::{
    Phase, TransportError, TransportErrorKind, broken_exchange, chain, innermost, no_connection, of,
    slow_connection, unknown_host, unsendable,
};

/// What reqwest says, told apart and put in plain words.
pub(in crate::http) fn classify(error: &reqwest::Error, host: &str, phase: Phase) -> TransportError {
    if error.is_builder() || error.is_request() && chain(error).count() == 1 {
        return unsendable(&innermost(error));
    }
    if error.is_connect() {
        return if error.is_dns() {
            unknown_host(host)
        } else if error.is_timeout() {
            slow_connection(host)
        } else {
            no_connection(error, host)
        };
    }
    if error.is_timeout() {
        return of(
            TransportErrorKind::Timeout,
            format!("{host} did not answer in time"),
        );
    }
    broken_exchange(error, host, phase)
}
