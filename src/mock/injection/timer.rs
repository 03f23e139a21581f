//! Wakes tasks at a time, to within a fraction of a millisecond: the runtime's own timers tick in whole milliseconds.
//!
//! One thread sleeps until shortly before the next time and waits out the rest by looking at the clock. It starts when
//! the first task waits, and ends with the timer.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

/// How long before a time the thread stops sleeping: Linux wakes a thread up to 50 µs late, and it is the most processor
/// time that one wake can cost.
const MARGIN: Duration = Duration::from_micros(60);

/// The timer.
#[derive(Debug, Default)]
pub struct Timer {
    shared: Arc<Shared>,
    /// Whether there is a thread.
    running: OnceLock<bool>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: BinaryHeap<Reverse<Waiter>>,
    ended: bool,
}

#[derive(Debug)]
struct Waiter {
    at: Instant,
    wake: oneshot::Sender<()>,
}

impl PartialEq for Waiter {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Waiter {}

impl PartialOrd for Waiter {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiter {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl Timer {
    /// Waits until `at`; at once where that has passed.
    pub async fn until(&self, at: Instant) {
        if at <= Instant::now() {
            return;
        }
        if !*self.running.get_or_init(|| start(Arc::clone(&self.shared))) {
            // Without a thread it is as precise as the runtime's timers.
            tokio::time::sleep_until(at.into()).await;
            return;
        }
        let woken = self.shared.enqueue(at);
        // It only fails where the timer has ended, and with it the server.
        let _ = woken.await;
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.changed.notify_one();
    }
}

impl Shared {
    fn enqueue(&self, at: Instant) -> oneshot::Receiver<()> {
        let (wake, woken) = oneshot::channel();
        let mut state = self.lock();
        let sooner = state.waiting.peek().is_none_or(|Reverse(first)| at < first.at);
        state.waiting.push(Reverse(Waiter { at, wake }));
        drop(state);
        if sooner {
            self.changed.notify_one();
        }
        woken
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn start(shared: Arc<Shared>) -> bool {
    let thread = std::thread::Builder::new().name("mock-timer".into());
    thread.spawn(move || run(&shared)).is_ok()
}

fn run(shared: &Shared) {
    let mut state = shared.lock();
    while !state.ended {
        let Some(Reverse(first)) = state.waiting.peek() else {
            state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let left = first.at.saturating_duration_since(Instant::now());
        if left.is_zero() {
            if let Some(Reverse(due)) = state.waiting.pop() {
                // Whoever no longer waits has gone away.
                let _ = due.wake.send(());
            }
        } else if left > MARGIN {
            let waited = shared.changed.wait_timeout(state, left.saturating_sub(MARGIN));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        } else {
            let at = first.at;
            drop(state);
            while Instant::now() < at {
                std::hint::spin_loop();
            }
            state = shared.lock();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_is_woken_too_soon_and_all_are_woken_in_order() {
        let timer = Arc::new(Timer::default());
        let order = Arc::new(Mutex::new(Vec::new()));
        let began = Instant::now();
        let tasks: Vec<_> = [30_u64, 5, 20, 0, 10]
            .into_iter()
            .map(|millis| {
                let (timer, order) = (Arc::clone(&timer), Arc::clone(&order));
                tokio::spawn(async move {
                    let at = began + Duration::from_millis(millis);
                    timer.until(at).await;
                    assert!(Instant::now() >= at);
                    order.lock().unwrap().push(millis);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let woken = order.lock().unwrap().clone();
        assert!(woken.is_sorted(), "{woken:?}");
    }
}
