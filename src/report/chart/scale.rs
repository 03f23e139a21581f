//! From values to places on an axis, and where its marks stand.

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Tick {
    /// The value.
    pub(in crate::report) at: f64,
    /// What is written there.
    pub(in crate::report) label: String,
}

/// How values are laid along an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) enum Scale {
    /// Evenly, from the first to the second.
    Linear(f64, f64),
    /// By their logarithm, from the first, which is above 0, to the second.
    Log(f64, f64),
    /// Percentiles, each further nine as wide as the one before, up to so many nines.
    Nines(f64),
}

impl Scale {
    /// Where `value` is, from 0 to 1; what lies outside is moved to the edge.
    pub(in crate::report) fn place(self, value: f64) -> f64 {
        let place = match self {
            Self::Linear(from, to) => (value - from) / (to - from).max(f64::MIN_POSITIVE),
            Self::Log(from, to) => {
                (value.max(from) / from).log10() / (to / from).log10().max(f64::MIN_POSITIVE)
            }
            Self::Nines(nines) => -(1.0 - value.min(99.999_999_9) / 100.0).log10() / nines,
        };
        if place.is_finite() {
            place.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }

    /// An even scale from 0 that holds `largest`, with about four marks.
    pub(in crate::report) fn from_zero(largest: f64, label: impl Fn(f64) -> String) -> (Self, Vec<Tick>) {
        let step = round_step(largest.max(1e-9) / 4.0);
        let count = (largest / step).ceil().max(1.0);
        let mut ticks = Vec::new();
        let mut i = 0.0;
        while i <= count {
            ticks.push(tick(i * step, &label));
            i += 1.0;
        }
        (Self::Linear(0.0, count * step), ticks)
    }

    /// A logarithmic scale that holds `smallest` (above 0) to `largest`, marked at 1, 10, 100, and where there is room
    /// at 2 and 5 too.
    pub(in crate::report) fn log(
        smallest: f64,
        largest: f64,
        label: impl Fn(f64) -> String,
    ) -> (Self, Vec<Tick>) {
        let all = |factors: &'static [f64]| {
            let exponents = -9..12;
            exponents.flat_map(move |e: i32| factors.iter().map(move |f| f * 10_f64.powi(e)))
        };
        let fine: &[f64] = &[1.0, 2.0, 5.0];
        let from = all(fine).rfind(|it| *it <= smallest * 1.000_1).unwrap_or(1e-9);
        let to = all(fine)
            .find(|it| *it >= largest * 0.999_9 && *it > from)
            .unwrap_or(largest);
        let factors: &[f64] = if to / from <= 5_000.0 { fine } else { &[1.0] };
        let ticks = all(factors)
            .filter(|it| (from * 0.999..=to * 1.001).contains(it))
            .map(|at| tick(at, &label))
            .collect();
        (Self::Log(from, to), ticks)
    }
}

fn tick(at: f64, label: &impl Fn(f64) -> String) -> Tick {
    Tick { at, label: label(at) }
}

/// The next of 1, 2, 5, 10, 20, 50, … that is not below `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let fits = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|it| it * power >= step * 0.999_9);
    fits.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn an_even_scale_ends_at_a_round_number() {
        let (scale, ticks) = Scale::from_zero(53.0, |it| format!("{it}"));
        assert_eq!(labels(&ticks), ["0", "20", "40", "60"]);
        for (value, place) in [(0.0, 0.0), (30.0, 0.5), (60.0, 1.0), (99.0, 1.0)] {
            assert!((scale.place(value) - place).abs() < 1e-9, "{value}");
        }
        assert!(Scale::from_zero(0.0, |it| format!("{it:.0}")).0.place(0.0).abs() < 1e-9);
    }

    #[test]
    fn a_logarithmic_scale_holds_smallest_and_largest() {
        let (scale, ticks) = Scale::log(4.1, 2_300.0, |it| format!("{it}"));
        assert_eq!(
            labels(&ticks),
            [
                "2", "5", "10", "20", "50", "100", "200", "500", "1000", "2000", "5000"
            ]
        );
        let (_, ticks) = Scale::log(0.3, 9_000.0, |it| format!("{it}"));
        assert_eq!(labels(&ticks), ["1", "10", "100", "1000", "10000"]);
        assert!((scale.place(2.0) - 0.0).abs() < 1e-9 && scale.place(2_300.0) < 1.0);
    }

    #[test]
    fn each_nine_is_as_wide_as_the_one_before() {
        let scale = Scale::Nines(4.0);
        let places = [0.0, 90.0, 99.0, 99.9, 99.99, 100.0].map(|it| scale.place(it));
        for (found, expected) in places.into_iter().zip([0.0, 0.25, 0.5, 0.75, 1.0, 1.0]) {
            assert!((found - expected).abs() < 1e-6, "{places:?}");
        }
    }
}
