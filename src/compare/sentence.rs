//! Findings and verdicts in plain sentences.

use crate::outcome::comparison::{Change, Estimate, Judgement, Micros, PerSecond, Span, Statistic};

/// What a judged finding says: `submit p95 is 12 % slower (8–17 %): 41.2 ms → 46.1 ms`.
pub(super) fn of_finding(
    what: &str,
    statistic: Statistic,
    judgement: Judgement,
    estimate: &Estimate,
    min_effect: f64,
) -> String {
    let from_to = from_to(statistic, estimate);
    let own = estimate
        .interval
        .map_or_else(String::new, |span| format!(" ({})", between(span)));
    let change = Change(estimate.ratio);
    match (judgement, estimate.corrected) {
        (Judgement::Regression | Judgement::Improvement, Some(corrected)) => format!(
            "{what} is {} {} ({}): {from_to}",
            percent(estimate.ratio),
            direction(statistic, estimate.ratio),
            sizes(corrected, estimate.ratio)
        ),
        (Judgement::Pass, _) => format!(
            "{what} is not {} by {} or more: {from_to}, {change}{own}",
            worse(statistic),
            percent(1.0 + min_effect)
        ),
        (Judgement::Inconclusive, _) => format!(
            "{what} may be {} by {} or not: {from_to}, {change}{own}",
            worse(statistic),
            percent(1.0 + min_effect)
        ),
        _ => format!("{what}: {from_to}, {change}{own}"),
    }
}

/// `41.2 ms → 46.1 ms`
pub(super) fn from_to(statistic: Statistic, estimate: &Estimate) -> String {
    match statistic {
        Statistic::Throughput => format!("{} → {}", PerSecond(estimate.base), PerSecond(estimate.head)),
        Statistic::P50 | Statistic::P95 | Statistic::P99 => {
            format!("{} → {}", Micros(estimate.base), Micros(estimate.head))
        }
    }
}

fn between(span: Span) -> String {
    format!("{} to {}", Change(span.low), Change(span.high))
}

fn direction(statistic: Statistic, ratio: f64) -> &'static str {
    match (statistic, ratio > 1.0) {
        (Statistic::Throughput, true) => "more",
        (Statistic::Throughput, false) => "less",
        (_, true) => "slower",
        (_, false) => "faster",
    }
}

fn worse(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Throughput => "less",
        Statistic::P50 | Statistic::P95 | Statistic::P99 => "slower",
    }
}

/// The size of a change, without its sign: `12 %`.
fn percent(ratio: f64) -> String {
    let text = Change(ratio).to_string();
    let unsigned = text.trim_start_matches(['+', '-']);
    unsigned.replace(".0 %", " %")
}

/// The sizes of the changes at both ends of an interval, the smaller first: `8–17 %`.
fn sizes(span: Span, ratio: f64) -> String {
    let (near, far) = if ratio > 1.0 {
        (span.low, span.high)
    } else {
        (span.high, span.low)
    };
    let near = percent(near);
    format!("{}–{}", near.trim_end_matches(" %"), percent(far))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(statistic: Statistic, judgement: Judgement, ratio: f64, span: (f64, f64)) -> String {
        let span = Some(Span {
            low: span.0,
            high: span.1,
        });
        let base = if statistic == Statistic::Throughput {
            50.0
        } else {
            41_200.0
        };
        let estimate = Estimate {
            base,
            head: base * ratio,
            ratio,
            interval: span,
            corrected: span,
        };
        let what = format!("all calls {statistic}");
        of_finding(&what, statistic, judgement, &estimate, 0.05)
    }

    #[test]
    fn each_judgement_is_a_sentence() {
        use Judgement::{Improvement, Inconclusive, Pass, Regression};
        for (statistic, judgement, ratio, span, expected) in [
            (
                Statistic::P95,
                Regression,
                1.12,
                (1.08, 1.171),
                "all calls p95 is 12 % slower (8–17 %): 41.2 ms → 46.1 ms",
            ),
            (
                Statistic::P50,
                Improvement,
                0.9,
                (0.88, 0.92),
                "all calls p50 is 10 % faster (8–12 %): 41.2 ms → 37.1 ms",
            ),
            (
                Statistic::Throughput,
                Regression,
                0.85,
                (0.8, 0.9),
                "all calls throughput is 15 % less (10–20 %): 50.0/s → 42.5/s",
            ),
            (
                Statistic::P99,
                Pass,
                1.0,
                (0.98, 1.02),
                "all calls p99 is not slower by 5 % or more: 41.2 ms → 41.2 ms, 0.0 % (-2.0 % to +2.0 %)",
            ),
            (
                Statistic::P99,
                Inconclusive,
                1.06,
                (0.95, 1.18),
                "all calls p99 may be slower by 5 % or not: 41.2 ms → 43.7 ms, +6.0 % (-5.0 % to +18 %)",
            ),
        ] {
            assert_eq!(sentence(statistic, judgement, ratio, span), expected);
        }
    }
}
