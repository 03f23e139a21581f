//! The bootstrap: rounds are drawn again, and within each of them blocks of seconds.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::pair::{Blocks, Pair};
use super::side::Side;
use super::student::{normal_quantile, student_quantile};
use crate::outcome::comparison::Span;

/// A draw so far out in either tail that fewer than this lie beyond it says little; intervals that need one farther out
/// go on from here as a normal distribution would.
const BEYOND: f64 = 25.0;
/// Of the degrees of freedom that the blocks of a run would have as independent samples, how many count: the blocks
/// overlap, and how much they are widened is estimated from them as well.
const FREEDOM_OF_A_BLOCK: f64 = 0.5;

/// How the drawing is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing {
    /// How often.
    pub(super) resamples: u32,
    /// Standard deviation between runs that is taken for granted where there is one round.
    pub(super) drift: f64,
    /// The seed, another one for each row.
    pub(super) seed: u64,
}

/// The draws of one statistic, as logarithms of head divided by base.
#[derive(Debug)]
pub(super) struct Draws {
    /// The logarithm of the ratio itself, the mean of the rounds.
    pub(super) log_ratio: f64,
    sorted: Vec<f64>,
    freedom: f64,
}

impl Draws {
    /// The interval of the ratio that leaves the truth below it with probability `tail`, and above it as often.
    ///
    /// The percentiles of the draws, moved so that their middle is the estimate, and as much wider as Student's
    /// distribution is than the normal one: a percentile interval from few blocks or rounds is too narrow.
    pub(super) fn interval(&self, tail: f64) -> Span {
        #[expect(clippy::cast_precision_loss, reason = "a number of draws")]
        let reachable = BEYOND / self.sorted.len() as f64;
        let seen = tail.max(reachable).min(0.25);
        let stretch = student_quantile(1.0 - tail, self.freedom) / -normal_quantile(seen);
        let middle = self.percentile(0.5);
        let low = stretch * (middle - self.percentile(seen));
        let high = stretch * (self.percentile(1.0 - seen) - middle);
        Span {
            low: (self.log_ratio - low).exp(),
            high: (self.log_ratio + high).exp(),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place among the draws"
    )]
    fn percentile(&self, share: f64) -> f64 {
        let place = share * (self.sorted.len() - 1) as f64;
        self.sorted[place.round() as usize]
    }
}

/// Draws all statistics of a row at once; `None` where the samples are too few to be drawn from.
pub(super) fn draw<S: Side>(pairs: &[Pair<S>], statistics: usize, drawing: Drawing) -> Option<Vec<Draws>> {
    let mut random = ChaCha8Rng::seed_from_u64(drawing.seed);
    let means: Vec<f64> = (0..statistics)
        .map(|statistic| mean(pairs.iter().map(|pair| pair.log_ratio(statistic))))
        .collect();
    let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(drawing.resamples as usize); statistics];
    let mut blocks = Blocks::default();
    for _ in 0..drawing.resamples {
        if let Some(off) = once(pairs, &means, drawing.drift, &mut random, &mut blocks) {
            for (drawn, off) in drawn.iter_mut().zip(off) {
                drawn.push(off);
            }
        }
    }
    if drawn[0].len() * 2 < drawing.resamples as usize {
        return None;
    }
    let finished = drawn.into_iter().zip(means).enumerate();
    Some(
        finished
            .map(|(statistic, (mut sorted, log_ratio))| {
                let freedom = freedom(pairs, statistic, &sorted, drawing.drift);
                sorted.sort_unstable_by(f64::total_cmp);
                Draws {
                    log_ratio,
                    sorted,
                    freedom,
                }
            })
            .collect(),
    )
}

/// One draw: how far each statistic lies off its mean.
#[expect(clippy::cast_precision_loss, reason = "a number of rounds")]
fn once<S: Side>(
    pairs: &[Pair<S>],
    means: &[f64],
    drift: f64,
    random: &mut ChaCha8Rng,
    blocks: &mut Blocks,
) -> Option<Vec<f64>> {
    let rounds = pairs.len() as f64;
    let mut off = vec![0.0; means.len()];
    if let [pair] = pairs {
        if !pair.draw(random, blocks, &mut off) {
            return None;
        }
        let between = normal_quantile(random.random_range(1e-12..1.0)) * drift * 2.0_f64.sqrt();
        for off in &mut off {
            *off += between;
        }
        return Some(off);
    }
    // So few rounds know their own mean: they lie closer to it than to the truth.
    let apart = (rounds / (rounds - 1.0)).sqrt();
    for _ in pairs {
        let pair = &pairs[random.random_range(0..pairs.len())];
        if !pair.draw(random, blocks, &mut off) {
            return None;
        }
        for (statistic, (off, mean)) in off.iter_mut().zip(means).enumerate() {
            *off += apart * (pair.log_ratio(statistic) - mean);
        }
    }
    for off in &mut off {
        *off /= rounds;
    }
    Some(off)
}

/// The degrees of freedom of the spread, after Welch and Satterthwaite: from the rounds, and from the blocks in them.
#[expect(clippy::cast_precision_loss, reason = "a number of rounds or draws")]
fn freedom<S: Side>(pairs: &[Pair<S>], statistic: usize, draws: &[f64], drift: f64) -> f64 {
    let ratios = || pairs.iter().map(|pair| pair.log_ratio(statistic));
    let all = variance(draws.iter().copied());
    let rounds = pairs.len() as f64;
    let (between, of_between) = if pairs.len() == 1 {
        (2.0 * drift * drift, f64::INFINITY)
    } else {
        (variance(ratios()) / rounds, rounds - 1.0)
    };
    let within = (all - between).max(0.0);
    let of_within = FREEDOM_OF_A_BLOCK * pairs.iter().map(Pair::blocks).sum::<f64>();
    let uncertain = between * between / of_between + within * within / of_within.max(1.0);
    if uncertain > 0.0 {
        ((between + within).powi(2) / uncertain).max(1.0)
    } else {
        f64::INFINITY
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of rounds or draws")]
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1) as f64;
    values.sum::<f64>() / count
}

#[expect(clippy::cast_precision_loss, reason = "a number of rounds or draws")]
fn variance(values: impl ExactSizeIterator<Item = f64> + Clone) -> f64 {
    let count = values.len();
    if count < 2 {
        return 0.0;
    }
    let mean = mean(values.clone());
    values.map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1) as f64
}
