//! What a transport needs to know before it sends anything.

use std::num::NonZeroUsize;
use std::time::Duration;

/// Limits and identity of a [`ReqwestTransport`](super::ReqwestTransport).
#[derive(Debug, Clone)]
pub struct TransportOptions {
    /// The longest time to reach the server, TLS included.
    pub connect_timeout: Duration,
    /// The longest time for a whole exchange, from the start of sending to the last byte of the body.
    pub timeout: Duration,
    /// The largest body read, in bytes, counted after decompression.
    pub max_body: usize,
    /// The `User-Agent` of requests that name none.
    pub user_agent: String,
    /// How many exchanges may be under way with one host at a time; `None` for no limit.
    /// The administration allows an organisation five per API.
    pub concurrency: Option<NonZeroUsize>,
    /// Root certificates to trust besides the system's, each a PEM file's content.
    pub root_certificates: Vec<Vec<u8>>,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            max_body: 10 * 1024 * 1024,
            user_agent: concat!("utlegg/", env!("CARGO_PKG_VERSION")).to_owned(),
            concurrency: None,
            root_certificates: Vec::new(),
        }
    }
}
