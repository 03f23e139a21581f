//! One iteration of one user, from its draw to its record; a panic in it ends nothing else.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use futures_util::FutureExt;
use goose::goose::GooseUser;

use super::course::Course;
use super::ear::{self, Ear};
use crate::http::Transport;
use crate::load::measure::{self, IterationOutcome, Start, Worker};
use crate::load::schedule::iteration_seed;
use crate::outcome::Verdict;
use crate::runner::{Ended, Iteration};

/// An iteration that is about to begin.
pub(super) struct Due {
    pub(super) number: u64,
    /// When it was due; in the closed model, now.
    pub(super) intended: Instant,
    /// Whether no user was free when it was due.
    pub(super) late: bool,
}

/// Runs one iteration and records it; its seed.
pub(super) async fn round<T: Transport>(
    shared: &Course<T>,
    worker: &Worker,
    due: Due,
    user: &mut GooseUser,
) -> u64 {
    let seed = iteration_seed(shared.options.seed, due.number);
    let position = shared.mix.draw(seed);
    let Some((test, id)) = shared.tests.get(position) else {
        return seed;
    };
    let started = Instant::now().max(due.intended);
    let record = worker.begin(Start {
        test: position,
        intended: due.intended,
        started,
        late: due.late,
    });
    let depth = shared.depth(due.number);
    let ear = Ear {
        shared,
        worker,
        test: position,
        depth,
        intended: due.intended,
        waited: started.saturating_duration_since(due.intended),
        called: AtomicBool::new(false),
        began: AtomicBool::new(false),
        why: Mutex::new(None),
        calls: Mutex::new(Vec::new()),
    };
    let iteration = Iteration {
        world: &shared.world,
        test,
        id,
        seed,
        depth,
    };
    let running = iteration.run(&ear, &shared.cut);
    // A panic leaves nothing behind that another iteration would see: what an iteration changes is its own.
    let ended = AssertUnwindSafe(running).catch_unwind().await;
    let calls = end(shared, worker, record, ear, ended);
    if calls.is_empty() {
        // Nothing was waited for, so nobody else may have had a turn.
        tokio::task::yield_now().await;
    }
    ear::tell(shared, calls, user).await;
    seed
}

/// Records how an iteration ended; the calls that goose is to be told of.
fn end<T: Transport>(
    shared: &Course<T>,
    worker: &Worker,
    record: measure::Iteration<'_>,
    ear: Ear<'_, T>,
    ended: Result<Ended, Box<dyn Any + Send>>,
) -> Vec<ear::GooseCall> {
    let Start {
        intended, started, ..
    } = record.start();
    let now = Instant::now();
    let row = shared.options.recorder.rows().scenario(ear.test);
    let (outcome, at, reason) = match ended {
        Ok(ended) => (outcome(ended.verdict), started + ended.elapsed, ended.reason),
        Err(payload) => {
            shared.panicked();
            (
                Some(IterationOutcome::Error),
                now,
                Some(panicked(payload.as_ref())),
            )
        }
    };
    if let (Some(reason), Some(row)) = (&reason, row) {
        worker.failed_iteration(row, reason, intended, now);
    }
    if !ear.called.into_inner() && outcome == Some(IterationOutcome::Error) {
        let of_step = ear.why.into_inner().unwrap_or_else(PoisonError::into_inner);
        let why = reason.or(of_step);
        shared
            .vigil
            .no_call(why.as_deref().unwrap_or("no reason is known"), now);
    }
    match outcome {
        Some(outcome) => record.end(outcome, at),
        // Unfinished, which dropping it says.
        None => drop(record),
    }
    ear.calls.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn outcome(verdict: Verdict) -> Option<IterationOutcome> {
    match verdict {
        Verdict::Passed => Some(IterationOutcome::Passed),
        Verdict::Failed | Verdict::Warning => Some(IterationOutcome::Failed),
        Verdict::Error | Verdict::NotApplicable => Some(IterationOutcome::Error),
        Verdict::NotRun => None,
    }
}

fn panicked(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let what = text
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    format!("utlegg itself failed while running this iteration: {what}; please report it")
}
