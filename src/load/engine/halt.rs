//! A run's early end, from whoever sees the reason first.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

/// Ends a run early. Cloning shares it.
#[derive(Debug, Clone, Default)]
pub struct Halt {
    token: CancellationToken,
    reason: Arc<OnceLock<String>>,
}

impl Halt {
    /// Ends the run, for this reason in words for a person; the first reason counts.
    pub fn abort(&self, reason: impl Into<String>) {
        // A second reason is of no interest: what came first ended the run.
        let _ = self.reason.set(reason.into());
        self.token.cancel();
    }

    /// The reason, once there is one.
    pub fn reason(&self) -> Option<&str> {
        self.reason.get().map(String::as_str)
    }

    /// Waits for the end.
    pub(super) async fn called(&self) {
        self.token.cancelled().await;
    }
}
