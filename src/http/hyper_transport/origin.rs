//! One host and port with its idle connections.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::HeaderValue;
use http::uri::Authority;
use reqwest::Url;
use tokio::sync::Semaphore;

use super::link::Link;
use crate::http::turns::{Turns, authority};
use crate::http::{TransportError, failure};

/// How long a connection may have been idle and still be used, as reqwest has it.
const LONGEST_IDLE: Duration = Duration::from_secs(90);

/// A scheme, host and port.
pub(super) struct Origin {
    /// What every plain URL of it begins with: `http://127.0.0.1:8080`.
    pub(super) prefix: String,
    /// Host and port as a person names them, and as `Host` carries them.
    pub(super) name: String,
    /// The same, for the request line of CONNECT.
    pub(super) authority: Authority,
    /// The same, for the header `Host`.
    pub(super) host_header: HeaderValue,
    /// The host alone, an IPv6 address without brackets.
    pub(super) host: String,
    /// The port.
    pub(super) port: u16,
    /// Whether TLS is spoken.
    pub(super) tls: bool,
    /// Where to wait for one's turn, where the number of calls is limited.
    pub(super) turn: Option<Arc<Semaphore>>,
    /// The latest used last.
    idle: Mutex<Vec<Link>>,
}

impl Origin {
    /// The origin of a URL of HTTP.
    ///
    /// # Errors
    /// When its host cannot stand in a request.
    pub(super) fn of(url: &Url, turns: &Turns) -> Result<Self, TransportError> {
        let name = authority(url);
        let host = url.host_str().unwrap_or_default();
        let host_header =
            HeaderValue::from_str(&name).map_err(|error| failure::unsendable(&error.to_string()))?;
        Ok(Self {
            prefix: format!("{}://{name}", url.scheme()),
            authority: name
                .parse()
                .map_err(|error: http::uri::InvalidUri| failure::unsendable(&error.to_string()))?,
            host_header,
            host: host.trim_start_matches('[').trim_end_matches(']').to_owned(),
            port: url.port_or_known_default().unwrap_or_default(),
            tls: url.scheme() == "https",
            turn: turns.of(&name),
            idle: Mutex::default(),
            name,
        })
    }

    /// Whether both are the same origin.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.prefix == other.prefix
    }

    /// The connection that was used last and is still open.
    pub(super) async fn take_idle(&self) -> Option<Link> {
        loop {
            let mut latest = self.idle().pop()?;
            if latest.is_usable().await {
                return Some(latest);
            }
        }
    }

    /// Keeps a connection for the next request, and lets the one go that has been idle longest, where that is too long.
    pub(super) fn give_back(&self, mut link: Link) {
        if link.has_ended() {
            return;
        }
        let now = Instant::now();
        link.idle_since = now;
        let mut idle = self.idle();
        if idle
            .first()
            .is_some_and(|oldest| now.duration_since(oldest.idle_since) > LONGEST_IDLE)
        {
            let _ = idle.remove(0);
        }
        idle.push(link);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
