//! Sees when a run has become pointless: nothing answers, tokens are refused, nothing gets as far as a call.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Halt;
use crate::http::TransportErrorKind;
use crate::outcome::StepOutcome;
use crate::runner::SeenCall;

/// How many calls in a row must have failed.
const CALLS: u32 = 20;

/// For how long no connection may be had.
const CONNECT: Duration = Duration::from_secs(2);

/// For how long there may be connections but no answers.
const ANSWER: Duration = Duration::from_secs(10);

/// For how long tokens may be refused.
const REFUSED: Duration = Duration::from_secs(2);

/// How many iterations in a row may end before their first call.
const FRUITLESS: u32 = 100;

/// Watches all calls of a run.
pub(super) struct Vigil {
    halt: Halt,
    unanswered: Streak,
    refused: Streak,
    fruitless: Streak,
}

impl Vigil {
    pub(super) fn new(halt: Halt) -> Self {
        Self {
            halt,
            unanswered: Streak::default(),
            refused: Streak::default(),
            fruitless: Streak::default(),
        }
    }

    /// Looks at one call.
    pub(super) fn call(&self, call: &SeenCall<'_>, now: Instant) {
        self.fruitless.end();
        match &call.exchange.result {
            Ok(response) => {
                self.unanswered.end();
                // A scenario may expect a refusal; then its call has passed.
                if response.status != 401 || call.outcome == StepOutcome::Passed {
                    self.refused.end();
                } else if self.refused.reached(now, CALLS, REFUSED) {
                    self.halt.abort(format!(
                        "{CALLS} calls in a row were answered with 401 although a token was sent with them, over more than {} s; \
                         see what the token lacks with `utlegg run` and one scenario",
                        REFUSED.as_secs()
                    ));
                }
            }
            Err(error) => {
                let limit = match error.kind {
                    TransportErrorKind::Connect => CONNECT,
                    _ => ANSWER,
                };
                if self.unanswered.reached(now, CALLS, limit) {
                    self.halt.abort(format!(
                        "{CALLS} calls in a row had no answer, over more than {} s; the latest: {error}",
                        limit.as_secs()
                    ));
                }
            }
        }
    }

    /// Looks at an iteration that ended without a call, and why it did.
    pub(super) fn no_call(&self, why: &str, now: Instant) {
        if self.fruitless.reached(now, FRUITLESS, REFUSED) {
            let why = crate::masking::mask(why);
            self.halt.abort(format!(
                "{FRUITLESS} iterations in a row ended before their first call; the latest: {why}"
            ));
        }
    }
}

/// The same thing again and again.
#[derive(Default)]
struct Streak {
    count: AtomicU32,
    since: Mutex<Option<Instant>>,
}

impl Streak {
    /// Something else happened.
    fn end(&self) {
        if self.count.load(Ordering::Relaxed) != 0 {
            self.count.store(0, Ordering::Relaxed);
        }
    }

    /// It happened again; whether it has happened so often and for so long.
    fn reached(&self, now: Instant, often: u32, long: Duration) -> bool {
        let count = self.count.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        if count == 1 {
            *since = Some(now);
        }
        count >= often && since.is_some_and(|since| now.saturating_duration_since(since) >= long)
    }
}
