//! What is measured: each call, iteration and `measure:` once, in histograms of one second, merged as the run goes.

mod closed;
mod counts;
mod distribution;
mod failures;
mod interval;
mod live;
mod log;
mod measured;
mod merged;
mod open;
mod recorder;
mod rows;
mod sample;
mod shape;
#[cfg(test)]
mod tests;
mod ticker;
mod worker;

pub(super) use interval::{histogram, record};
pub use live::Live;
pub use measured::Measured;
pub use recorder::{Recorder, RecorderOptions};
pub use rows::{RowId, RowName, Rows};
pub use sample::{CallSample, Checks, IterationOutcome, Start};
pub use worker::{Iteration, Worker};
