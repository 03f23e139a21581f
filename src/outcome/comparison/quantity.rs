//! Numbers of a comparison as people read them.

use std::fmt;

/// A time in microseconds, with three significant digits: `412 µs`, `41.2 ms`, `1.24 s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Micros(pub f64);

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = match self.0 {
            us if us < 999.5 => (us, "µs"),
            us if us < 999_500.0 => (us / 1e3, "ms"),
            us => (us / 1e6, "s"),
        };
        f.pad(&format!("{} {unit}", three_digits(value)))
    }
}

/// A ratio as a change: `+12 %`, `-4.2 %`; below ten per cent with one decimal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change(pub f64);

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = (self.0 - 1.0) * 100.0;
        let text = match percent.abs() {
            size if size < 0.05 => "0.0".to_owned(),
            size if size < 9.95 => format!("{percent:+.1}"),
            _ => format!("{percent:+.0}"),
        };
        f.pad(&format!("{text} %"))
    }
}

/// `value` with three significant digits, or whole where it has more before the point.
pub(super) fn three_digits(value: f64) -> String {
    match value {
        small if small < 9.995 => format!("{small:.2}"),
        middle if middle < 99.95 => format!("{middle:.1}"),
        large => format!("{large:.0}"),
    }
}

/// Calls per second, with three significant digits: `49.8/s`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerSecond(pub f64);

impl fmt::Display for PerSecond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/s", three_digits(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits_and_never_a_thousand_of_a_unit() {
        let cases = [
            (0.0, "0.00 µs"),
            (9.996, "10.0 µs"),
            (412.4, "412 µs"),
            (999.6, "1.00 ms"),
            (41_234.0, "41.2 ms"),
            (999_600.0, "1.00 s"),
            (1_240_000.0, "1.24 s"),
            (125_000_000.0, "125 s"),
        ];
        for (us, text) in cases {
            assert_eq!(Micros(us).to_string(), text);
        }
    }

    #[test]
    fn changes_are_signed_and_nothing_is_nothing() {
        let cases = [
            (1.0, "0.0 %"),
            (0.9996, "0.0 %"),
            (1.042, "+4.2 %"),
            (1.124, "+12 %"),
            (0.5, "-50 %"),
            (3.0, "+200 %"),
        ];
        for (ratio, text) in cases {
            assert_eq!(Change(ratio).to_string(), text);
        }
        assert_eq!(PerSecond(49.84).to_string(), "49.8/s");
    }
}
