//! One second of a load run.

use serde::{Deserialize, Serialize};

/// What happened within one second, counted from the start of the load. Poll traffic is in `polls` only.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    /// Which, from 0.
    pub second: u64,
    /// Iterations that were due in it (open model).
    pub offered: u64,
    /// Iterations that began.
    pub started: u64,
    /// Iterations that ended.
    pub finished: u64,
    /// Iterations that were dropped: due, but never begun.
    pub dropped: u64,
    /// Business calls that ended.
    pub requests: u64,
    /// Polling calls that ended, and those that prepare an iteration.
    pub polls: u64,
    /// Calls of either kind that failed a check or had no answer.
    pub errors: u64,
    /// Users that were at work at its end.
    pub users: u64,
    /// Median response time of the business calls, in microseconds; 0 without any.
    pub p50_us: u64,
    /// Its 95th percentile.
    pub p95_us: u64,
    /// Its 99th percentile.
    pub p99_us: u64,
    /// Its maximum.
    pub max_us: u64,
}
