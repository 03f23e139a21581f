//! How much wider an interval must be because what happens lasts longer than a block.
//!
//! A block bootstrap sees no further than its block: where slow seconds come in longer stretches, the blocks differ less
//! than they should and the interval is too narrow. How much shows in blocks of twice the length.

/// How many times wider an interval from blocks of `block` seconds must be, at least 1 and at most 3.
///
/// With V(b) the variance of block means times their length b, 2 V(2b) - V(b) is the variance without the error that
/// falls off as 1/b (Politis and Romano's flat-top kernel); the square root of its ratio to V(b) is the answer.
pub(super) fn widening(pulls: &[f64], block: usize) -> f64 {
    const MOST: f64 = 3.0;
    let (short, long) = (block_variance(pulls, block), block_variance(pulls, 2 * block));
    if short <= 0.0 {
        return 1.0;
    }
    ((2.0 * long - short) / short).max(1.0).sqrt().min(MOST)
}

/// The variance of the means of all blocks, times their length; blocks go on at the start after the last second.
#[expect(clippy::cast_precision_loss, reason = "seconds of a run")]
fn block_variance(pulls: &[f64], block: usize) -> f64 {
    let (seconds, length) = (pulls.len(), block as f64);
    if block == 0 || block > seconds {
        return 0.0;
    }
    let mean = pulls.iter().sum::<f64>() / seconds as f64;
    let mut sum: f64 = pulls[..block].iter().sum();
    let mut squares = 0.0;
    for start in 0..seconds {
        let off = sum / length - mean;
        squares += off * off;
        sum += pulls[(start + block) % seconds] - pulls[start];
    }
    // Of so few blocks the mean of the run is one itself.
    let left = (1.0 - length / seconds as f64).max(0.1);
    squares / seconds as f64 * length / left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_longer_than_a_block_widen_and_single_seconds_do_not() {
        let stretches: Vec<f64> = (0..240).map(|second| f64::from(second / 12 % 2)).collect();
        let singles: Vec<f64> = (0..240).map(|second| f64::from(second % 2)).collect();
        assert!(widening(&stretches, 4) > 1.3);
        assert!((widening(&singles, 4) - 1.0).abs() < 1e-9);
        assert!((widening(&[1.0; 60], 3) - 1.0).abs() < 1e-9);
    }
}
