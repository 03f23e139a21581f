//! What carries a request: the seam between the interpreter and the network.

use super::{Exchange, Request};

/// Sends one request and waits for the whole response.
///
/// The functional run and the load run differ in their transport and in nothing else.
pub trait Transport: Send + Sync {
    /// Sends `request`. Never fails: what went wrong stands in the exchange.
    fn send(&self, request: Request) -> impl Future<Output = Exchange> + Send;
}

/// Why there is no response.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct TransportError {
    /// What kind of failure.
    pub kind: TransportErrorKind,
    /// What happened, for a person, with what to do when that is known.
    pub message: String,
}

/// The kinds of failure a transport tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// No connection: refused, unknown host, TLS.
    Connect,
    /// No complete answer in time.
    Timeout,
    /// The connection ended before the answer was complete, or its encoding was broken.
    Truncated,
    /// The answer is larger than we read.
    TooLarge,
    /// The request could not be formed.
    Request,
    /// Anything else.
    Other,
}
