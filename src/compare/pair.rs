//! One round: a run of the base and one of the head, of which seconds are drawn again.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::memory::widening;
use super::side::Side;

/// One round of one row. Statistics are logarithms of head divided by base.
#[derive(Debug)]
pub(super) struct Pair<S> {
    base: S,
    head: S,
    block: usize,
    /// Whether the nth second of both is drawn together: the plan asks the same of both then, so a ramp cancels out.
    together: bool,
    log_ratios: Vec<f64>,
    widenings: Vec<f64>,
    values: Vec<(f64, f64)>,
}

impl<S: Side> Pair<S> {
    /// Of two sides with tables of blocks of `block` seconds; `None` where one of them has no samples.
    pub(super) fn new(base: S, head: S, block: usize, together: bool) -> Option<Self> {
        let statistics = 0..base.statistics();
        let values: Vec<(f64, f64)> = statistics
            .map(|statistic| base.value(statistic).zip(head.value(statistic)))
            .collect::<Option<_>>()?;
        let mut pair = Self {
            base,
            head,
            block,
            together,
            log_ratios: values.iter().map(|(base, head)| (head / base).ln()).collect(),
            widenings: Vec::new(),
            values,
        };
        pair.widenings = (0..pair.log_ratios.len()).map(|i| pair.widening(i)).collect();
        Some(pair)
    }

    /// The statistics of base and head.
    pub(super) fn value(&self, statistic: usize) -> (f64, f64) {
        self.values[statistic]
    }

    /// The logarithm of head divided by base.
    pub(super) fn log_ratio(&self, statistic: usize) -> f64 {
        self.log_ratios[statistic]
    }

    /// How many blocks make up a draw of the shorter side.
    #[expect(clippy::cast_precision_loss, reason = "blocks of a run")]
    pub(super) fn blocks(&self) -> f64 {
        self.base.seconds().min(self.head.seconds()) as f64 / self.block as f64
    }

    /// How far a new draw lies off for each statistic, added to `off`; false where a side drew no samples.
    pub(super) fn draw(&self, random: &mut ChaCha8Rng, blocks: &mut Blocks, off: &mut [f64]) -> bool {
        blocks.base.clear();
        blocks.head.clear();
        fill(&mut blocks.base, self.base.seconds(), self.block, random);
        if !self.together {
            fill(&mut blocks.head, self.head.seconds(), self.block, random);
        }
        let of_head = if self.together { &blocks.base } else { &blocks.head };
        for (statistic, off) in off.iter_mut().enumerate() {
            let drawn = self.base.drawn(&blocks.base, statistic);
            let Some((base, head)) = drawn.zip(self.head.drawn(of_head, statistic)) else {
                return false;
            };
            *off += self.widenings[statistic] * ((head / base).ln() - self.log_ratios[statistic]);
        }
        true
    }

    /// What a draw's distance is multiplied by: for memory longer than a block, and because so many blocks know their
    /// own mean.
    fn widening(&self, statistic: usize) -> f64 {
        let (base, head) = (self.base.pull(statistic), self.head.pull(statistic));
        let memory = if self.together {
            let difference: Vec<f64> = head.iter().zip(&base).map(|(head, base)| head - base).collect();
            widening(&difference, self.block)
        } else {
            widening(&base, self.block).max(widening(&head, self.block))
        };
        let blocks = self.blocks();
        memory * (blocks / (blocks - 1.0).max(1.0)).sqrt()
    }
}

/// The seconds that the blocks of a draw begin with; kept between draws.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    base: Vec<usize>,
    head: Vec<usize>,
}

fn fill(blocks: &mut Vec<usize>, seconds: usize, block: usize, random: &mut ChaCha8Rng) {
    for _ in 0..seconds.div_ceil(block) {
        blocks.push(random.random_range(0..seconds));
    }
}
