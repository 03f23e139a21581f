//! What is known of a load run while it goes on, and the line that says it.

use std::time::Duration;

use super::figures::{counted, grouped, rate, time};
use crate::report::units::duration;

/// A load run's state, taken about once a second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoadProgress {
    /// Since the load began, warm-up included.
    pub elapsed: Duration,
    /// The whole time planned; `None` where iterations end the run.
    pub planned: Option<Duration>,
    /// Iterations planned, where they end the run.
    pub planned_iterations: Option<u64>,
    /// Iterations begun.
    pub iterations: u64,
    /// Whether this is still the warm-up, which is in no number.
    pub warming_up: bool,
    /// Users at work.
    pub users: u64,
    /// Arrivals per second that the plan asks for now; `None` in the closed model.
    pub offered_rate: Option<f64>,
    /// Iterations begun per second, of late.
    pub achieved_rate: f64,
    /// Median response time of the business calls of late, in microseconds; `None` without any.
    pub p50_us: Option<u64>,
    /// Its 95th percentile.
    pub p95_us: Option<u64>,
    /// Calls that failed a check or had no answer, so far.
    pub errors: u64,
    /// Iterations dropped so far.
    pub dropped: u64,
}

impl LoadProgress {
    /// How far the run is, from 0 to 1000; `None` where no end is planned.
    pub(super) fn permille(&self) -> Option<u64> {
        let by_time = self.planned.filter(|planned| !planned.is_zero()).map(|planned| {
            let done = self.elapsed.as_micros().saturating_mul(1000) / planned.as_micros();
            u64::try_from(done).unwrap_or(1000)
        });
        let by_count = self
            .planned_iterations
            .filter(|planned| *planned > 0)
            .map(|planned| self.iterations.saturating_mul(1000) / planned);
        by_time.max(by_count).map(|done| done.min(1000))
    }

    /// The time and how much of it is planned: `12 s of 30 s`.
    fn clock(&self) -> String {
        let elapsed = seconds(self.elapsed.as_secs());
        match (self.planned, self.planned_iterations) {
            (Some(planned), _) => format!("{elapsed} of {}", seconds(planned.as_secs())),
            (None, Some(planned)) => format!(
                "{elapsed}, {} of {} iterations",
                grouped(self.iterations),
                grouped(planned)
            ),
            (None, None) => elapsed,
        }
    }

    /// All of it in one line; where `bad` numbers stand, `paint` is given them.
    pub(super) fn line(&self, paint: impl Fn(&str) -> String) -> String {
        let mut parts = vec![self.clock()];
        if self.warming_up {
            parts.push("warming up".to_owned());
        }
        parts.push(counted(self.users, "user"));
        parts.push(match self.offered_rate {
            Some(offered) => format!("{} of {}/s", rate(self.achieved_rate), rate(offered)),
            None => format!("{}/s", rate(self.achieved_rate)),
        });
        if let (Some(p50), Some(p95)) = (self.p50_us, self.p95_us) {
            parts.push(format!("p50 {}", time(p50)));
            parts.push(format!("p95 {}", time(p95)));
        }
        let number = |n: u64, text: String| if n > 0 { paint(&text) } else { text };
        parts.push(number(self.errors, counted(self.errors, "error")));
        if self.offered_rate.is_some() || self.dropped > 0 {
            parts.push(number(self.dropped, format!("{} dropped", grouped(self.dropped))));
        }
        parts.join(" · ")
    }
}

/// Whole seconds: `12 s`, `2 min 5 s`, `1 h 0 min`.
fn seconds(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => duration(seconds.saturating_mul(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> LoadProgress {
        LoadProgress {
            elapsed: Duration::from_millis(12_430),
            planned: Some(Duration::from_secs(30)),
            iterations: 600,
            users: 12,
            offered_rate: Some(50.0),
            achieved_rate: 49.9,
            p50_us: Some(12_300),
            p95_us: Some(45_000),
            errors: 2,
            ..LoadProgress::default()
        }
    }

    #[test]
    fn the_line_says_all_of_it_and_paints_what_is_bad() {
        let line = open().line(|text| format!("<{text}>"));
        assert_eq!(
            line,
            "12 s of 30 s · 12 users · 49.9 of 50/s · p50 12.3 ms · p95 45.0 ms · <2 errors> · 0 dropped"
        );
    }

    #[test]
    fn a_closed_run_by_iterations_says_how_many() {
        let progress = LoadProgress {
            elapsed: Duration::from_millis(400),
            planned_iterations: Some(1_000),
            iterations: 250,
            users: 1,
            achieved_rate: 625.0,
            warming_up: true,
            ..LoadProgress::default()
        };
        assert_eq!(
            progress.line(str::to_owned),
            "0 s, 250 of 1000 iterations · warming up · 1 user · 625/s · 0 errors"
        );
        assert_eq!(progress.permille(), Some(250));
    }

    #[test]
    fn how_far_it_is_never_passes_the_end() {
        let mut progress = open();
        assert_eq!(progress.permille(), Some(414));
        progress.elapsed = Duration::from_secs(31);
        assert_eq!(progress.permille(), Some(1000));
        assert_eq!(LoadProgress::default().permille(), None);
    }
}
