//! A stall, during which nothing is answered: `2s@5s` (two seconds, five seconds from now), `2s@5s/10s` (and again
//! every ten seconds).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::latency::time;
use super::specification::InjectionError;

/// The longest stall.
const LONGEST: Duration = Duration::from_mins(1);

/// When nothing is answered, counted from when it was ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stall {
    /// When it begins.
    pub at: Duration,
    /// How long it lasts.
    pub lasts: Duration,
    /// From one beginning to the next; only once without it.
    pub every: Option<Duration>,
}

impl Stall {
    /// When an answer that is ready at `ready` may go: then, or at the end of the stall that it falls in.
    pub fn release(&self, ready: Duration) -> Duration {
        let Some(since) = ready.checked_sub(self.at) else {
            return ready;
        };
        let into = match self.every {
            Some(every) => remainder(since, every),
            None => since,
        };
        match self.lasts.checked_sub(into) {
            Some(left) => ready + left,
            None => ready,
        }
    }
}

/// What is left of `time` when `every` has gone into it as often as it can.
fn remainder(time: Duration, every: Duration) -> Duration {
    let nanos = time.as_nanos() % every.as_nanos().max(1);
    u64::try_from(nanos).map_or(Duration::MAX, Duration::from_nanos)
}

impl FromStr for Stall {
    type Err = InjectionError;

    fn from_str(text: &str) -> Result<Self, InjectionError> {
        let Some((lasts, at)) = text.split_once('@') else {
            let message =
                format!("`{text}` is no stall; write 2s@5s, or 2s@5s/10s for one every ten seconds");
            return Err(InjectionError::new(message));
        };
        let (at, every) = match at.split_once('/') {
            Some((at, every)) => (at, Some(time(every)?)),
            None => (at, None),
        };
        let stall = Self {
            at: time(at)?,
            lasts: time(lasts)?,
            every,
        };
        if stall.lasts > LONGEST {
            return Err(InjectionError::new("a stall must not be longer than 60s"));
        }
        if stall.every.is_some_and(|every| every <= stall.lasts) {
            return Err(InjectionError::new("a stall must end before the next begins"));
        }
        Ok(stall)
    }
}

impl TryFrom<String> for Stall {
    type Error = InjectionError;

    fn try_from(text: String) -> Result<Self, InjectionError> {
        text.parse()
    }
}

impl From<Stall> for String {
    fn from(stall: Stall) -> Self {
        stall.to_string()
    }
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}us@{}us", self.lasts.as_micros(), self.at.as_micros())?;
        match self.every {
            Some(every) => write!(f, "/{}us", every.as_micros()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn released(text: &str, ready_ms: u64) -> u128 {
        let stall: Stall = text.parse().unwrap();
        stall.release(Duration::from_millis(ready_ms)).as_millis()
    }

    #[test]
    fn what_is_ready_in_a_stall_waits_for_its_end() {
        let once = [
            (4999, 4999),
            (5000, 7000),
            (6500, 7000),
            (7000, 7000),
            (15_500, 15_500),
        ];
        for (ready, expected) in once {
            assert_eq!(released("2s@5s", ready), expected);
        }
        let again = [(4999, 4999), (6500, 7000), (14_999, 14_999), (15_500, 17_000)];
        for (ready, expected) in again {
            assert_eq!(released("2s@5s/10s", ready), expected);
        }
    }

    #[test]
    fn mistakes_are_said_in_words() {
        for (text, expected) in [
            ("2s", "is no stall"),
            ("2s@soon", "is no time"),
            ("2m@0s", "60s"),
            ("2s@0s/2s", "before the next"),
        ] {
            let error = text.parse::<Stall>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
        assert_eq!(
            "2s@5s/10s".parse::<Stall>().unwrap().to_string(),
            "2000000us@5000000us/10000000us"
        );
    }
}
