//! What is drawn again of one side of one round: the times of a row, or how many calls ended each second.

use super::block_counts::BlockCounts;
use super::timeline::Timeline;

/// The percentiles that are compared, as shares.
pub(super) const SHARES: [f64; 3] = [0.5, 0.95, 0.99];

/// One side of one round, with one or more statistics in a fixed order.
pub(super) trait Side {
    /// How many statistics there are.
    fn statistics(&self) -> usize;
    /// How many seconds.
    fn seconds(&self) -> usize;
    /// A statistic of the run as it was; `None` without samples.
    fn value(&self, statistic: usize) -> Option<f64>;
    /// The same of the draw that the blocks beginning with these seconds make up.
    fn drawn(&self, blocks: &[usize], statistic: usize) -> Option<f64>;
    /// How much each second pulls the statistic up or down: what shows whether neighbouring seconds are alike.
    fn pull(&self, statistic: usize) -> Vec<f64>;
}

/// The times of a row.
#[derive(Debug)]
pub(super) struct Times {
    counts: BlockCounts,
    pulls: Vec<Vec<f64>>,
    seconds: usize,
}

impl Times {
    /// Of blocks of `block` seconds.
    pub(super) fn new(timeline: &Timeline, block: usize) -> Self {
        let counts = BlockCounts::new(timeline, block);
        let pulls = SHARES.map(|share| pull(timeline, &counts, share));
        Self {
            counts,
            pulls: pulls.into(),
            seconds: timeline.len(),
        }
    }
}

/// The share of the samples above the percentile that a second has too many, of all samples.
#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn pull(timeline: &Timeline, counts: &BlockCounts, share: f64) -> Vec<f64> {
    let Some(value) = counts.quantile(share) else {
        return vec![0.0; timeline.len()];
    };
    let all = timeline.count() as f64;
    let seconds = timeline.above(value).into_iter();
    seconds
        .map(|(above, count)| (above - (1.0 - share) * count) / all)
        .collect()
}

impl Side for Times {
    fn statistics(&self) -> usize {
        SHARES.len()
    }

    fn seconds(&self) -> usize {
        self.seconds
    }

    fn value(&self, statistic: usize) -> Option<f64> {
        self.counts.quantile(SHARES[statistic])
    }

    fn drawn(&self, blocks: &[usize], statistic: usize) -> Option<f64> {
        self.counts.drawn_quantile(blocks, SHARES[statistic])
    }

    fn pull(&self, statistic: usize) -> Vec<f64> {
        self.pulls[statistic].clone()
    }
}

/// How many calls ended each second; its only statistic is their mean.
#[derive(Debug)]
pub(super) struct Rate {
    calls: Vec<f64>,
    /// Calls in the block that begins with each second.
    blocks: Vec<f64>,
    block: usize,
}

impl Rate {
    /// Of blocks of `block` seconds.
    pub(super) fn new(calls: Vec<f64>, block: usize) -> Self {
        let of_block = |start: usize| calls.iter().cycle().skip(start).take(block).sum();
        let blocks = (0..calls.len()).map(of_block).collect();
        Self { calls, blocks, block }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
impl Side for Rate {
    fn statistics(&self) -> usize {
        1
    }

    fn seconds(&self) -> usize {
        self.calls.len()
    }

    fn value(&self, _: usize) -> Option<f64> {
        let mean = self.calls.iter().sum::<f64>() / self.calls.len() as f64;
        (mean > 0.0).then_some(mean)
    }

    fn drawn(&self, blocks: &[usize], _: usize) -> Option<f64> {
        let sum: f64 = blocks.iter().map(|&start| self.blocks[start]).sum();
        let mean = sum / (blocks.len() * self.block) as f64;
        (mean > 0.0).then_some(mean)
    }

    fn pull(&self, statistic: usize) -> Vec<f64> {
        let mean = self.value(statistic).unwrap_or(1.0);
        let share = |calls: &f64| (calls / mean - 1.0) / self.calls.len() as f64;
        self.calls.iter().map(share).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_mean_of_its_seconds_drawn_or_not() {
        let rate = Rate::new(vec![10.0, 20.0, 30.0, 40.0], 2);
        assert_eq!(rate.value(0), Some(25.0));
        assert_eq!(rate.drawn(&[1, 3], 0), Some((20.0 + 30.0 + 40.0 + 10.0) / 4.0));
        assert_eq!(Rate::new(vec![0.0; 3], 1).value(0), None);
    }
}
