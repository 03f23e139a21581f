//! The thread that closes each second. It is a thread of its own, since it merges and writes, and nobody who waits for an
//! answer should wait for that.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::recorder::Shared;

/// How long after its end a second is closed: what ended in it has been recorded by then.
const GRACE: Duration = Duration::from_millis(200);

/// How long the thread rests after each row.
const REST: Duration = Duration::from_millis(1);

/// The longest sleep; a clock that is asked again corrects what an earlier sleep got wrong.
const LONGEST: Duration = Duration::from_secs(1);

/// The running thread; ends and is joined when dropped.
#[derive(Debug)]
pub(super) struct Ticker {
    /// Dropped to stop the thread.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    /// Starts it; `None` where the system gives no thread, and then seconds are closed at the end of the run.
    pub(super) fn start(shared: &Arc<Shared>) -> Option<Self> {
        let (stop, stopped) = mpsc::channel();
        let shared = Arc::clone(shared);
        let thread = thread::Builder::new().name("load-seconds".to_owned());
        let thread = thread.spawn(move || {
            let wait = |time| stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            run(&shared, wait);
        });
        Some(Self {
            stop: Some(stop),
            thread: Some(thread.ok()?),
        })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic in it would lose seconds of the log, not of the run: they are closed at its end.
            let _ = thread.join();
        }
    }
}

/// Notes the users at the end of each second and closes it a little later, until `wait` says that it is over.
fn run(shared: &Shared, wait: impl Fn(Duration) -> bool) {
    let mut noted = 0;
    let mut closed = 0;
    loop {
        let now = Duration::from_nanos(shared.offset(Instant::now()));
        while noted < now.as_secs() {
            shared.note_users(noted);
            noted += 1;
        }
        let over = now.saturating_sub(GRACE).as_secs();
        if over > closed {
            shared.close_before(over, || thread::sleep(REST));
            closed = over;
        }
        let next = Duration::from_secs(noted + 1).min(Duration::from_secs(closed + 1) + GRACE);
        let now = Duration::from_nanos(shared.offset(Instant::now()));
        let rest = next.saturating_sub(now).clamp(Duration::from_millis(1), LONGEST);
        if !wait(rest) {
            return;
        }
    }
}
