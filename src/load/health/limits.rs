//! The limits of the injector's health. Past any of them a run says nothing about the service: it is inconclusive.

use super::words::{micros, number, percent};
use crate::outcome::load::{Health, HealthLimit};

/// How late the injector may wake and begin, p99, in microseconds: 5 ms, which is more than an idle machine ever needs.
pub const LAG_LIMIT: u64 = 5_000;

/// Against a slow service a lag matters less: so large a share of the median response time is allowed where it is more
/// than [`LAG_LIMIT`].
pub const LAG_SHARE_OF_MEDIAN: f64 = 0.1;

/// How much of the cores that it may use the injector may use up. Above it, waiting for the CPU is measured as if it
/// were the service's.
pub const CPU_LIMIT: f64 = 0.9;

/// What share of the arrivals that were due must have begun.
pub const LIMIT_OF_ACHIEVED: f64 = 0.99;

/// What share of the arrivals that were due may be dropped.
pub const DROPPED_LIMIT: f64 = 0.01;

/// What was observed of the injector, warm-up left out.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Observed {
    /// Iterations due, begun, dropped.
    pub offered: u64,
    /// Iterations begun.
    pub started: u64,
    /// Iterations due but never begun.
    pub dropped: u64,
    /// Iterations begun late because no user was free.
    pub late: u64,
    /// Over what time arrivals were due, in seconds; `None` in the closed model.
    pub schedule: Option<f64>,
    /// Over what time anything was measured, in seconds.
    pub measured: f64,
    /// Calls of any kind.
    pub calls: u64,
    /// The median response time of the business calls, in microseconds; 0 without any.
    pub median_us: u64,
    /// How late the heartbeat woke, p99 and at most, in microseconds.
    pub lag_us: (u64, u64),
    /// How late iterations began although a user was free, p99, in microseconds; `None` in the closed model.
    pub start_lag_us: Option<u64>,
    /// CPU used, in cores; `None` where the system does not tell.
    pub cpu: Option<f64>,
    /// Cores there are for this process.
    pub cores: usize,
    /// Cores that it may use, which is as many as it has threads at work.
    pub usable: usize,
    /// Most memory held, in bytes.
    pub peak_memory: Option<u64>,
}

/// The injector's health, each limit with what was found.
pub fn judge(seen: &Observed) -> Health {
    let mut limits = vec![lag("wake-up lag, p99", seen.lag_us.0, seen.median_us)];
    limits.extend(
        seen.start_lag_us
            .map(|found| lag("start lag, p99", found, seen.median_us)),
    );
    limits.push(cpu(seen));
    if seen.schedule.is_some() {
        let kept_up = limits.iter().all(|limit| limit.kept);
        limits.push(achieved(seen));
        limits.push(dropped(seen, kept_up));
    }
    let over = seen.schedule.unwrap_or(seen.measured);
    let cpu = seen.cpu.unwrap_or(0.0);
    Health {
        healthy: limits.iter().all(|limit| limit.kept),
        offered_rate: seen.schedule.map(|time| ratio(seen.offered, time)),
        achieved_rate: ratio(seen.started, over),
        lag_p99_us: seen.lag_us.0,
        lag_max_us: seen.lag_us.1,
        start_lag_p99_us: seen.start_lag_us,
        cpu_cores: cpu,
        cores: seen.cores,
        cpu_us_per_request: if seen.calls == 0 {
            0.0
        } else {
            cpu * seen.measured * 1e6 / number(seen.calls)
        },
        peak_memory: seen.peak_memory,
        limits,
    }
}

fn ratio(count: u64, seconds: f64) -> f64 {
    if seconds > 0.0 {
        number(count) / seconds
    } else {
        0.0
    }
}

/// What share `part` is of `whole`; of nothing, `none`.
fn share(part: u64, whole: u64, none: f64) -> f64 {
    if whole == 0 {
        none
    } else {
        number(part) / number(whole)
    }
}

fn lag(name: &str, found: u64, median_us: u64) -> HealthLimit {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a tenth of a u64 is one"
    )]
    let share = (number(median_us) * LAG_SHARE_OF_MEDIAN) as u64;
    let limit = LAG_LIMIT.max(share);
    let why = if share > LAG_LIMIT {
        format!(" ({} of the median response time)", percent(LAG_SHARE_OF_MEDIAN))
    } else {
        String::new()
    };
    HealthLimit {
        name: name.to_owned(),
        limit: format!("at most {}{why}", micros(limit)),
        found: micros(found),
        kept: found <= limit,
    }
}

fn cpu(seen: &Observed) -> HealthLimit {
    #[expect(clippy::cast_precision_loss, reason = "no machine has 2^52 cores")]
    let usable = seen.usable.max(1) as f64;
    let cores = if seen.usable == 1 { "core" } else { "cores" };
    HealthLimit {
        name: "CPU of the injector".to_owned(),
        limit: format!(
            "at most {} of the {} {cores} it may use",
            percent(CPU_LIMIT),
            seen.usable
        ),
        found: seen.cpu.map_or_else(
            || "unknown: this system does not tell".to_owned(),
            |cpu| percent(cpu / usable),
        ),
        // What is not known is not held against the run; the lags show a lack of CPU as well.
        kept: seen.cpu.is_none_or(|cpu| cpu <= usable * CPU_LIMIT),
    }
}

fn achieved(seen: &Observed) -> HealthLimit {
    let found = share(seen.started, seen.offered, 1.0);
    HealthLimit {
        name: "arrivals begun".to_owned(),
        limit: format!("at least {} of those due", percent(LIMIT_OF_ACHIEVED)),
        found: format!("{} ({} of {})", percent(found), seen.started, seen.offered),
        kept: found >= LIMIT_OF_ACHIEVED,
    }
}

fn dropped(seen: &Observed, kept_up: bool) -> HealthLimit {
    let found = share(seen.dropped, seen.offered, 0.0);
    let kept = found <= DROPPED_LIMIT;
    let mut text = format!("{} ({} of {})", percent(found), seen.dropped, seen.offered);
    if !kept {
        text.push_str(match (kept_up, seen.late > 0) {
            (true, true) => {
                "; all users were waiting for answers while the injector itself kept up: \
                 the service is too slow for this rate, or the plan allows too few users"
            }
            (true, false) => "; users were free while the injector kept up: the run was cut short",
            (false, _) => "; the injector itself did not keep up",
        });
    }
    HealthLimit {
        name: "arrivals dropped".to_owned(),
        limit: format!("at most {} of those due", percent(DROPPED_LIMIT)),
        found: text,
        kept,
    }
}
