//! A distribution of times, as reports show it. The samples themselves are in `hdr/*.hlog`.

use serde::{Deserialize, Serialize};

/// A distribution of times in microseconds, three significant digits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// How many samples.
    pub count: u64,
    /// The smallest.
    pub min_us: u64,
    /// The mean.
    pub mean_us: f64,
    /// The standard deviation.
    pub stdev_us: f64,
    /// The median.
    pub p50_us: u64,
    /// The 90th percentile.
    pub p90_us: u64,
    /// The 95th percentile.
    pub p95_us: u64,
    /// The 99th percentile.
    pub p99_us: u64,
    /// The 99.9th percentile.
    pub p999_us: u64,
    /// The largest.
    pub max_us: u64,
    /// The percentile curve, from 0 to 100, for drawing.
    pub curve: Vec<Quantile>,
}

/// One point of a percentile curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantile {
    /// From 0 to 100.
    pub percentile: f64,
    /// The value there, in microseconds.
    pub value_us: u64,
}
