//! Why an exchange failed, in words that say what to do.

use std::error::Error;
use std::io;
use std::time::Duration;

use super::{TransportError, TransportErrorKind};

mod reqwest;

pub(super) use reqwest::classify;

/// How far an exchange had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// No headers yet.
    Sending,
    /// The headers are there, the body is being read.
    Reading,
}

/// The last error of the chain: the one that names the cause.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let current = next?;
        next = current.source();
        Some(current)
    })
}

fn of(kind: TransportErrorKind, message: String) -> TransportError {
    TransportError { kind, message }
}

/// A URL that is none.
pub(super) fn bad_url(url: &str, error: &dyn Error) -> TransportError {
    of(
        TransportErrorKind::Request,
        format!("`{url}` is not a URL: {error}; correct the base URL or the path"),
    )
}

/// A URL of a scheme nobody speaks here.
pub(super) fn bad_scheme(url: &str) -> TransportError {
    of(
        TransportErrorKind::Request,
        format!("`{url}` begins with neither http:// nor https://; correct the base URL"),
    )
}

/// The whole exchange took too long.
pub(super) fn timed_out(host: &str, phase: Phase, limit: Duration) -> TransportError {
    let message = match phase {
        Phase::Sending => {
            format!("{host} gave no answer within {limit:?}; see whether it is up, or raise the time limit")
        }
        Phase::Reading => format!(
            "the answer of {host} began but was not complete after {limit:?}; the server stalls or never ends its body \
             (or the environment's `timeout` is too short)"
        ),
    };
    of(TransportErrorKind::Timeout, message)
}

/// The body is larger than is read.
pub(super) fn too_large(limit: usize) -> TransportError {
    of(
        TransportErrorKind::TooLarge,
        format!(
            "the answer's body is larger than {limit} bytes (counted after decompression); reading stopped there, since no \
             answer of the API is near that; see what the server sends"
        ),
    )
}

/// The request cannot be formed, or its parts are none that HTTP knows.
pub(super) fn unsendable(cause: &str) -> TransportError {
    of(
        TransportErrorKind::Request,
        format!("the request cannot be sent: {cause}"),
    )
}

/// The host's name has no address.
pub(super) fn unknown_host(host: &str) -> TransportError {
    of(
        TransportErrorKind::Connect,
        format!("the host name of {host} is unknown here; check its spelling, the network and the proxy"),
    )
}

/// Connecting took too long.
pub(super) fn slow_connection(host: &str) -> TransportError {
    of(
        TransportErrorKind::Connect,
        format!("no connection to {host} in time; a firewall may be dropping it"),
    )
}

/// No connection, for the reason that `error` gives.
pub(super) fn no_connection(error: &(dyn Error + 'static), host: &str) -> TransportError {
    of(TransportErrorKind::Connect, no_connection_words(error, host))
}

fn no_connection_words(error: &(dyn Error + 'static), host: &str) -> String {
    let refused = chain(error)
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::ConnectionRefused);
    if refused {
        return format!(
            "nothing listens at {host} (connection refused); start the environment or correct its base URL"
        );
    }
    let cause = innermost(error);
    if cause.contains("certificate") {
        return format!(
            "the certificate of {host} is not trusted: {cause}; name its root certificate in the settings, or correct the base URL"
        );
    }
    if cause.contains("corrupt message") {
        return format!("{host} speaks no TLS ({cause}); does its base URL begin with http://?");
    }
    format!("no connection to {host}: {cause}")
}

/// The exchange itself went wrong, on the level of HTTP/1.1 or of the body's encoding.
pub(super) fn broken_exchange(error: &(dyn Error + 'static), host: &str, phase: Phase) -> TransportError {
    if let Some(failure) = http_words(error, host, phase) {
        return failure;
    }
    let cause = innermost(error);
    match phase {
        Phase::Reading => of(
            TransportErrorKind::Truncated,
            format!("the answer of {host} says it is compressed, but cannot be decompressed: {cause}"),
        ),
        Phase::Sending => of(
            TransportErrorKind::Other,
            format!("the exchange with {host} failed: {cause}"),
        ),
    }
}

/// The client cannot be made, for want of root certificates most of the time.
pub(super) fn no_client(cause: &str) -> TransportError {
    of(
        TransportErrorKind::Other,
        format!(
            "the HTTP client cannot be set up: {cause}; for HTTPS this machine needs root certificates (package ca-certificates) or some named in the settings"
        ),
    )
}

/// A root certificate that is none.
pub(super) fn bad_root(cause: &str) -> TransportError {
    of(
        TransportErrorKind::Other,
        format!("a root certificate in the settings is not PEM: {cause}"),
    )
}

/// What went wrong on the level of HTTP/1.1, if it did.
fn http_words(error: &(dyn Error + 'static), host: &str, phase: Phase) -> Option<TransportError> {
    let hyper = chain(error).find_map(|error| error.downcast_ref::<hyper::Error>())?;
    if hyper.is_parse_too_large() {
        return Some(of(
            TransportErrorKind::TooLarge,
            format!("the headers of the answer of {host} are larger than is read"),
        ));
    }
    if hyper.is_parse() {
        return Some(of(
            TransportErrorKind::Other,
            format!(
                "what {host} answers is not HTTP/1.1 ({hyper}); does another service listen there, or one that wants HTTPS?"
            ),
        ));
    }
    if hyper.is_incomplete_message() {
        return Some(of(
            TransportErrorKind::Truncated,
            format!(
                "{host} closed the connection before the answer was complete; the server's own log may say why"
            ),
        ));
    }
    (phase == Phase::Reading).then(|| {
        let cause = innermost(error);
        of(
            TransportErrorKind::Truncated,
            format!(
                "the answer of {host} ended before it was complete ({cause}); the server, or a proxy before it, cut it off"
            ),
        )
    })
}
