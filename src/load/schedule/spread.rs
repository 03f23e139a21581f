//! What a seed decides for each iteration: its own seed, and which test of the mix it runs.

/// Spreads a number evenly over all 64 bits; no two numbers become the same (the finaliser of `SplitMix64`).
pub fn spread(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The seed of an iteration of a run: different for all iterations of one run, and by every likelihood for those of two.
pub fn iteration_seed(run: u64, iteration: u64) -> u64 {
    spread(spread(run).wrapping_add(iteration))
}

/// Which test is run how often.
#[derive(Debug, Clone)]
pub struct Mix {
    /// The sum of the weights up to each test.
    sums: Vec<u64>,
}

impl Mix {
    /// A mix by these weights.
    pub fn new(weights: impl IntoIterator<Item = u32>) -> Self {
        let mut sum = 0;
        let sums = weights.into_iter().map(|weight| {
            sum += u64::from(weight);
            sum
        });
        Self { sums: sums.collect() }
    }

    /// The position of the test that the iteration with this seed runs.
    pub fn draw(&self, seed: u64) -> usize {
        let all = self.sums.last().copied().unwrap_or(0).max(1);
        // Not the bits that the iteration's parties and values come from.
        let drawn = spread(seed ^ 0x6d69_7861_6e64_7765) % all;
        self.sums.partition_point(|sum| *sum <= drawn)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tests_are_drawn_by_their_weights() {
        let mix = Mix::new([1, 0, 3]);
        let mut found = [0_i32; 3];
        for iteration in 0..8000 {
            found[mix.draw(iteration_seed(5, iteration))] += 1;
        }
        assert_eq!(found[1], 0);
        // 2,000 expected, with a standard deviation of 39.
        assert!((found[0] - 2000).abs() < 200, "{found:?}");
    }

    #[test]
    fn no_two_iterations_share_a_seed() {
        let seeds: HashSet<u64> = (0..3)
            .flat_map(|run| (0..10_000).map(move |iteration| iteration_seed(run, iteration)))
            .collect();
        assert_eq!(seeds.len(), 30_000);
        assert_ne!(iteration_seed(0, 1), iteration_seed(1, 0));
    }
}
