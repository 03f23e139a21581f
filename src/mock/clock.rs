//! A clock of one's own: real time and what an admin call added to it.
//!
//! Each case and each attachment has one. Moving it moves nothing else, so scenarios that run side by side do not
//! disturb each other.

use jiff::{SignedDuration, Timestamp};

/// The furthest a clock can be moved in one call: ten years.
pub const FURTHEST: SignedDuration = SignedDuration::from_hours(24 * 365 * 10);

/// Real time plus an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    offset: SignedDuration,
}

impl Clock {
    /// What it shows when real time is `real`.
    pub fn show(self, real: Timestamp) -> Timestamp {
        real.saturating_add(self.offset).unwrap_or(real)
    }

    /// Moves it forward, by at most [`FURTHEST`].
    pub fn advance(&mut self, by: SignedDuration) {
        self.offset = self
            .offset
            .saturating_add(by.clamp(SignedDuration::ZERO, FURTHEST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_only_goes_forward_and_never_out_of_range() {
        let real = Timestamp::UNIX_EPOCH;
        let mut clock = Clock::default();
        clock.advance(SignedDuration::from_secs(5));
        clock.advance(SignedDuration::from_secs(-100));
        assert_eq!(clock.show(real).as_second(), 5);
        for _ in 0..2000 {
            clock.advance(SignedDuration::MAX);
        }
        assert!(clock.show(real) > real);
    }
}
