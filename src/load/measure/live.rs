//! Totals while the run goes on.

use std::sync::atomic::Ordering;

use super::recorder::Shared;
use crate::outcome::load::{Iterations, Second, Traffic};

/// Totals up to now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Live {
    /// What became of the iterations.
    pub iterations: Iterations,
    /// What went over the wire.
    pub traffic: Traffic,
    /// Calls that failed a check or had no answer.
    pub errors: u64,
    /// Users in the midst of an iteration.
    pub users: u64,
    /// The latest second that is wholly over, its quantiles included.
    pub latest: Option<Second>,
}

impl Live {
    pub(super) fn of(shared: &Shared) -> Self {
        let open = shared.open();
        let latest = open.first.checked_sub(1).and_then(|second| {
            let second = usize::try_from(second).ok()?;
            open.seconds.get(second).copied()
        });
        Self {
            iterations: open.iterations,
            traffic: open.traffic,
            errors: open.errors,
            users: shared.busy.load(Ordering::Relaxed),
            latest,
        }
    }
}
