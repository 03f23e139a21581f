//! One run of one test as a load makes it: again and again, by many users at once, in real time.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Listener;
use super::run_test::{applicable, conduct};
use super::session::Session;
use super::world::World;
use crate::http::Transport;
use crate::outcome::{TestId, Verdict};
use crate::scenario::Test;

/// How much of each answer is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everything the scenario and the contract say.
    All,
    /// The status and the error codes; captures are made and polls end as ever.
    Status,
}

/// One run of one test under load.
///
/// It differs from what [`run`](super::run()) does with a test in this: its seed is its own, so that neither its reference
/// nor its random values come twice; polls wait in real time, the mock's clocks are left alone; and parties are shared
/// with other iterations, since a pool is far smaller than a load, and waiting for one would be taken for the service's
/// slowness.
pub struct Iteration<'a, T> {
    /// The environment.
    pub world: &'a World<T>,
    /// What is run.
    pub test: &'a Test,
    /// The test's name, as [`Test`] gives it; made once for all iterations.
    pub id: &'a TestId,
    /// Where the reference, the parties and random values come from; no two iterations may share one.
    pub seed: u64,
    /// How much of each answer is checked.
    pub depth: Depth,
}

/// How an iteration ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// As a test's, but [`Verdict::NotRun`] for one that was cut off.
    pub verdict: Verdict,
    /// From its first step to its end; fetching tokens does not count, nor does what was prepared before.
    pub elapsed: Duration,
    /// Why it could not be judged, where that lies in no step of it: a party, a value, the request. Not masked.
    pub reason: Option<String>,
}

impl<T: Transport> Iteration<'_, T> {
    /// Runs it, telling `listener` of every call and step. Once `cancel` is cancelled, an answer under way is waited for
    /// briefly and nothing new is begun.
    pub async fn run<L: Listener>(&self, listener: &L, cancel: &CancellationToken) -> Ended {
        let Ok(target) = applicable(self.world, self.test) else {
            return Ended {
                verdict: Verdict::NotApplicable,
                elapsed: Duration::ZERO,
                reason: None,
            };
        };
        let mut session = Session::new(self.world, self.test, target, cancel, self.seed);
        session.load = Some(self.depth);
        session.known = Some(self.world.known.of(self.test, self.id, self.depth));
        let stop = conduct(&mut session, self.id, listener).await;
        let elapsed = session.elapsed();
        let (verdict, reason) = match stop {
            None => (Verdict::Passed, None),
            Some(_) if session.interrupted => (Verdict::NotRun, None),
            Some(stop) => {
                let verdict = stop.verdict(self.test.scenario.obligation);
                (verdict, stop.reason().filter(|_| !session.stopped_by_step))
            }
        };
        Ended {
            verdict,
            elapsed,
            reason,
        }
    }
}
