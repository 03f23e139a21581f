//! The open model: arrivals, given to users in their order.
//!
//! A free user takes the next arrival before it is due and is woken when it is; a user that finds one already due begins
//! at once, late. So nobody is woken while all are busy, and the order of arrivals is kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

use super::pacer::Pacer;
use crate::load::schedule::{ArrivalTimes, Curve, spread};
use crate::outcome::load::Arrivals;

/// An arrival that a user has taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    /// Its number, from 0.
    pub(super) number: u64,
    /// When it is due.
    pub(super) due: Instant,
    /// Whether it was due before any user was free to take it.
    pub(super) late: bool,
}

/// Gives the arrivals to users.
pub(super) struct Gate {
    queue: Arc<Mutex<Queue>>,
    pacer: Mutex<Option<Pacer>>,
}

/// What users and the pacer share.
pub(super) struct Queue {
    arrivals: ArrivalTimes,
    start: Option<Instant>,
    taken: u64,
    limit: u64,
    /// Users that wait for their arrival, the earliest first.
    waiting: VecDeque<(Instant, Arc<Notify>)>,
    /// When the gate was closed; arrivals that are due later are not offered.
    closed: Option<Instant>,
}

impl Queue {
    /// Wakes every user whose arrival is due, and says when the next one is.
    pub(super) fn release(&mut self, now: Instant) -> Option<Instant> {
        while let Some((due, _)) = self.waiting.front() {
            if *due > now && self.closed.is_none() {
                return Some(*due);
            }
            if let Some((_, user)) = self.waiting.pop_front() {
                user.notify_one();
            }
        }
        None
    }

    /// Whether there is nothing more to release, ever.
    pub(super) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    fn take(&mut self, now: Instant) -> Option<Arrival> {
        let start = self.start.filter(|_| self.closed.is_none())?;
        if self.taken >= self.limit {
            return None;
        }
        let due = start + self.arrivals.next()?;
        self.taken += 1;
        Some(Arrival {
            number: self.taken - 1,
            due,
            late: due < now,
        })
    }
}

impl Gate {
    /// A gate that offers at most `limit` arrivals at the rate of `curve`.
    pub(super) fn new(curve: Curve, arrivals: Arrivals, seed: u64, limit: Option<u64>) -> Self {
        let queue = Queue {
            arrivals: ArrivalTimes::new(curve, arrivals, spread(seed ^ 0x6172_7269_7661_6c73)),
            start: None,
            taken: 0,
            limit: limit.unwrap_or(u64::MAX),
            waiting: VecDeque::new(),
            closed: None,
        };
        Self {
            queue: Arc::new(Mutex::new(queue)),
            pacer: Mutex::new(None),
        }
    }

    /// Says from when arrivals count, and starts to wake users.
    pub(super) fn begin(&self, start: Instant) {
        self.queue().start = Some(start);
        let mut pacer = self.pacer.lock().unwrap_or_else(PoisonError::into_inner);
        *pacer = Pacer::start(&self.queue);
    }

    /// The next arrival, when it is due; `None` when there are no more. `user` is the user's own.
    pub(super) async fn next(&self, user: &Arc<Notify>) -> Option<Arrival> {
        let now = Instant::now();
        let arrival = {
            let mut queue = self.queue();
            let arrival = queue.take(now)?;
            let alone = queue.waiting.is_empty();
            if arrival.due > now {
                queue.waiting.push_back((arrival.due, Arc::clone(user)));
            }
            // Others may be due, and the pacer not awake yet.
            queue.release(now);
            drop(queue);
            if alone && arrival.due > now {
                self.wake_pacer();
            }
            arrival
        };
        if arrival.due <= now {
            return Some(arrival);
        }
        user.notified().await;
        let closed = self.queue().closed;
        closed
            .is_none_or(|closed| arrival.due <= closed)
            .then_some(arrival)
    }

    /// Ends the offering at `now`; tells `dropped` of each arrival that was due by then and that nobody has taken.
    pub(super) fn close(&self, now: Instant, dropped: impl Fn(Instant)) {
        let mut queue = self.queue();
        if queue.closed.is_none() {
            while let Some(arrival) = queue.take(now).filter(|arrival| arrival.due <= now) {
                dropped(arrival.due);
            }
            queue.closed = Some(now);
            queue.release(now);
        }
        drop(queue);
        let pacer = self.pacer.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(pacer);
    }

    fn wake_pacer(&self) {
        if let Some(pacer) = &*self.pacer.lock().unwrap_or_else(PoisonError::into_inner) {
            pacer.wake();
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
