//! A stall in the open model: the response time must show every arrival that it kept waiting. The service time does not,
//! since nothing is sent while all users wait: that is coordinated omission.

use super::finding::{Finding, Unit, number};
use super::percentile::{COMPARED, exact, reported, sorted};
use super::{Schedule, ServedCall};
use crate::outcome::load::Row;

/// How far a response time may be from the schedule's, as a share: the mock does not take exactly the same time for
/// each request, and what is too much adds up while the arrivals that have waited are worked off.
const SHARE: f64 = 0.05;
/// The same in microseconds, where that is more.
const LEAST: f64 = 5_000.0;
/// The longest request that the mock served must have waited for most of the stall, or there was none.
const MOST_OF_STALL: f64 = 0.95;

/// Compares a row with what the schedule demands. What a request takes without the stall is the median of what the mock
/// served.
pub fn stall(row: &Row, served: &[ServedCall], schedule: &Schedule) -> Vec<Finding> {
    let truth = sorted(served.iter().map(|call| call.served_us));
    let expected = sorted(schedule.response_times(exact(&truth, 0.5)).into_iter());
    let stall_us = schedule.stall.as_secs_f64() * 1e6;
    let longest = truth.last().copied().unwrap_or(f64::NAN);
    let mut findings = vec![
        Finding::judged(
            "requests, every arrival counted",
            Unit::Count,
            number(schedule.arrivals()),
            number(row.count),
            1.0,
        ),
        Finding::must("the mock did stall", longest >= MOST_OF_STALL * stall_us),
    ];
    for (share, name) in COMPARED {
        let demanded = exact(&expected, share);
        let found = reported(row.response.as_ref(), name);
        findings.push(Finding::judged(
            format!("response time, {name}"),
            Unit::Micros,
            demanded,
            found,
            (demanded * SHARE).max(LEAST),
        ));
    }
    for (share, name) in COMPARED {
        findings.push(Finding::shown(
            format!("service time alone, {name}"),
            Unit::Micros,
            exact(&expected, share),
            reported(row.service.as_ref(), name),
        ));
    }
    findings
}
