//! Ctrl-C and its like.

/// Waits for Ctrl-C or, on Unix, a termination signal.
pub(super) async fn received() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a handler the default one ends the process, which is as good.
    let _ = tokio::signal::ctrl_c().await;
}
