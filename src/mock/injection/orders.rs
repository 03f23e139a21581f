//! The injection in force: draws latencies, keeps the places, knows when its stalls are.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::timer::Timer;
use super::{Hold, Injection};
use crate::testdata::draw_for;

/// Holds the injection in force and carries it out.
#[derive(Debug, Default)]
pub struct Injector {
    current: RwLock<Option<Arc<Orders>>>,
    pub(super) timer: Timer,
}

impl Injector {
    /// One that begins with this injection.
    pub fn new(injection: Injection) -> Self {
        let injector = Self::default();
        injector.set(injection);
        injector
    }

    /// Puts an injection in the place of the one before; its stalls count from now.
    pub fn set(&self, injection: Injection) {
        let orders = (!injection.is_none()).then(|| Arc::new(Orders::new(injection)));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = orders;
    }

    /// What is injected now.
    pub fn get(&self) -> Injection {
        self.orders()
            .map_or_else(Injection::default, |orders| orders.injection.clone())
    }

    /// The injection in force, if there is one.
    pub(super) fn orders(&self) -> Option<Arc<Orders>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// An injection at work.
#[derive(Debug)]
pub(super) struct Orders {
    injection: Injection,
    since: Instant,
    places: Option<Arc<Semaphore>>,
    draws: Mutex<ChaCha8Rng>,
}

impl Orders {
    fn new(injection: Injection) -> Self {
        let places = |capacity: usize| Arc::new(Semaphore::new(capacity.clamp(1, Semaphore::MAX_PERMITS)));
        Self {
            since: Instant::now(),
            places: injection.capacity.map(places),
            draws: Mutex::new(draw_for(injection.seed, "injected latency")),
            injection,
        }
    }

    /// Whether heads go at once and only bodies are held back.
    pub(super) fn holds_body(&self) -> bool {
        self.injection.hold == Hold::Body
    }

    /// Waits for a place among those at work.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        // The semaphore is never closed.
        Arc::clone(self.places.as_ref()?).acquire_owned().await.ok()
    }

    /// When the answer of a request may go that was begun at `began` and is ready now; none where it may go at once.
    pub(super) fn release(&self, operation: Option<&str>, began: Instant, now: Instant) -> Option<Instant> {
        let own = operation.and_then(|name| self.injection.operations.get(name));
        let drawn = own
            .or(self.injection.latency.as_ref())
            .map_or(Duration::ZERO, |latency| {
                latency.draw(&mut *self.draws.lock().unwrap_or_else(PoisonError::into_inner))
            });
        let taken = drawn.max(now.saturating_duration_since(began));
        let ready = began + taken.mul_f64(self.injection.slow.unwrap_or(1.0));
        let release = match self.injection.stall {
            Some(stall) => self.since + stall.release(ready.saturating_duration_since(self.since)),
            None => ready,
        };
        (release > now).then_some(release)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release_ms(injection: &str, operation: &str, work_ms: u64) -> Option<u128> {
        let injection: Injection = serde_json::from_str(injection).unwrap();
        let orders = Orders::new(injection);
        let began = orders.since;
        let now = began + Duration::from_millis(work_ms);
        let release = orders.release(Some(operation), began, now)?;
        Some((release - began).as_millis())
    }

    #[test]
    fn an_answer_goes_when_its_latency_its_factor_and_the_stall_allow() {
        for (injection, operation, work, expected) in [
            (r#"{"latency": "20ms"}"#, "submit", 5, Some(20)),
            (r#"{"latency": "20ms"}"#, "submit", 25, None),
            (
                r#"{"latency": "20ms", "operations": {"submit": "50ms"}}"#,
                "submit",
                5,
                Some(50),
            ),
            (
                r#"{"latency": "20ms", "operations": {"submit": "50ms"}}"#,
                "change",
                5,
                Some(20),
            ),
            (r#"{"slow": 1.5}"#, "submit", 10, Some(15)),
            (r#"{"slow": 1.1, "latency": "20ms"}"#, "submit", 10, Some(22)),
            (r#"{"slow": 1.1, "latency": "20ms"}"#, "submit", 40, Some(44)),
            (
                r#"{"stall": "2s@10ms", "latency": "20ms"}"#,
                "submit",
                0,
                Some(2010),
            ),
            (r#"{"stall": "2s@10s", "latency": "20ms"}"#, "submit", 0, Some(20)),
            (r#"{"capacity": 3}"#, "submit", 5, None),
        ] {
            assert_eq!(release_ms(injection, operation, work), expected, "{injection}");
        }
    }

    #[test]
    fn nothing_is_in_force_until_something_is_injected_and_after_it_is_taken_back() {
        let injector = Injector::new(Injection::default());
        assert!(injector.orders().is_none());
        let injection = Injection {
            capacity: Some(2),
            ..Injection::default()
        };
        injector.set(injection.clone());
        assert_eq!(injector.get(), injection);
        injector.set(Injection::default());
        assert!(injector.orders().is_none() && injector.get().is_none());
    }
}
