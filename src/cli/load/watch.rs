//! Looks at a load run once a second: shows its state, and ends it when a threshold says so.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::load::engine::Halt;
use crate::load::measure::{Live, Recorder};
use crate::load::plan::Plan;
use crate::load::threshold::{Found, Threshold, aborts};
use crate::outcome::load::{LoadResult, UserModel};
use crate::report::load::{LoadProgress, LoadTerminal};

/// How often it looks.
const PERIOD: Duration = Duration::from_secs(1);

/// The thread that looks.
pub(super) struct Watch {
    end: Sender<()>,
    thread: JoinHandle<Watched>,
}

/// What is left when it has ended.
pub(super) struct Watched {
    /// The terminal, for the closing words.
    pub(super) terminal: Closing,
    /// The threshold that ended the run, by its position.
    pub(super) aborting: Option<usize>,
}

/// A terminal that has only its closing words left to say.
pub(super) struct Closing(Option<LoadTerminal<Stdout>>);

impl Closing {
    /// Says them.
    pub(super) fn finish_with(self, result: &LoadResult) -> io::Result<()> {
        self.0.map_or(Ok(()), |mut terminal| terminal.finish(result))
    }
}

/// Starts the thread.
pub(super) fn start(
    terminal: LoadTerminal<Stdout>,
    plan: &Plan,
    recorder: &Arc<Recorder>,
    halt: &Halt,
) -> Watch {
    let (end, ended) = channel();
    let looking = Looking {
        terminal,
        recorder: Arc::clone(recorder),
        halt: halt.clone(),
        thresholds: plan.thresholds.clone(),
        planned: plan.duration,
        planned_iterations: plan.iterations,
        warm_up: plan.warm_up,
        open: matches!(plan.model, UserModel::Rate { .. }),
        began: Instant::now(),
        before: Live::default(),
        aborting: None,
    };
    let thread = std::thread::spawn(move || looking.until(&ended));
    Watch { end, thread }
}

impl Watch {
    /// Ends it and waits for it.
    pub(super) fn end(self) -> Watched {
        drop(self.end);
        self.thread.join().unwrap_or(Watched {
            terminal: Closing(None),
            aborting: None,
        })
    }
}

struct Looking {
    terminal: LoadTerminal<Stdout>,
    recorder: Arc<Recorder>,
    halt: Halt,
    thresholds: Vec<Threshold>,
    planned: Option<Duration>,
    planned_iterations: Option<u64>,
    warm_up: Duration,
    open: bool,
    began: Instant,
    before: Live,
    aborting: Option<usize>,
}

impl Looking {
    fn until(mut self, ended: &Receiver<()>) -> Watched {
        while ended.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
            self.show();
            self.judge();
        }
        Watched {
            terminal: Closing(Some(self.terminal)),
            aborting: self.aborting,
        }
    }

    fn show(&mut self) {
        let live = self.recorder.live();
        let elapsed = self.began.elapsed();
        let latest = live.latest.filter(|second| second.requests > 0);
        let since = |now: u64, before: u64| now.saturating_sub(before);
        #[expect(clippy::cast_precision_loss, reason = "a count of one second")]
        let per_second = |count: u64| count as f64 / PERIOD.as_secs_f64();
        let progress = LoadProgress {
            elapsed,
            planned: self.planned,
            planned_iterations: self.planned_iterations,
            iterations: live.iterations.started,
            warming_up: elapsed < self.warm_up,
            users: live.users,
            offered_rate: self
                .open
                .then(|| per_second(since(live.iterations.offered, self.before.iterations.offered))),
            achieved_rate: per_second(since(live.iterations.started, self.before.iterations.started)),
            p50_us: latest.map(|second| second.p50_us),
            p95_us: latest.map(|second| second.p95_us),
            errors: live.errors,
            dropped: live.iterations.dropped,
        };
        self.before = live;
        // A terminal that nobody reads any more ends nothing.
        let _ = self.terminal.progress(&progress);
    }

    /// Only where a threshold may end the run, since it takes some milliseconds.
    fn judge(&mut self) {
        if self.aborting.is_some() || !self.thresholds.iter().any(|threshold| threshold.abort) {
            return;
        }
        let measured = self.recorder.partial(Instant::now());
        let found = Found {
            rows: &measured.rows,
            merged: &measured.merged,
            iterations: measured.iterations,
            traffic: measured.traffic,
            measured_us: measured.measured_us,
        };
        if let Some(position) = aborts(&self.thresholds, found) {
            self.aborting = Some(position);
            self.halt.abort(format!(
                "threshold `{}` was missed",
                self.thresholds[position].text
            ));
        }
    }
}
