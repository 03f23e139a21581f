//! Remembers used grants until they would have expired anyway.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Grants remembered before expired ones are swept out.
const SWEEP_AT: usize = 4096;
/// Grants remembered at most; beyond it, new ones are refused rather than old ones forgotten.
const LIMIT: usize = 1 << 20;

/// The identifiers of used grants with their expiry, seconds since 1970.
#[derive(Debug, Default)]
pub struct Replay(Mutex<HashMap<String, i64>>);

impl Replay {
    /// Notes a grant; `false` when it was used before.
    pub fn first_use(&self, grant: &str, expires: i64, now: i64) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= SWEEP_AT && used.len().is_power_of_two() {
            used.retain(|_, end| *end >= now);
        }
        used.len() < LIMIT && used.insert(grant.to_owned(), expires).is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_counts_once_and_expired_ones_are_swept() {
        let replay = Replay::default();
        assert!(replay.first_use("a", 10, 0));
        assert!(!replay.first_use("a", 10, 0));
        for i in 1..SWEEP_AT {
            assert!(replay.first_use(&format!("g{i}"), 10, 0));
        }
        assert!(replay.first_use("late", 99, 50));
        assert_eq!(replay.0.lock().unwrap().len(), 1);
    }
}
