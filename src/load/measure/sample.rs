//! What the engine tells of one call and one iteration.

use std::time::Instant;

use super::rows::RowId;

/// One call that has ended, business or polling; the row says which.
#[derive(Debug, Clone, Copy)]
pub struct CallSample {
    /// The row of its step.
    pub row: RowId,
    /// When it should have begun: the arrival's time for the first call of an iteration, its own start for later ones.
    pub intended: Instant,
    /// When sending began.
    pub started: Instant,
    /// When the last byte of the answer was there, or the failure.
    pub ended: Instant,
    /// Whether a check did not hold or there was no answer.
    pub failed: bool,
    /// The status of the answer; `None` without one.
    pub status: Option<u16>,
    /// Bytes of the request's body.
    pub sent_bytes: usize,
    /// Bytes of the answer's body.
    pub received_bytes: usize,
    /// What was checked of the answer; `None` for an answer that only says that a poll goes on.
    pub checks: Option<Checks>,
}

/// What was checked of one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checks {
    /// How many checks were made.
    pub made: u32,
    /// How many of them rest on reconstructed facts.
    pub reconstructed: u32,
    /// Whether all was checked that `run` checks.
    pub whole: bool,
}

/// One iteration that begins.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// The test's position in the mix.
    pub test: usize,
    /// When it was due; in the closed model, when it began.
    pub intended: Instant,
    /// When it began.
    pub started: Instant,
    /// Whether it had to wait because no user was free when it was due.
    pub late: bool,
}

/// How an iteration ended. One that was cut off has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IterationOutcome {
    /// Every check held.
    Passed,
    /// A check did not hold.
    Failed,
    /// It could not be judged.
    Error,
}
