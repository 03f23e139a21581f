//! Percentiles of samples that are all there, exactly, beside those of a report.

use crate::outcome::load::Latency;

/// The percentiles that are compared.
pub(super) const COMPARED: [(f64, &str); 4] = [(0.5, "p50"), (0.9, "p90"), (0.99, "p99"), (0.999, "p99.9")];

/// The sample that so large a share is at or below; `NaN` without samples. `sorted` is in ascending order.
pub(super) fn exact(sorted: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rank is between 0 and the number of samples"
    )]
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}

/// The same of a report; `NaN` without samples, or of a percentile that reports do not have.
pub(super) fn reported(latency: Option<&Latency>, name: &str) -> f64 {
    let Some(latency) = latency else {
        return f64::NAN;
    };
    super::finding::number(match name {
        "p50" => latency.p50_us,
        "p90" => latency.p90_us,
        "p99" => latency.p99_us,
        "p99.9" => latency.p999_us,
        _ => return f64::NAN,
    })
}

/// In ascending order.
pub(super) fn sorted(samples: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut samples: Vec<f64> = samples.collect();
    samples.sort_by(f64::total_cmp);
    samples
}
