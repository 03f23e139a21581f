//! What an interval says, and how many samples it needs.

use crate::outcome::comparison::{Estimate, Judgement, Statistic};

/// The chance to let a change of the smallest effect pass in one statistic. All statistics must exclude one for the
/// comparison to pass, so this needs no correction for how many there are.
pub(super) const OVERLOOKED: f64 = 0.05;

/// Samples that must lie beyond a percentile.
const IN_THE_TAIL: f64 = 10.0;
/// Samples that any percentile needs.
const LEAST: f64 = 100.0;
/// Seconds that all rounds together need.
pub(super) const LEAST_SECONDS: usize = 20;
/// Seconds that each round needs.
pub(super) const LEAST_SECONDS_OF_A_ROUND: usize = 5;

/// How many samples each run needs: ten beyond the percentile and a hundred in all, so 100, 200 and 1,000.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between a hundred and a thousand"
)]
pub(super) fn samples_needed(share: f64) -> u64 {
    (IN_THE_TAIL / (1.0 - share)).max(LEAST).round() as u64
}

/// What the numbers say, by four rules, the first that applies:
///
/// 1. *regression*: the corrected interval lies wholly on the worse side of 1, and the estimate is worse by at least
///    `min_effect`.
/// 2. *improvement*: the same on the better side.
/// 3. *pass*: the worse end of the statistic's own interval is less than `min_effect` away.
/// 4. *inconclusive*: anything else. A change for the worse is neither shown nor excluded.
///
/// A ratio is worse by `min_effect` from 1 + `min_effect` on for a time, and from 1 / (1 + `min_effect`) down for a
/// throughput.
pub(super) fn judge(statistic: Statistic, estimate: &Estimate, min_effect: f64) -> Judgement {
    let Some((own, corrected)) = estimate.interval.zip(estimate.corrected) else {
        return Judgement::NotJudged;
    };
    // A throughput turned over, so that more is worse.
    let turned = |ratio: f64| match statistic {
        Statistic::Throughput => ratio.recip(),
        Statistic::P50 | Statistic::P95 | Statistic::P99 => ratio,
    };
    let (one, other) = (turned(corrected.low), turned(corrected.high));
    let (low, high) = (one.min(other), one.max(other));
    let worst = turned(own.low).max(turned(own.high));
    let (ratio, effect) = (turned(estimate.ratio), 1.0 + min_effect);
    if low > 1.0 && ratio >= effect {
        Judgement::Regression
    } else if high < 1.0 && ratio <= effect.recip() {
        Judgement::Improvement
    } else if worst < effect {
        Judgement::Pass
    } else {
        Judgement::Inconclusive
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::comparison::Span;

    fn judged(statistic: Statistic, ratio: f64, own: (f64, f64), corrected: (f64, f64)) -> Judgement {
        let span = |(low, high)| Some(Span { low, high });
        let estimate = Estimate {
            base: 1.0,
            head: ratio,
            ratio,
            interval: span(own),
            corrected: span(corrected),
        };
        judge(statistic, &estimate, 0.05)
    }

    #[test]
    fn each_rule_of_a_time() {
        use Judgement::{Improvement, Inconclusive, Pass, Regression};
        for (ratio, own, corrected, expected) in [
            (1.12, (1.09, 1.15), (1.05, 1.19), Regression),
            // Surely slower, but not by the smallest effect.
            (1.03, (1.02, 1.04), (1.01, 1.06), Pass),
            // Slower by more than the smallest effect, but not surely slower.
            (1.08, (1.01, 1.15), (0.97, 1.20), Inconclusive),
            // Surely slower, and perhaps by more than the smallest effect.
            (1.04, (1.02, 1.06), (1.01, 1.08), Inconclusive),
            (1.00, (0.98, 1.02), (0.94, 1.07), Pass),
            (1.00, (0.90, 1.11), (0.80, 1.25), Inconclusive),
            (0.90, (0.88, 0.92), (0.85, 0.96), Improvement),
            (0.90, (0.80, 1.02), (0.70, 1.15), Pass),
        ] {
            assert_eq!(judged(Statistic::P95, ratio, own, corrected), expected, "{ratio}");
        }
    }

    #[test]
    fn less_throughput_is_worse() {
        use Judgement::{Improvement, Inconclusive, Pass, Regression};
        for (ratio, own, corrected, expected) in [
            (0.90, (0.88, 0.92), (0.85, 0.96), Regression),
            (1.10, (1.08, 1.12), (1.05, 1.15), Improvement),
            (0.99, (0.96, 1.02), (0.94, 1.04), Pass),
            (0.99, (0.90, 1.08), (0.88, 1.10), Inconclusive),
        ] {
            assert_eq!(
                judged(Statistic::Throughput, ratio, own, corrected),
                expected,
                "{ratio}"
            );
        }
    }

    #[test]
    fn rarer_samples_need_more_of_them() {
        assert_eq!([0.5, 0.95, 0.99].map(samples_needed), [100, 200, 1_000]);
    }
}
