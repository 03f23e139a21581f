//! The rounds of a row or of the throughput, ready to be drawn from.

use super::draws::{Drawing, Draws, draw};
use super::pair::Pair;
use super::run::Run;
use super::side::{Rate, SHARES, Side, Times};
use super::timeline::{Timeline, together};
use crate::outcome::load::Second;

/// Blocks that a run is cut into. More of them know their spread better, but are shorter than what slows the service:
/// with twenty, a minute on a machine that wanders gave three times the false alarms it may.
const BLOCKS: usize = 10;
/// Seconds by which runs of one planned duration may differ, besides a tenth: their last calls end at their own pace.
const LEEWAY: usize = 5;

/// What is known of the statistics of a row, or of the throughput.
#[derive(Debug)]
pub(super) struct Measured {
    /// Base and head of each statistic, the geometric means of the rounds; `None` where a side has no samples.
    pub(super) values: Option<Vec<(f64, f64)>>,
    /// The draws of each statistic; `None` where there is nothing to draw from.
    pub(super) draws: Option<Vec<Draws>>,
    /// Seconds of the shorter side of each round.
    pub(super) seconds: Vec<usize>,
}

/// From where to where the seconds of both sides are looked at, and whether the nth of both belong together.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: usize,
    base: usize,
    head: usize,
    together: bool,
}

impl Window {
    fn of(base: &Run, head: &Run, from: usize, lengths: (usize, usize)) -> Self {
        let planned = |run: &Run| run.result.run.plan.duration_us.is_some();
        let (short, long) = (lengths.0.min(lengths.1), lengths.0.max(lengths.1));
        let together = planned(base) && planned(head) && long - short <= LEEWAY.max(long / 10);
        Self {
            from,
            base: if together { long } else { lengths.0 },
            head: if together { long } else { lengths.1 },
            together,
        }
    }

    /// Seconds of the shorter side.
    fn seconds(&self) -> usize {
        self.base.min(self.head).saturating_sub(self.from)
    }

    /// Seconds of a block, after neighbours were put together.
    fn block(&self) -> usize {
        let intervals = self.seconds().div_ceil(together(self.seconds()));
        intervals.div_ceil(BLOCKS).max(1)
    }
}

/// The times of a row: of each round the runs and their samples.
pub(super) fn of_times(rounds: &[(&Run, &Timeline, &Run, &Timeline)], drawing: Drawing) -> Measured {
    let pairs = rounds.iter().map(|(base, of_base, head, of_head)| {
        let length = |run: &Run, timeline: &Timeline| run.result.series.len().max(timeline.len());
        let lengths = (length(base, of_base), length(head, of_head));
        let window = Window::of(base, head, of_base.first().min(of_head.first()), lengths);
        let block = window.block();
        let pair = (window.seconds() > 0).then(|| {
            Pair::new(
                Times::new(&of_base.stretched(window.from, window.base), block),
                Times::new(&of_head.stretched(window.from, window.head), block),
                block,
                window.together,
            )
        });
        (window.seconds(), pair.flatten())
    });
    measured(pairs, SHARES.len(), drawing)
}

/// The throughput: business calls that ended each second.
pub(super) fn of_rate(rounds: &[(&Run, &Run)], drawing: Drawing) -> Measured {
    let pairs = rounds.iter().map(|(base, head)| {
        let (of_base, of_head) = (&base.result.series, &head.result.series);
        let first = |series: &[Second]| {
            series
                .iter()
                .position(|second| second.requests > 0)
                .unwrap_or(series.len())
        };
        let from = first(of_base).min(first(of_head));
        let window = Window::of(base, head, from, (of_base.len(), of_head.len()));
        let block = window.block();
        let pair = (window.seconds() > 0).then(|| {
            Pair::new(
                Rate::new(calls(of_base, from, window.base), block),
                Rate::new(calls(of_head, from, window.head), block),
                block,
                window.together,
            )
        });
        (window.seconds(), pair.flatten())
    });
    measured(pairs, 1, drawing)
}

/// Calls per second, neighbours put together in a long run.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn calls(series: &[Second], from: usize, to: usize) -> Vec<f64> {
    let together = together(to - from);
    let mean = |start: usize| {
        let seconds = series.iter().take(to).skip(start).take(together);
        seconds.map(|second| second.requests as f64).sum::<f64>() / together as f64
    };
    (from..to).step_by(together).map(mean).collect()
}

fn measured<S: Side>(
    pairs: impl Iterator<Item = (usize, Option<Pair<S>>)>,
    statistics: usize,
    drawing: Drawing,
) -> Measured {
    let (seconds, pairs): (Vec<usize>, Vec<Option<Pair<S>>>) = pairs.unzip();
    let Some(pairs) = pairs.into_iter().collect::<Option<Vec<_>>>() else {
        return Measured {
            values: None,
            draws: None,
            seconds,
        };
    };
    let values = (0..statistics)
        .map(|statistic| values(&pairs, statistic))
        .collect();
    Measured {
        values: Some(values),
        draws: draw(&pairs, statistics, drawing),
        seconds,
    }
}

/// The geometric means of base and head over the rounds.
#[expect(clippy::cast_precision_loss, reason = "a number of rounds")]
fn values<S: Side>(pairs: &[Pair<S>], statistic: usize) -> (f64, f64) {
    let rounds = pairs.len() as f64;
    let sums = pairs.iter().fold((0.0, 0.0), |(base, head), pair| {
        let value = pair.value(statistic);
        (base + value.0.ln(), head + value.1.ln())
    });
    ((sums.0 / rounds).exp(), (sums.1 / rounds).exp())
}
