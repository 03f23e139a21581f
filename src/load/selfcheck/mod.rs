//! The load tester held against something known: what it reports of a mock whose latency, stall and capacity are
//! injected, beside what the mock really served and what the schedule demands. Only comparing; nothing here runs.

mod capacity;
mod finding;
mod latency;
mod part;
mod percentile;
mod simulate;
mod stall;
#[cfg(test)]
mod tests;

pub use capacity::{CapacityRun, CapacityTruth, capacity};
pub use finding::{Finding, Unit};
pub use latency::latency;
pub use part::{Attempt, Outcome, Part};
pub use simulate::Schedule;
pub use stall::stall;

/// One request as the mock served it, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServedCall {
    /// When its last byte was read, on the mock's own clock.
    pub read_us: f64,
    /// From then to the last byte of its answer, waiting for a place included.
    pub served_us: f64,
}
