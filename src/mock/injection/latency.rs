//! A distribution of latencies, and how it is written: `20ms`, `uniform(5ms,50ms)`, `lognormal(20ms,0.5)`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::specification::InjectionError;
use crate::source::parse_duration;

/// The longest latency that is ever drawn: below the mock's bound on a silent connection.
const LONGEST: Duration = Duration::from_mins(1);

/// How long answers take.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Latency {
    /// Always the same.
    Fixed(Duration),
    /// Evenly between two.
    Uniform(Duration, Duration),
    /// Log-normal: the median, and the standard deviation of the logarithm.
    LogNormal(Duration, f64),
}

impl Latency {
    /// One latency, at most a minute.
    pub fn draw(&self, rng: &mut impl Rng) -> Duration {
        let drawn = match *self {
            Self::Fixed(time) => time,
            Self::Uniform(shortest, longest) => {
                shortest + (longest.saturating_sub(shortest)).mul_f64(rng.random::<f64>())
            }
            Self::LogNormal(median, sigma) => {
                let factor = (sigma * standard_normal(rng)).exp();
                Duration::try_from_secs_f64(median.as_secs_f64() * factor).unwrap_or(LONGEST)
            }
        };
        drawn.min(LONGEST)
    }

    fn check(self) -> Result<Self, InjectionError> {
        let (largest, sigma) = match self {
            Self::Fixed(time) => (time, 0.0),
            Self::Uniform(shortest, longest) if shortest > longest => {
                return Err(InjectionError::new(
                    "uniform(…): the first time must not be longer than the second",
                ));
            }
            Self::Uniform(_, longest) => (longest, 0.0),
            Self::LogNormal(median, sigma) => (median, sigma),
        };
        if largest > LONGEST {
            return Err(InjectionError::new("a latency must not be longer than 60s"));
        }
        if !(0.0..=3.0).contains(&sigma) {
            return Err(InjectionError::new("lognormal(…): sigma must be between 0 and 3"));
        }
        Ok(self)
    }
}

/// By Box and Muller.
fn standard_normal(rng: &mut impl Rng) -> f64 {
    // From (0, 1], so that its logarithm is finite.
    let radius = (-2.0 * (1.0 - rng.random::<f64>()).ln()).sqrt();
    radius * (std::f64::consts::TAU * rng.random::<f64>()).cos()
}

/// A duration, down to microseconds.
pub(super) fn time(text: &str) -> Result<Duration, InjectionError> {
    let text = text.trim();
    let micros = text.strip_suffix("us").or_else(|| text.strip_suffix("µs"));
    let read = match micros {
        Some(number) => number
            .parse::<u32>()
            .ok()
            .map(|n| Duration::from_micros(n.into())),
        None => parse_duration(text),
    };
    read.ok_or_else(|| InjectionError::new(format!("`{text}` is no time; write 500us, 20ms or 2s")))
}

impl FromStr for Latency {
    type Err = InjectionError;

    fn from_str(text: &str) -> Result<Self, InjectionError> {
        let Some((name, rest)) = text.split_once('(') else {
            return Self::Fixed(time(text)?).check();
        };
        let arguments = rest.strip_suffix(')').and_then(|rest| rest.split_once(','));
        match (name.trim(), arguments) {
            ("uniform", Some((shortest, longest))) => Self::Uniform(time(shortest)?, time(longest)?),
            ("lognormal", Some((median, sigma))) => {
                let sigma = sigma
                    .trim()
                    .parse()
                    .map_err(|_| InjectionError::new(format!("`{}` is no number for sigma", sigma.trim())))?;
                Self::LogNormal(time(median)?, sigma)
            }
            _ => {
                return Err(InjectionError::new(format!(
                    "`{text}` is no latency; write 20ms, uniform(5ms,50ms) or lognormal(20ms,0.5)"
                )));
            }
        }
        .check()
    }
}

impl TryFrom<String> for Latency {
    type Error = InjectionError;

    fn try_from(text: String) -> Result<Self, InjectionError> {
        text.parse()
    }
}

impl From<Latency> for String {
    fn from(latency: Latency) -> Self {
        latency.to_string()
    }
}

impl fmt::Display for Latency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(time) => write!(f, "{}us", time.as_micros()),
            Self::Uniform(shortest, longest) => {
                write!(f, "uniform({}us,{}us)", shortest.as_micros(), longest.as_micros())
            }
            Self::LogNormal(median, sigma) => write!(f, "lognormal({}us,{sigma})", median.as_micros()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testdata::draw_for;

    fn drawn(text: &str) -> Vec<Duration> {
        let latency: Latency = text.parse().unwrap();
        let mut rng = draw_for(1, "latency");
        let mut drawn: Vec<_> = (0..20_000).map(|_| latency.draw(&mut rng)).collect();
        drawn.sort();
        drawn
    }

    fn near(found: Duration, expected_ms: f64) {
        let found = found.as_secs_f64() * 1000.0;
        assert!(
            (found / expected_ms - 1.0).abs() < 0.03,
            "{found} is not {expected_ms}"
        );
    }

    #[test]
    fn what_is_drawn_has_the_distribution_that_was_asked_for() {
        assert_eq!(drawn("20ms")[0], Duration::from_millis(20));
        let uniform = drawn("uniform(5ms,50ms)");
        assert!(uniform[0] >= Duration::from_millis(5) && uniform[19_999] <= Duration::from_millis(50));
        near(uniform[10_000], 27.5);
        let lognormal = drawn("lognormal(20ms, 0.5)");
        near(lognormal[10_000], 20.0);
        // exp(0.5 × 1.2816) = 1.898 at the 90th percentile.
        near(lognormal[18_000], 37.96);
    }

    #[test]
    fn it_is_written_as_it_is_read_and_mistakes_are_said_in_words() {
        for text in ["500us", "uniform(5000us,50000us)", "lognormal(20000us,0.5)"] {
            assert_eq!(text.parse::<Latency>().unwrap().to_string(), text);
        }
        for (text, expected) in [
            ("fast", "is no time"),
            ("uniform(5ms)", "is no latency"),
            ("normal(5ms,1)", "is no latency"),
            ("uniform(9ms,5ms)", "must not be longer"),
            ("lognormal(5ms,x)", "sigma"),
            ("lognormal(5ms,9)", "between 0 and 3"),
            ("lognormal(5ms,NaN)", "between 0 and 3"),
            ("2m", "60s"),
        ] {
            let error = text.parse::<Latency>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
