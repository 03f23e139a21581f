//! What flags say in place of the plan.

use std::time::Duration;

use crate::outcome::load::{Arrivals, CheckPolicy};
use crate::scenario::{duration, sample_every};

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

/// Reads `all`, `status` or `sample=N`.
pub fn parse_check(text: &str) -> Option<CheckPolicy> {
    match text {
        "all" => Some(CheckPolicy::All),
        "status" => Some(CheckPolicy::Status),
        _ => sample_every(text).map(|every| CheckPolicy::Sample { every }),
    }
}

/// Reads a wait, `500ms`, or a range of waits, `200ms-1s`.
pub fn parse_think(text: &str) -> Option<(Duration, Duration)> {
    let (min, max) = text.split_once('-').unwrap_or((text, text));
    let (min, max) = (duration(min)?, duration(max)?);
    (min <= max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_is_checked_is_a_word() {
        assert_eq!(parse_check("all"), Some(CheckPolicy::All));
        assert_eq!(parse_check("status"), Some(CheckPolicy::Status));
        assert_eq!(parse_check("sample=10"), Some(CheckPolicy::Sample { every: 10 }));
        for wrong in [
            "",
            "sample",
            "sample=",
            "sample=0",
            "sample=-1",
            "sample=+1",
            "ALL",
        ] {
            assert_eq!(parse_check(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_think_time_is_a_wait_or_a_range() {
        let ms = Duration::from_millis;
        assert_eq!(parse_think("500ms"), Some((ms(500), ms(500))));
        assert_eq!(parse_think("200ms-1s"), Some((ms(200), ms(1000))));
        for wrong in ["", "1", "1s-", "-1s", "2s-1s", "1s-2s-3s"] {
            assert_eq!(parse_think(wrong), None, "{wrong}");
        }
    }
}
