//! Runs many tests at once; a test that panics does not end the run.

use std::sync::Arc;
use std::time::Instant;

use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::run_test::{Judged, run_test, test_id};
use super::world::World;
use super::{Listener, record};
use crate::http::Transport;
use crate::outcome::{Event, TestFinished, TestStarted, Verdict};
use crate::scenario::Test;

/// Runs `tests`, at most `jobs` at once, telling `listener` of everything; returns when all have ended.
///
/// Once `cancel` is cancelled, answers under way are waited for briefly and nothing new is begun; every test is still
/// told of, the ones that were not run with that verdict. `rerun` gives the command that runs one test again.
pub async fn run<T, L>(
    world: Arc<World<T>>,
    tests: Vec<Test>,
    jobs: usize,
    listener: Arc<L>,
    cancel: CancellationToken,
    rerun: impl Fn(&Test) -> String,
) where
    T: Transport + 'static,
    L: Listener + 'static,
{
    let mut running = JoinSet::new();
    let tests: Vec<Arc<Test>> = tests.into_iter().map(Arc::new).collect();
    // Tests begin in their order, so that one job means one after the other as they are written.
    let mut waiting = tests.iter().enumerate();
    loop {
        for (order, test) in waiting.by_ref().take(jobs.max(1).saturating_sub(running.len())) {
            let (world, test, listener) = (Arc::clone(&world), Arc::clone(test), Arc::clone(&listener));
            let cancel = cancel.clone();
            running.spawn(async move {
                let started = Instant::now();
                let work = one(world, test, order, listener, cancel);
                let ended = tokio::spawn(work).await;
                (order, started.elapsed(), ended)
            });
        }
        let Some(joined) = running.join_next().await else {
            break;
        };
        let Ok((order, elapsed, ended)) = joined else {
            continue;
        };
        let judged = ended.unwrap_or_else(panicked);
        let finished = finished(
            &tests[order],
            order,
            judged,
            record::micros(elapsed),
            rerun(&tests[order]),
        );
        listener.on_event(Event::TestFinished(Box::new(finished))).await;
    }
}

async fn one<T: Transport, L: Listener>(
    world: Arc<World<T>>,
    test: Arc<Test>,
    order: usize,
    listener: Arc<L>,
    cancel: CancellationToken,
) -> Judged {
    if cancel.is_cancelled() {
        return Judged {
            verdict: Verdict::NotRun,
            reason: Some("the run was interrupted before it began".to_owned()),
        };
    }
    let started = TestStarted {
        test: test_id(&test),
        order,
        started_at: jiff::Timestamp::now(),
    };
    listener.on_event(Event::TestStarted(started)).await;
    run_test(&world, &test, listener.as_ref(), &cancel).await
}

fn panicked(error: JoinError) -> Judged {
    let what = match error.try_into_panic() {
        Ok(payload) => payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "no message".to_owned()),
        Err(_) => "the task was stopped".to_owned(),
    };
    let what = crate::masking::mask(&what).into_owned();
    Judged {
        verdict: Verdict::Error,
        reason: Some(format!(
            "utlegg itself failed while running this test: {what}; please report it"
        )),
    }
}

fn finished(test: &Test, order: usize, judged: Judged, elapsed_us: u64, rerun: String) -> TestFinished {
    TestFinished {
        test: test_id(test),
        order,
        title: test.scenario.title.clone(),
        place: test.place.position(),
        tags: test.scenario.tags.clone(),
        obligation: test.scenario.obligation,
        verdict: judged.verdict,
        reason: judged.reason,
        elapsed_us,
        rerun,
    }
}
