//! The thread that wakes users when their arrivals are due.
//!
//! A timer of the runtime ticks in milliseconds, which would be seen in every response time. A thread that sleeps until
//! the very moment costs a few microseconds for each wait, and nothing while nobody waits.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use super::gate::Queue;

/// The longest sleep, so that a thread whose gate is gone ends.
const LONGEST: Duration = Duration::from_millis(500);

/// A running pacer; it ends when its gate is closed or gone.
pub(super) struct Pacer {
    thread: Thread,
}

impl Pacer {
    /// Starts the thread; `None` where the system gives none: then users are woken by each other only.
    pub(super) fn start(queue: &Arc<Mutex<Queue>>) -> Option<Self> {
        let queue = Arc::downgrade(queue);
        let thread = thread::Builder::new().name("load-pacer".to_owned());
        let running = thread.spawn(move || run(&queue)).ok()?;
        Some(Self {
            thread: running.thread().clone(),
        })
    }

    /// Tells the thread that somebody waits.
    pub(super) fn wake(&self) {
        self.thread.unpark();
    }
}

impl Drop for Pacer {
    fn drop(&mut self) {
        self.thread.unpark();
    }
}

fn run(queue: &Weak<Mutex<Queue>>) {
    sleep_exactly();
    loop {
        let Some(queue) = queue.upgrade() else { return };
        let mut held = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let next = held.release(Instant::now());
        if held.is_closed() {
            return;
        }
        drop(held);
        drop(queue);
        let wait = next.map_or(LONGEST, |next| next.saturating_duration_since(Instant::now()));
        if !wait.is_zero() {
            thread::park_timeout(wait.min(LONGEST));
        }
    }
}

/// Asks Linux not to round this thread's waits: by default it may add 50 µs to each.
fn sleep_exactly() {
    #[cfg(target_os = "linux")]
    {
        // Where it is refused, waits are a little longer, and the report says how late arrivals began.
        let _ = nix::sys::prctl::set_timerslack(1);
    }
}
