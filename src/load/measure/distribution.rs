//! A histogram as reports show it.

use hdrhistogram::Histogram;

use crate::outcome::load::{Latency, Quantile};

/// The points of the curve. Those that the number of samples does not bear are left out, but for the last.
const CURVE: [f64; 32] = [
    0.0, 1.0, 5.0, 10.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 75.0, 80.0, 85.0, 90.0, 92.5, 95.0, 96.0,
    97.0, 97.5, 98.0, 98.5, 99.0, 99.25, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999, 100.0,
];

/// The distribution in `histogram`; `None` without samples.
pub(super) fn latency(histogram: &Histogram<u64>) -> Option<Latency> {
    if histogram.is_empty() {
        return None;
    }
    let points = at(histogram, &CURVE);
    let value = |percentile: f64| {
        let found = points.iter().find(|point| point.percentile >= percentile);
        found.map_or_else(|| histogram.max(), |point| point.value_us)
    };
    let borne = |point: &&Quantile| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "an estimate is enough to leave out a point"
        )]
        let beyond = (100.0 - point.percentile) / 100.0 * histogram.len() as f64;
        beyond >= 1.0 || point.percentile >= 100.0
    };
    Some(Latency {
        count: histogram.len(),
        min_us: histogram.min(),
        mean_us: histogram.mean(),
        stdev_us: histogram.stdev(),
        p50_us: value(50.0),
        p90_us: value(90.0),
        p95_us: value(95.0),
        p99_us: value(99.0),
        p999_us: value(99.9),
        max_us: histogram.max(),
        curve: points.iter().filter(borne).copied().collect(),
    })
}

/// The values at ascending `percentiles`, found in one walk; each is the largest that is not told apart from the sample
/// there.
pub(super) fn at(histogram: &Histogram<u64>, percentiles: &[f64]) -> Vec<Quantile> {
    // The smallest step below keeps 99.9 % of 1,000 at the 999th, which binary fractions would push to the 1,000th.
    let quantiles = percentiles
        .iter()
        .map(|percentile| percentile / 100.0 * (1.0 - f64::EPSILON));
    percentiles
        .iter()
        .zip(histogram.value_at_quantiles(quantiles))
        .map(|(&percentile, value_us)| Quantile { percentile, value_us })
        .collect()
}
