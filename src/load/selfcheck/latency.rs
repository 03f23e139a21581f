//! A known distribution: percentiles reported beside those of what the mock served.

use super::ServedCall;
use super::finding::{Finding, Unit, fine, number};
use super::percentile::{COMPARED, exact, reported, sorted};
use crate::outcome::load::Row;

/// Compares a row with every request that the mock served for it. Users were free for every arrival, so response and
/// service time must both be what was served, within 1 % or 1 ms.
pub fn latency(row: &Row, served: &[ServedCall]) -> Vec<Finding> {
    let truth = sorted(served.iter().map(|call| call.served_us));
    let mut findings = vec![Finding::judged(
        "requests",
        Unit::Count,
        number(truth.len() as u64),
        number(row.count),
        0.0,
    )];
    for (kind, times) in [("service time", &row.service), ("response time", &row.response)] {
        for (share, name) in COMPARED {
            let expected = exact(&truth, share);
            findings.push(Finding::judged(
                format!("{kind}, {name}"),
                Unit::Micros,
                expected,
                reported(times.as_ref(), name),
                fine(expected),
            ));
        }
    }
    findings
}
