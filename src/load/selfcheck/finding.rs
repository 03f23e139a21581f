//! One number that was reported, beside the one that is right.

use serde::Serialize;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Microseconds.
    Micros,
    /// How many.
    Count,
    /// Per second.
    PerSecond,
    /// 1 is yes, 0 is no.
    YesNo,
}

/// A reported number, the right one, and how far they may be apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What is compared, in words: `response time, p99`.
    pub what: String,
    /// In what both are given.
    pub unit: Unit,
    /// What is right, by the mock's own record or by the schedule.
    pub expected: f64,
    /// What the load tester reports.
    pub reported: f64,
    /// How far they may be apart; nothing where the finding is only shown.
    pub tolerance: Option<f64>,
    /// Whether they are near enough; true where it is only shown.
    pub held: bool,
}

impl Finding {
    /// One that must hold within `tolerance`.
    pub fn judged(what: impl Into<String>, unit: Unit, expected: f64, reported: f64, tolerance: f64) -> Self {
        Self {
            what: what.into(),
            unit,
            expected,
            reported,
            tolerance: Some(tolerance),
            // Written so that a number that is none does not hold.
            held: (reported - expected).abs() <= tolerance,
        }
    }

    /// One that is only shown.
    pub fn shown(what: impl Into<String>, unit: Unit, expected: f64, reported: f64) -> Self {
        Self {
            what: what.into(),
            unit,
            expected,
            reported,
            tolerance: None,
            held: true,
        }
    }

    /// Something that must be so.
    pub fn must(what: impl Into<String>, is_so: bool) -> Self {
        Self::judged(what, Unit::YesNo, 1.0, f64::from(u8::from(is_so)), 0.0)
    }

    /// How far the reported number is from the right one.
    pub fn error(&self) -> f64 {
        self.reported - self.expected
    }
}

/// One percent of the right value or a millisecond, whichever is more, in microseconds.
pub(super) fn fine(expected: f64) -> f64 {
    (expected * 0.01).max(1000.0)
}

#[expect(clippy::cast_precision_loss, reason = "no run has 2^52 of anything")]
pub(super) fn number(count: u64) -> f64 {
    count as f64
}
