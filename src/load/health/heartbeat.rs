//! A task that wakes every few milliseconds and notes how late it was: as late as everything else on this runtime.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::process;
use crate::load::measure::{histogram, record};

/// How often it wakes.
const PERIOD: Duration = Duration::from_millis(5);

/// The task; ends when dropped.
#[derive(Debug)]
pub(super) struct Heartbeat {
    beats: Arc<Mutex<Beats>>,
    task: JoinHandle<()>,
}

/// What it has noted, warm-up left out.
#[derive(Debug, Clone)]
pub(super) struct Beats {
    /// How late it woke, in microseconds.
    pub(super) lag: Histogram<u64>,
    /// Since when.
    pub(super) since: Instant,
    /// What CPU time had been used by then.
    pub(super) cpu: Option<Duration>,
}

impl Beats {
    fn begin() -> Self {
        Self {
            lag: histogram(),
            since: Instant::now(),
            cpu: process::cpu_time(),
        }
    }

    /// Notes one awakening that was `late`, and those that were missed meanwhile: who sleeps for a second has not been
    /// late once but two hundred times.
    fn note(&mut self, late: Duration) {
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let mut late = micros(late);
        loop {
            record(&mut self.lag, late);
            match late.checked_sub(micros(PERIOD)) {
                Some(missed) if missed > 0 => late = missed,
                _ => return,
            }
        }
    }
}

impl Heartbeat {
    /// Starts it on the current runtime; what it notes within `warm_up` is thrown away.
    pub(super) fn start(warm_up: Duration) -> Self {
        let beats = Arc::new(Mutex::new(Beats::begin()));
        let task = tokio::spawn(beat(Arc::clone(&beats), warm_up));
        Self { beats, task }
    }

    /// What it has noted.
    pub(super) fn beats(&self) -> Beats {
        lock(&self.beats).clone()
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn beat(beats: Arc<Mutex<Beats>>, warm_up: Duration) {
    if !warm_up.is_zero() {
        tokio::time::sleep(warm_up).await;
        *lock(&beats) = Beats::begin();
    }
    let mut due = Instant::now();
    loop {
        due += PERIOD;
        tokio::time::sleep_until(due).await;
        let late = Instant::now().saturating_duration_since(due);
        lock(&beats).note(late);
        // Those that were missed have been noted.
        due += PERIOD * u32::try_from(late.as_micros() / PERIOD.as_micros()).unwrap_or(u32::MAX);
    }
}

fn lock(beats: &Mutex<Beats>) -> MutexGuard<'_, Beats> {
    beats.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sleep_counts_as_often_as_it_made_late() {
        let mut beats = Beats::begin();
        beats.note(Duration::from_micros(400));
        beats.note(Duration::from_secs(1));
        assert_eq!(beats.lag.len(), 201);
        assert!(beats.lag.value_at_quantile(0.5) >= 490_000);
        assert_eq!(beats.lag.min(), 400);
    }

    #[tokio::test]
    async fn it_beats_and_forgets_the_warm_up() {
        let heartbeat = Heartbeat::start(Duration::from_millis(20));
        let begun = heartbeat.beats().since;
        while heartbeat.beats().since == begun {
            assert_eq!(heartbeat.beats().lag.len(), 0);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(heartbeat.beats().since >= begun + Duration::from_millis(20));
        while heartbeat.beats().lag.len() < 3 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
