//! What response times the schedule demands: an open model with so many users, a server that stalls once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

/// Arrivals at a constant rate at a server that takes the same time for each, but answers nothing during a stall.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// Arrivals per second.
    pub rate: f64,
    /// How long there are arrivals.
    pub lasts: Duration,
    /// Users that may be at work at once.
    pub users: usize,
    /// When the stall begins.
    pub stall_at: Duration,
    /// How long it lasts.
    pub stall: Duration,
}

impl Schedule {
    /// How many arrivals there are.
    pub fn arrivals(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a rate and a time are positive"
        )]
        let arrivals = (self.rate * self.lasts.as_secs_f64()).round() as u64;
        arrivals
    }

    /// What share of the arrivals comes during the stall.
    pub fn share_in_stall(&self) -> f64 {
        self.stall.as_secs_f64() / self.lasts.as_secs_f64()
    }

    /// The response time of every arrival in microseconds, in order of arrival: first come, first served, each from when
    /// it was due, whether or not a user was free.
    pub(super) fn response_times(&self, service_us: f64) -> Vec<f64> {
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        let (from, until) = (micros(self.stall_at), micros(self.stall_at + self.stall));
        // When each user is free next, in nanoseconds, since floats have no order.
        let mut free: BinaryHeap<Reverse<u64>> = (0..self.users.max(1)).map(|_| Reverse(0)).collect();
        (0..self.arrivals())
            .map(|number| {
                let due = super::finding::number(number) * 1e6 / self.rate;
                let Reverse(free_at) = free.pop().unwrap_or_default();
                let ready = due.max(super::finding::number(free_at) / 1000.0) + service_us;
                let done = if (from..until).contains(&ready) {
                    until
                } else {
                    ready
                };
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a time within the run"
                )]
                free.push(Reverse((done * 1000.0) as u64));
                done - due
            })
            .collect()
    }
}
