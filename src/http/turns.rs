//! How many exchanges may be under way with one host at a time.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use tokio::sync::Semaphore;

/// The limit, kept for each host and port.
#[derive(Debug)]
pub(super) struct Turns {
    limit: Option<usize>,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Turns {
    /// At most `limit` at a time with each host; `None` for no limit.
    pub(super) fn new(limit: Option<NonZeroUsize>) -> Self {
        Self {
            limit: limit.map(usize::from),
            hosts: Mutex::default(),
        }
    }

    /// Where to wait for one's turn with the host; `None` where nobody needs to wait. Never closed.
    pub(super) fn of(&self, authority: &str) -> Option<Arc<Semaphore>> {
        let limit = self.limit?;
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get(authority) {
            return Some(Arc::clone(known));
        }
        let fresh = Arc::new(Semaphore::new(limit));
        hosts.insert(authority.to_owned(), Arc::clone(&fresh));
        Some(fresh)
    }
}

/// Host and port, as a person names a server; never the user information a URL may carry.
pub(super) fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
