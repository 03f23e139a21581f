//! Users or arrivals per second over time: straight pieces, one after the other.

use std::time::Duration;

use crate::outcome::load::{Stage, StageKind};

/// A level over time. Before the start and after the end it is 0; without an end it stays as it is.
#[derive(Debug, Clone)]
pub struct Curve {
    pieces: Vec<Piece>,
    /// Seconds from the start; `None` for a curve that never ends.
    end: Option<f64>,
}

/// A straight piece.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Seconds from the start of the curve.
    starts: f64,
    /// Seconds; infinite for a curve that never ends.
    lasts: f64,
    from: f64,
    to: f64,
    /// The integral of the curve up to the piece.
    before: f64,
}

impl Piece {
    /// The integral over the first `seconds` of the piece.
    fn area(&self, seconds: f64) -> f64 {
        seconds * self.from + self.slope() * seconds * seconds / 2.0
    }

    /// How many seconds of the piece make up this area.
    fn seconds(&self, area: f64) -> f64 {
        if area <= 0.0 {
            return 0.0;
        }
        // The root of a quadratic in the form that loses no digits for a slope near 0.
        let root = (self.from * self.from + 2.0 * self.slope() * area)
            .max(0.0)
            .sqrt();
        2.0 * area / (self.from + root)
    }

    fn slope(&self) -> f64 {
        if self.lasts.is_finite() && self.lasts > 0.0 {
            (self.to - self.from) / self.lasts
        } else {
            0.0
        }
    }

    fn level(&self, seconds: f64) -> f64 {
        self.from + self.slope() * seconds
    }
}

impl Curve {
    /// The curve of these stages.
    pub fn of(stages: &[Stage]) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(stages.len());
        let (mut starts, mut before, mut level) = (0.0, 0.0, 0.0);
        for stage in stages {
            let to = stage.to.max(0.0);
            let piece = Piece {
                starts,
                lasts: Duration::from_micros(stage.over_us).as_secs_f64(),
                from: if stage.kind == StageKind::Ramp { level } else { to },
                to,
                before,
            };
            starts += piece.lasts;
            before += piece.area(piece.lasts);
            if stage.kind != StageKind::Spike {
                level = to;
            }
            if piece.lasts > 0.0 {
                pieces.push(piece);
            }
        }
        Self {
            pieces,
            end: Some(starts),
        }
    }

    /// The same level for ever.
    pub fn constant(level: f64) -> Self {
        let level = level.max(0.0);
        Self {
            pieces: vec![Piece {
                starts: 0.0,
                lasts: f64::INFINITY,
                from: level,
                to: level,
                before: 0.0,
            }],
            end: None,
        }
    }

    /// When it ends; `None` if never.
    pub fn end(&self) -> Option<Duration> {
        Duration::try_from_secs_f64(self.end?).ok()
    }

    /// The level at a time from the start.
    pub fn level(&self, at: Duration) -> f64 {
        let at = at.as_secs_f64();
        self.piece_at(at)
            .map_or(0.0, |piece| piece.level(at - piece.starts))
    }

    /// The integral from the start: how many arrivals there are to be by then.
    pub fn area(&self, at: Duration) -> f64 {
        let at = at.as_secs_f64();
        let piece = self.pieces.iter().rev().find(|piece| piece.starts <= at);
        piece.map_or(0.0, |piece| {
            piece.before + piece.area((at - piece.starts).min(piece.lasts))
        })
    }

    /// When the integral passes `area` on its way up; `None` if it never does.
    pub fn when(&self, area: f64) -> Option<Duration> {
        let holds =
            |piece: &&Piece| area < piece.before + piece.area(piece.lasts) || piece.lasts.is_infinite();
        let piece = self.pieces.iter().find(holds)?;
        let seconds = piece.starts + piece.seconds(area - piece.before);
        Duration::try_from_secs_f64(seconds).ok()
    }

    /// The first time from `after` on at which the level is above `level`; `None` if there is none.
    pub fn above(&self, level: f64, after: Duration) -> Option<Duration> {
        let after = after.as_secs_f64();
        let later = self
            .pieces
            .iter()
            .filter(|piece| piece.starts + piece.lasts > after);
        for piece in later {
            let from = (after - piece.starts).max(0.0);
            if piece.level(from) > level {
                return Duration::try_from_secs_f64(piece.starts + from).ok();
            }
            if piece.to > level {
                // It rises within the piece; a hair later it is above.
                let seconds = piece.starts + (level - piece.from) / piece.slope();
                return Duration::try_from_secs_f64(seconds + 1e-6).ok();
            }
        }
        None
    }

    fn piece_at(&self, at: f64) -> Option<&Piece> {
        self.pieces
            .iter()
            .find(|piece| piece.starts <= at && at < piece.starts + piece.lasts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(kind: StageKind, to: f64, over: u64) -> Stage {
        Stage {
            kind,
            to,
            over_us: over * 1_000_000,
        }
    }

    #[test]
    fn ramps_rise_holds_stay_and_spikes_come_back() {
        let curve = Curve::of(&[
            stage(StageKind::Ramp, 10.0, 10),
            stage(StageKind::Hold, 10.0, 10),
            stage(StageKind::Spike, 50.0, 2),
            stage(StageKind::Ramp, 0.0, 10),
        ]);
        #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
        let level = |at| curve.level(Duration::from_secs(at)).round() as i64;
        assert_eq!(
            [0, 5, 10, 19, 20, 21, 22, 27, 32, 99].map(level),
            [0, 5, 10, 10, 50, 50, 10, 5, 0, 0]
        );
        assert_eq!(curve.end(), Some(Duration::from_secs(32)));
        // 50 + 100 + 100 + 50.
        assert!((curve.area(Duration::from_secs(99)) - 300.0).abs() < 1e-9);
        assert_eq!(curve.when(300.0), None);
        assert_eq!(curve.when(150.0), Some(Duration::from_secs(20)));
    }

    #[test]
    fn a_user_knows_when_its_turn_is() {
        let curve = Curve::of(&[
            stage(StageKind::Ramp, 10.0, 10),
            stage(StageKind::Ramp, 0.0, 10),
            stage(StageKind::Spike, 8.0, 5),
        ]);
        let above = |level, after| {
            let found = curve.above(level, Duration::from_secs(after))?;
            Some(found.as_secs_f64().round())
        };
        assert_eq!(above(5.0, 0), Some(5.0));
        assert_eq!(above(5.0, 12), Some(12.0));
        assert_eq!(above(5.0, 16), Some(20.0));
        assert_eq!(above(9.0, 12), None);
        assert_eq!(
            Curve::constant(3.0).above(2.0, Duration::from_secs(7)),
            Some(Duration::from_secs(7))
        );
        assert_eq!(Curve::constant(3.0).above(3.0, Duration::ZERO), None);
    }
}
