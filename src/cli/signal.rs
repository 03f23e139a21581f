//! Ctrl-C and its like.

/// Waits for Ctrl-C or, on Unix, a termination signal.
pub(super) async fn received() {
    tokio::select! {
        () = interrupted() => {}
        () = terminated() => {}
    }
}

/// Waits for the end of standard input or, on Unix, a termination signal. Ctrl-C does nothing: a terminal sends it to
/// parent and child alike, and it is the parent that says when the child may go.
pub(super) async fn received_or_input_ended() {
    let (ended, input) = tokio::sync::oneshot::channel();
    // A thread of its own: it may wait until the process ends, which a runtime's thread must not.
    let reader = std::thread::Builder::new().name("stdin".into()).spawn(move || {
        // An unreadable input has ended as well.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        // Nobody waits any more where the process is ending anyway.
        let _ = ended.send(());
    });
    if reader.is_err() {
        return received().await;
    }
    let deaf = async {
        loop {
            interrupted().await;
        }
    };
    tokio::select! {
        _ = input => {}
        () = terminated() => {}
        () = deaf => {}
    }
}

async fn interrupted() {
    // Without a handler the default one ends the process, which is as good.
    let _ = tokio::signal::ctrl_c().await;
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
