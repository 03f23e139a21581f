//! HTTP messages, the [`Transport`] that carries them, and the error codes read out of answers.

mod body;
mod clients;
mod curl;
pub mod error_code;
mod failure;
mod hyper_transport;
mod message;
mod multipart;
mod options;
mod reqwest_transport;
mod transport;
mod turns;

pub use body::Body;
pub use curl::curl;
pub use error_code::{ConditionDetail, ErrorReading, ErrorShape};
pub use hyper_transport::HyperTransport;
pub use message::{Exchange, Request, Response, Timing, text_of};
pub use multipart::{FormPart, encode as encode_multipart};
pub use options::TransportOptions;
pub use reqwest_transport::ReqwestTransport;
pub use transport::{Transport, TransportError, TransportErrorKind};
