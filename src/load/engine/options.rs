//! What a run of the engine is given and what it gives back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Halt;
use crate::load::measure::Recorder;
use crate::outcome::load::Ending;

/// How long iterations under way at the planned end may go on before they are cut off.
pub const DRAIN: Duration = Duration::from_secs(5);

/// How the engine runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// From what arrivals, the mix and every iteration's seed are drawn.
    pub seed: u64,
    /// Where every call goes.
    pub recorder: Arc<Recorder>,
    /// Whether goose is told of every call, for its own metrics; costs a microsecond or two each.
    pub goose_metrics: bool,
    /// Ends the run early from outside: a threshold that aborts. The engine uses it for what it sees itself.
    pub halt: Halt,
    /// How long iterations under way at the planned end may go on; five seconds unless there is a reason.
    pub drain: Duration,
}

impl Options {
    /// The usual options.
    pub fn new(seed: u64, recorder: Arc<Recorder>) -> Self {
        Self {
            seed,
            recorder,
            goose_metrics: true,
            halt: Halt::default(),
            drain: DRAIN,
        }
    }
}

/// How a run went, besides what the recorder knows.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub ending: Ending,
    /// Why it ended early, for a person.
    pub stopped_because: Option<String>,
    /// The common moment from which all times count; `None` if it never came.
    pub began: Option<Instant>,
    /// When nothing new was begun any more: the end of what is measured.
    pub ended: Instant,
    /// Iterations in which this program itself failed.
    pub panics: u64,
    /// What goose made of the same calls, where it was told; no number of ours comes from it.
    pub goose: Option<Box<goose::metrics::GooseMetrics>>,
}
