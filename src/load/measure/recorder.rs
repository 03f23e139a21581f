//! The recorder: one for a load run, shared by its users.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::mpsc::UnboundedSender;

use super::closed::{self, Closed};
use super::failures::Failures;
use super::live::Live;
use super::log::Logs;
use super::measured::{self, Measured};
use super::open::{Offset, Open};
use super::rows::Rows;
use super::ticker::Ticker;
use super::worker::Worker;
use crate::outcome::Event;

/// How a recorder works.
#[derive(Debug, Default)]
pub struct RecorderOptions {
    /// What is intended to start before this time has passed is in no number.
    pub warm_up: Duration,
    /// The run's folder, below which the interval logs are written as the run goes; without one none are.
    pub folder: Option<PathBuf>,
    /// Where a few failures of each shape go, as events of the journal. Bounded in all, so the channel need not be.
    pub journal: Option<UnboundedSender<Event>>,
}

/// Records a load run. Cheap to share: every method takes `&self`.
#[derive(Debug)]
pub struct Recorder {
    pub(super) shared: Arc<Shared>,
    ticker: Mutex<Option<Ticker>>,
}

/// What workers, ticker and recorder share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) rows: Rows,
    warm_up: u64,
    start: OnceLock<Instant>,
    open: Mutex<Open>,
    pub(super) closed: Mutex<Closed>,
    pub(super) failures: Failures,
    /// Users in the midst of an iteration.
    pub(super) busy: AtomicU64,
}

impl Recorder {
    /// A recorder of these rows.
    pub fn new(rows: Rows, options: RecorderOptions) -> Self {
        let logs = Logs::new(rows.names(), options.folder);
        let shared = Shared {
            warm_up: nanos(options.warm_up),
            start: OnceLock::new(),
            open: Mutex::new(Open::new(rows.names())),
            closed: Mutex::new(Closed::new(rows.names(), logs)),
            failures: Failures::new(options.journal),
            busy: AtomicU64::new(0),
            rows,
        };
        Self {
            shared: Arc::new(shared),
            ticker: Mutex::new(None),
        }
    }

    /// Says when the load starts, now or a little later: all times count from `start`. Only the first call has an
    /// effect. Starts the thread that closes each second.
    pub fn begin(&self, start: Instant) {
        if self.shared.begin(start) {
            *self.ticker.lock().unwrap_or_else(PoisonError::into_inner) = Ticker::start(&self.shared);
        }
    }

    /// As [`Recorder::begin`], but seconds are closed by `finish` only.
    #[cfg(test)]
    pub(super) fn begin_without_thread(&self, start: Instant) {
        self.shared.begin(start);
    }

    /// The rows, to look ids up.
    pub fn rows(&self) -> &Rows {
        &self.shared.rows
    }

    /// What a user records with.
    pub fn worker(&self) -> Worker {
        Worker::new(Arc::clone(&self.shared))
    }

    /// Counts an iteration that was due at `intended` but never began.
    pub fn dropped(&self, intended: Instant) {
        let intended = self.shared.offset(intended);
        if !self.shared.is_warm_up(intended) {
            self.shared.open().dropped(intended / 1000);
        }
    }

    /// Totals up to now, for progress. Costs less than a microsecond.
    pub fn live(&self) -> Live {
        Live::of(&self.shared)
    }

    /// What has been measured up to the last closed second, without the failures' examples: for live thresholds. Takes
    /// some milliseconds where there are many rows, so call it where blocking is allowed.
    pub fn partial(&self, now: Instant) -> Measured {
        let mut measured = measured::assemble(&self.shared, now);
        for group in &mut measured.failures {
            group.example = None;
        }
        measured
    }

    /// Ends the recording: closes what is open, writes the last lines of the logs. Blocks for some milliseconds.
    pub fn finish(&self, ended: Instant) -> Measured {
        // Joins the thread.
        drop(self.ticker.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.shared.close_all(ended);
        measured::assemble(&self.shared, ended)
    }
}

impl Shared {
    fn begin(&self, start: Instant) -> bool {
        let began = self.start.set(start).is_ok();
        if began {
            let (instant, clock) = (Instant::now(), SystemTime::now());
            let ahead = start.saturating_duration_since(instant);
            self.closed()
                .logs
                .begin(clock + ahead - instant.saturating_duration_since(start));
        }
        began
    }

    /// Nanoseconds from the start of the load; 0 before it.
    pub(super) fn offset(&self, at: Instant) -> u64 {
        self.start
            .get()
            .map_or(0, |start| nanos(at.saturating_duration_since(*start)))
    }

    /// Whether what is intended to start then is in no number.
    pub(super) fn is_warm_up(&self, offset: u64) -> bool {
        offset < self.warm_up
    }

    /// The warm-up, in microseconds.
    pub(super) fn warm_up_us(&self) -> Offset {
        self.warm_up / 1000
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn closed(&self) -> MutexGuard<'_, Closed> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how many users are at work at the end of `second`.
    pub(super) fn note_users(&self, second: u64) {
        let users = self.busy.load(Ordering::Relaxed);
        let at = second.saturating_mul(1_000_000);
        if !self.is_warm_up(at.saturating_add(999_999).saturating_mul(1000)) {
            self.open().second(at).users = users;
        }
    }

    /// Closes every second before `limit`, calling `pause` between rows.
    pub(super) fn close_before(&self, limit: u64, pause: impl Fn()) {
        self.close(limit, |_| 1.0, pause);
    }

    fn close_all(&self, ended: Instant) {
        let ended = self.offset(ended) / 1000;
        #[expect(clippy::cast_precision_loss, reason = "a part of a second")]
        let part = |second: u64| match ended.checked_sub(second * 1_000_000) {
            Some(rest @ 1..1_000_000) => rest as f64 / 1e6,
            _ => 1.0,
        };
        self.close(u64::MAX, part, || ());
    }

    fn close(&self, limit: u64, length: impl Fn(u64) -> f64, pause: impl Fn()) {
        let mut closed = self.closed();
        loop {
            let Some((second, interval)) = self.open().close_first(limit) else {
                return;
            };
            let quantiles = closed.take(second, length(second), &interval, &pause);
            let mut open = self.open();
            if let Some(quantiles) = quantiles {
                closed::fill_in(open.second(second.saturating_mul(1_000_000)), quantiles);
            }
            let times = interval.rows.into_iter().flatten();
            open.give_back(times.flat_map(super::interval::Times::recycled));
        }
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
