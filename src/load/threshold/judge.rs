//! Thresholds against what was measured.

use super::found::Found;
use super::model::{Operator, Threshold, Unit};
use crate::outcome::load::{LoadResult, ThresholdOutcome, ThresholdResult};
use crate::source::format_rate;

/// What came of each threshold, in their order.
pub fn judge(thresholds: &[Threshold], result: &LoadResult) -> Vec<ThresholdResult> {
    let found = Found::of(result);
    thresholds
        .iter()
        .map(|threshold| judge_one(threshold, found))
        .collect()
}

/// What came of one threshold.
pub fn judge_one(threshold: &Threshold, found: Found<'_>) -> ThresholdResult {
    let value = found.value(threshold);
    let outcome = match value {
        None => ThresholdOutcome::NoSample,
        Some(value) if threshold.holds(value.number()) => ThresholdOutcome::Met,
        Some(_) => ThresholdOutcome::Missed,
    };
    ThresholdResult {
        text: threshold.text.clone(),
        place: threshold.written_at(),
        outcome,
        actual: value.map_or_else(|| "no sample".to_owned(), Value::shown),
        aborted: false,
    }
}

/// The position of the first threshold that ends the run now: one with `abort` that is missed after the time it waits
/// for. One without a sample yet waits on.
pub fn aborts(thresholds: &[Threshold], found: Found<'_>) -> Option<usize> {
    thresholds.iter().position(|threshold| {
        let due = threshold.abort && u128::from(found.measured_us) >= threshold.after.as_micros();
        due && found
            .value(threshold)
            .is_some_and(|value| !threshold.holds(value.number()))
    })
}

/// A number as it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    /// Microseconds.
    Micros(f64),
    /// So many per second.
    PerSecond(f64),
    /// So many.
    Count(u64),
    /// So many of so many; of more than none.
    Share(u64, u64),
}

impl Value {
    /// A part of a whole in the unit of the bound; nothing where there is no whole.
    pub fn of(part: u64, whole: u64, unit: Unit) -> Option<Self> {
        let value = if unit == Unit::Share {
            Self::Share(part, whole)
        } else {
            Self::Count(part)
        };
        (whole > 0).then_some(value)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a load makes far fewer than 2^52 of anything"
    )]
    fn number(self) -> f64 {
        match self {
            Self::Micros(number) | Self::PerSecond(number) => number,
            Self::Count(count) => count as f64,
            Self::Share(part, whole) => part as f64 / whole as f64,
        }
    }

    fn shown(self) -> String {
        let trimmed = |number: f64| {
            let text = format!("{number:.3}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        match self {
            Self::Micros(us) if us < 1e3 => format!("{}µs", trimmed(us)),
            Self::Micros(us) if us < 1e6 => format!("{}ms", trimmed(us / 1e3)),
            Self::Micros(us) => format!("{}s", trimmed(us / 1e6)),
            Self::PerSecond(rate) => format_rate(rate),
            Self::Count(count) => count.to_string(),
            Self::Share(part, whole) => format!("{}% ({part} of {whole})", trimmed(self.number() * 100.0)),
        }
    }
}

impl Threshold {
    /// Whether a number in the bound's unit keeps it.
    #[expect(clippy::float_cmp, reason = "`==` is for counts and shares, which are exact")]
    pub fn holds(&self, number: f64) -> bool {
        match self.operator {
            Operator::Less => number < self.bound,
            Operator::AtMost => number <= self.bound,
            Operator::More => number > self.bound,
            Operator::AtLeast => number >= self.bound,
            Operator::Equal => number == self.bound,
        }
    }
}
