//! Ctrl-C and its like.

use tokio_util::sync::CancellationToken;

use super::problem::Problem;
use crate::report::ExitCode;

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

/// Cancels `cancel` at Ctrl-C or a termination signal; a second one ends the process at once. For `load`: a handler of the
/// process, since goose sets one of its own unless there is one.
///
/// # Errors
/// A problem when the system takes no handler.
pub(super) fn cancel_on_interrupt(cancel: &CancellationToken) -> Result<(), Problem> {
    let cancel = cancel.clone();
    ctrlc::set_handler(move || {
        if cancel.is_cancelled() {
            std::process::exit(i32::from(ExitCode::Interrupted.code()));
        }
        cancel.cancel();
    })
    .map_err(|error| Problem::invalid(format!("the system takes no handler for Ctrl-C: {error}")))
}
