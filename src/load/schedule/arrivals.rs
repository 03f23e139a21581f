//! When iterations arrive in the open model.

use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Curve;
use crate::outcome::load::Arrivals;

/// The times of arrival from the start of the load, in order; as many as the curve's integral, one at a time, so that a
/// run of hours takes no memory.
#[derive(Debug, Clone)]
pub struct ArrivalTimes {
    curve: Curve,
    /// For Poisson arrivals, where the waits are drawn from.
    random: Option<ChaCha8Rng>,
    /// The integral at the next arrival.
    area: f64,
    next: u64,
}

impl ArrivalTimes {
    /// Arrivals at the rate of `curve`. Evenly spread ones begin at once; Poisson ones are the same for the same seed.
    pub fn new(curve: Curve, arrivals: Arrivals, seed: u64) -> Self {
        let mut random = match arrivals {
            Arrivals::Constant => None,
            Arrivals::Poisson => Some(ChaCha8Rng::seed_from_u64(seed)),
        };
        Self {
            curve,
            area: random.as_mut().map_or(0.0, wait),
            random,
            next: 0,
        }
    }
}

impl Iterator for ArrivalTimes {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let at = self.curve.when(self.area)?;
        self.next += 1;
        match &mut self.random {
            Some(random) => self.area += wait(random),
            None => self.area = count(self.next),
        }
        Some(at)
    }
}

/// The wait between two independent events that come once on average.
fn wait(random: &mut ChaCha8Rng) -> f64 {
    let uniform: f64 = random.random();
    -(1.0 - uniform).ln()
}

#[expect(clippy::cast_precision_loss, reason = "no run has 2^52 arrivals")]
fn count(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::outcome::load::{Stage, StageKind};

    fn stages() -> impl Strategy<Value = Vec<Stage>> {
        let kind = prop_oneof![
            Just(StageKind::Ramp),
            Just(StageKind::Hold),
            Just(StageKind::Spike)
        ];
        let stage =
            (kind, 0.0..300.0, 0..5_000_000_u64).prop_map(|(kind, to, over_us)| Stage { kind, to, over_us });
        proptest::collection::vec(stage, 1..6)
    }

    proptest! {
        #[test]
        fn in_every_window_there_are_as_many_even_arrivals_as_the_integral(stages in stages(), from in 0.0..1.0_f64, to in 0.0..1.0_f64) {
            let curve = Curve::of(&stages);
            let end = curve.end().unwrap();
            let all: Vec<Duration> = ArrivalTimes::new(curve.clone(), Arrivals::Constant, 1).collect();
            let (from, to) = (end.mul_f64(f64::min(from, to)), end.mul_f64(f64::max(from, to)));
            let found = count(all.iter().filter(|at| (from..to).contains(*at)).count() as u64);
            let expected = curve.area(to) - curve.area(from);
            prop_assert!((found - expected).abs() <= 1.0 + 1e-6, "{found} of {expected}");
            prop_assert!(all.is_sorted() && all.iter().all(|at| *at <= end));
        }

        #[test]
        fn poisson_arrivals_are_in_order_and_the_seed_s_own(stages in stages(), seed: u64) {
            let draw = |seed| ArrivalTimes::new(Curve::of(&stages), Arrivals::Poisson, seed).collect::<Vec<_>>();
            let all = draw(seed);
            prop_assert!(all.is_sorted());
            prop_assert_eq!(&all, &draw(seed));
            prop_assert!(all.len() < 3 || all != draw(seed.wrapping_add(1)));
        }

        #[test]
        fn the_inverse_of_the_integral_is_its_inverse(stages in stages(), part in 0.0..1.0_f64) {
            let curve = Curve::of(&stages);
            let all: f64 = curve.area(curve.end().unwrap());
            if let Some(at) = curve.when(all * part) {
                prop_assert!((curve.area(at) - all * part).abs() < 1e-4 * (1.0 + all));
            }
        }
    }

    #[test]
    fn poisson_waits_are_exponential() {
        let curve = Curve::constant(1000.0);
        let times: Vec<f64> = ArrivalTimes::new(curve, Arrivals::Poisson, 7)
            .take(20_000)
            .map(|at| at.as_secs_f64())
            .collect();
        // The mean of 20,000 waits of 1 ms has a standard error of 0.7 %; so has their standard deviation.
        let waits: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mean = waits.iter().sum::<f64>() / count(waits.len() as u64);
        let spread = waits.iter().map(|wait| (wait - mean).powi(2)).sum::<f64>() / count(waits.len() as u64);
        assert!((mean - 0.001).abs() < 0.000_03, "{mean}");
        assert!((spread.sqrt() - 0.001).abs() < 0.000_05, "{spread}");
    }
}
