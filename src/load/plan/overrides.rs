//! What flags say in place of the plan.

use std::time::Duration;

use crate::outcome::load::{Arrivals, CheckPolicy};

/// What flags say; each takes the place of the plan's own word.
///
/// `--users` and `--rate` take the place of the plan's model and of its stages; `--for` and `--iterations` together take the
/// place of how the plan ends; thresholds are added to the plan's.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--rate`, in arrivals per second.
    pub rate: Option<f64>,
    /// `--users`.
    pub users: Option<u64>,
    /// `--arrivals`.
    pub arrivals: Option<Arrivals>,
    /// `--max-users`.
    pub max_users: Option<u64>,
    /// `--for`.
    pub duration: Option<Duration>,
    /// `--iterations`.
    pub iterations: Option<u64>,
    /// `--think`, smallest and largest.
    pub think: Option<(Duration, Duration)>,
    /// `--warm-up`.
    pub warm_up: Option<Duration>,
    /// `--check`.
    pub check: Option<CheckPolicy>,
    /// `--threshold`, as often as it was given.
    pub thresholds: Vec<String>,
}
