//! HTTP messages, the [`Transport`] that carries them, and the error codes read out of answers.

mod message;
mod transport;

pub use message::{Exchange, Request, Response, Timing};
pub use transport::{Transport, TransportError, TransportErrorKind};
