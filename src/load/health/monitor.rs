//! Watches the injector from the start of the load to its end.

use std::time::Duration;

use super::heartbeat::{Beats, Heartbeat};
use super::limits::{Observed, judge};
use super::process;
use crate::load::measure::Measured;
use crate::outcome::load::Health;

/// Watches the injector. Start it on the runtime that the users run on, when the load starts.
#[derive(Debug)]
pub struct Monitor {
    heartbeat: Heartbeat,
    injector: Injector,
}

/// What the injector is asked to do.
#[derive(Debug, Clone, Copy)]
pub struct Injector {
    /// Time at the start that is in no number.
    pub warm_up: Duration,
    /// How many threads the users run on, which is as many cores as they can use.
    pub threads: usize,
}

impl Monitor {
    /// Starts watching. Must be called within a tokio runtime.
    pub fn start(injector: Injector) -> Self {
        Self {
            heartbeat: Heartbeat::start(injector.warm_up),
            injector,
        }
    }

    /// The health up to now, with what has been measured. `schedule` is over what time arrivals were due, warm-up left
    /// out; `None` in the closed model.
    pub fn health(&self, measured: &Measured, schedule: Option<Duration>) -> Health {
        judge(&self.observed(measured, schedule))
    }

    fn observed(&self, measured: &Measured, schedule: Option<Duration>) -> Observed {
        let beats = self.heartbeat.beats();
        let cores = process::cores();
        let iterations = measured.iterations;
        let lag = &measured.start_lag;
        Observed {
            offered: iterations.offered,
            started: iterations.started,
            dropped: iterations.dropped,
            late: iterations.late,
            schedule: schedule.map(|time| time.as_secs_f64()),
            measured: Duration::from_micros(measured.measured_us).as_secs_f64(),
            calls: measured.traffic.requests + measured.traffic.polls,
            median_us: median(measured),
            lag_us: (beats.lag.value_at_quantile(0.99), beats.lag.max()),
            start_lag_us: schedule.map(|_| lag.value_at_quantile(0.99)),
            cpu: cpu(&beats),
            cores,
            usable: cores.min(self.injector.threads.max(1)),
            peak_memory: process::peak_memory(),
        }
    }
}

/// The CPU used since the end of the warm-up, in cores.
fn cpu(beats: &Beats) -> Option<f64> {
    let used = process::cpu_time()?.saturating_sub(beats.cpu?);
    let time = beats.since.elapsed();
    (!time.is_zero()).then(|| used.as_secs_f64() / time.as_secs_f64())
}

fn median(measured: &Measured) -> u64 {
    let all = measured.merged.first().and_then(|row| row.response.as_ref());
    all.map_or(0, |response| response.p50_us)
}
