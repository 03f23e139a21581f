//! The closed model: each user begins again when it has ended, while the level of the stages is above its number.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use crate::load::plan::Plan;
use crate::load::schedule::{Curve, spread};

/// Says which user may begin when.
pub(super) struct Crowd {
    curve: Curve,
    think: (Duration, Duration),
    begun: AtomicU64,
    limit: u64,
}

impl Crowd {
    /// The users of `plan`, as many at a time as `curve` says.
    pub(super) fn new(curve: Curve, plan: &Plan) -> Self {
        Self {
            curve,
            think: plan.think,
            begun: AtomicU64::new(0),
            limit: plan.iterations.unwrap_or(u64::MAX),
        }
    }

    /// Waits until user `number` (from 0) may begin; the iteration's number, or `None` at the end of the run.
    pub(super) async fn next(&self, number: f64, start: Instant, stop: &CancellationToken) -> Option<u64> {
        while !stop.is_cancelled() {
            let at = start.elapsed();
            match self.curve.above(number, at) {
                Some(when) if when <= at => return self.count(stop),
                Some(when) => pause(when.saturating_sub(at), stop).await,
                None => stop.cancelled().await,
            }
        }
        None
    }

    fn count(&self, stop: &CancellationToken) -> Option<u64> {
        let iteration = self.begun.fetch_add(1, Ordering::Relaxed);
        if iteration < self.limit {
            return Some(iteration);
        }
        // Users that wait for their turn need not wait any more.
        stop.cancel();
        None
    }

    /// Waits as a person would between two iterations; how long is drawn by the iteration's seed.
    pub(super) async fn think(&self, seed: u64, stop: &CancellationToken) {
        let (least, most) = self.think;
        if most.is_zero() {
            return;
        }
        let range = u64::try_from(most.saturating_sub(least).as_nanos()).unwrap_or(u64::MAX);
        let drawn = spread(seed ^ 0x7468_696e_6b74_696d) % range.saturating_add(1).max(1);
        pause(least + Duration::from_nanos(drawn), stop).await;
    }
}

/// Waits, or ends at once with the run.
async fn pause(time: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        () = stop.cancelled() => {}
    }
}
