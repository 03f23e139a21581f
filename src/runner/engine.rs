//! Runs many tests at once; a test that panics does not end the run.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use futures_util::FutureExt;
use tokio::task::JoinSet;
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
    let work = Arc::new(Work {
        reruns: tests.iter().map(rerun).collect(),
        next: AtomicUsize::new(0),
        world,
        tests,
        listener,
        cancel,
    });
    let mut workers = JoinSet::new();
    for _ in 0..jobs.clamp(1, work.tests.len().max(1)) {
        workers.spawn(Arc::clone(&work).take_tests());
    }
    while workers.join_next().await.is_some() {}
}

/// What the workers of a run share.
struct Work<T, L> {
    world: Arc<World<T>>,
    tests: Vec<Test>,
    reruns: Vec<String>,
    /// The first test that nobody has taken. Tests begin in their order, so that one job means one after the other.
    next: AtomicUsize,
    listener: Arc<L>,
    cancel: CancellationToken,
}

impl<T: Transport, L: Listener> Work<T, L> {
    /// Takes one test after the other until none is left.
    async fn take_tests(self: Arc<Self>) {
        loop {
            let order = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(test) = self.tests.get(order) else { return };
            let began = Instant::now();
            // A panic leaves nothing behind that another test would see: what a test changes is its own.
            let judged = AssertUnwindSafe(self.one(test, order)).catch_unwind().await;
            let judged = judged.unwrap_or_else(|payload| panicked(payload.as_ref()));
            let elapsed = record::micros(began.elapsed());
            let finished = finished(test, order, judged, elapsed, self.reruns[order].clone());
            self.listener
                .on_event(Event::TestFinished(Box::new(finished)))
                .await;
        }
    }

    async fn one(&self, test: &Test, order: usize) -> Judged {
        if self.cancel.is_cancelled() {
            return Judged {
                verdict: Verdict::NotRun,
                reason: Some("the run was interrupted before it began".to_owned()),
            };
        }
        let started = TestStarted {
            test: test_id(test),
            order,
            started_at: jiff::Timestamp::now(),
        };
        self.listener.on_event(Event::TestStarted(started)).await;
        run_test(&self.world, test, self.listener.as_ref(), &self.cancel).await
    }
}

fn panicked(payload: &(dyn Any + Send)) -> Judged {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let what = text
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    let what = crate::masking::mask(what);
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
