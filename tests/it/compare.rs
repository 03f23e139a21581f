//! Comparing load runs: when it refuses, what it concludes, how often it is wrong, and the command on stored runs.

mod alarms;
mod judgements;
mod printed;
mod refusals;
pub mod simulated;
mod stored;
mod unreadable;

use simulated::{Law, QUIET};
use utlegg::compare::{CompareError, Options, Run, compare};
use utlegg::outcome::comparison::Comparison;

/// Times so alike that a minute is enough to exclude a slowdown.
const STEADY: Law = Law {
    spread: 0.15,
    wander: 0.01,
    per_second: 100,
    ..QUIET
};

/// Few draws, so that a test is fast; what is tested does not lie in the tails.
fn options() -> Options {
    Options {
        resamples: 300,
        ..Options::default()
    }
}

fn compared(base: &Run, head: &Run) -> Result<Comparison, CompareError> {
    compare(std::slice::from_ref(base), std::slice::from_ref(head), &options())
}
