//! When the load begins and when it ends.

use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::course::Course;
use crate::http::Transport;
use crate::load::plan::Plan;
use crate::outcome::load::Ending;

/// From the moment all users are there to the common start: enough for each to see it.
const LEAD: Duration = Duration::from_millis(10);

/// How a run ended.
pub(super) struct Ended {
    pub(super) ending: Ending,
    pub(super) reason: Option<String>,
    pub(super) began: Option<Instant>,
    pub(super) at: Instant,
}

/// Begins the load, ends it, and waits until every user has ended.
pub(super) async fn conduct<T: Transport>(
    shared: &Course<T>,
    plan: &Plan,
    cancel: &CancellationToken,
) -> Ended {
    let began = tokio::select! {
        () = shared.ready.notified() => {
            let start = Instant::now() + LEAD;
            shared.begin(start);
            Some(start)
        }
        () = early(shared, cancel) => None,
    };
    let ending = match began {
        Some(start) => work(shared, plan, start, cancel).await,
        None => Some(why(shared, cancel)),
    };
    let now = Instant::now();
    let ended = match began.zip(plan.duration).map(|(began, duration)| began + duration) {
        Some(planned) if ending.is_none() => planned,
        _ => now,
    };
    shared.close(ended);
    let (ending, reason) = match ending {
        None => {
            // Iterations under way may go on for a while.
            let _ = tokio::time::timeout(shared.options.drain, all_ended(shared, cancel)).await;
            (Ending::Finished, None)
        }
        Some((ending, reason)) => (ending, Some(reason)),
    };
    // Calls under way are waited for by the interpreter, which has its own limit.
    shared.cut.cancel();
    all_ended(shared, &CancellationToken::new()).await;
    Ended {
        ending,
        reason,
        began,
        at: ended,
    }
}

/// Waits for the end of the load: as planned, or early and why.
async fn work<T: Transport>(
    shared: &Course<T>,
    plan: &Plan,
    start: Instant,
    cancel: &CancellationToken,
) -> Option<(Ending, String)> {
    let end = async {
        match plan.duration {
            // Where users have nothing more to do before the time is up, it is waited for: what is measured has lasted
            // as long as the plan says.
            Some(duration) if plan.iterations.is_none() => {
                tokio::time::sleep_until((start + duration).into()).await;
            }
            Some(duration) => {
                let end = tokio::time::sleep_until((start + duration).into());
                tokio::select! {
                    () = end => {}
                    () = shared.all_ended.cancelled() => {}
                }
            }
            None => shared.all_ended.cancelled().await,
        }
    };
    tokio::select! {
        biased;
        () = early(shared, cancel) => Some(why(shared, cancel)),
        () = end => None,
    }
}

/// Waits for a reason to end before the time.
async fn early<T: Transport>(shared: &Course<T>, cancel: &CancellationToken) {
    tokio::select! {
        () = cancel.cancelled() => {}
        () = shared.options.halt.called() => {}
        () = shared.attack_over.cancelled() => {}
    }
}

/// Which reason it was.
fn why<T: Transport>(shared: &Course<T>, cancel: &CancellationToken) -> (Ending, String) {
    if cancel.is_cancelled() {
        return (Ending::Interrupted, "interrupted".to_owned());
    }
    let reason = shared.options.halt.reason();
    let reason = reason.unwrap_or("the load engine ended before the load; please report it");
    (Ending::Aborted, reason.to_owned())
}

/// Waits until every user has ended, or there are none any more.
async fn all_ended<T: Transport>(shared: &Course<T>, cancel: &CancellationToken) {
    tokio::select! {
        () = shared.all_ended.cancelled() => {}
        () = shared.attack_over.cancelled() => {}
        () = cancel.cancelled() => {}
    }
}
