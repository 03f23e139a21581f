//! Percentiles of a row drawn again in blocks of seconds, without merging a histogram for each draw.
//!
//! For every bucket and every second a block can begin with, the table holds how many samples of the block lie in that
//! bucket or below. The percentile of a draw of ten blocks is then a binary search that adds ten numbers a step.

use super::timeline::{Bucket, Timeline};

/// The table of one row of one run.
#[derive(Debug)]
pub(super) struct BlockCounts {
    buckets: Vec<Bucket>,
    /// Seconds a block can begin with: all, since a block goes on at the start after the last second.
    starts: usize,
    /// `counts[bucket * starts + start]`
    counts: Vec<u32>,
    /// Samples up to each bucket in the run as it was.
    whole: Vec<u64>,
}

impl BlockCounts {
    /// Of blocks of `block` seconds (at least 1, at most all).
    pub(super) fn new(timeline: &Timeline, block: usize) -> Self {
        let (starts, buckets) = (timeline.seconds.len(), timeline.buckets.len());
        let mut by_bucket = vec![Vec::new(); buckets];
        for (second, counts) in timeline.seconds.iter().enumerate() {
            for &(bucket, count) in counts {
                by_bucket[bucket as usize].push((second, count));
            }
        }
        let mut counts = Vec::with_capacity(starts * buckets);
        let mut whole = Vec::with_capacity(buckets);
        let (mut up_to_here, mut total) = (vec![0_u32; starts], 0);
        for bucket in by_bucket {
            for (second, count) in bucket {
                up_to_here[second] += count;
                total += u64::from(count);
            }
            whole.push(total);
            let mut sum: u32 = up_to_here.iter().take(block).sum();
            for start in 0..starts {
                counts.push(sum);
                sum = sum - up_to_here[start] + up_to_here[(start + block) % starts];
            }
        }
        Self {
            buckets: timeline.buckets.clone(),
            starts,
            counts,
            whole,
        }
    }

    /// The value below which `share` of the samples lie, in microseconds, spread evenly within a bucket; `None` without
    /// samples.
    pub(super) fn quantile(&self, share: f64) -> Option<f64> {
        self.search(share, |bucket| self.whole[bucket])
    }

    /// The same of the draw that these blocks make up.
    pub(super) fn drawn_quantile(&self, blocks: &[usize], share: f64) -> Option<f64> {
        self.search(share, |bucket| {
            let row = &self.counts[bucket * self.starts..][..self.starts];
            blocks.iter().map(|&start| u64::from(row[start])).sum()
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    fn search(&self, share: f64, up_to: impl Fn(usize) -> u64) -> Option<f64> {
        let last = self.buckets.len().checked_sub(1)?;
        let all = up_to(last);
        if all == 0 {
            return None;
        }
        let rank = share * all as f64;
        let (mut low, mut high) = (0, last);
        while low < high {
            let middle = usize::midpoint(low, high);
            if (up_to(middle) as f64) < rank {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let before = if high == 0 { 0.0 } else { up_to(high - 1) as f64 };
        let within = up_to(high) as f64 - before;
        let Bucket { low, above } = self.buckets[high];
        Some(low + (above - low) * ((rank - before) / within).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use hdrhistogram::Histogram;

    use super::*;

    fn timeline() -> Timeline {
        let second = |second: u64| {
            let mut histogram = Histogram::new(3).unwrap();
            for value in 0..=second * 10 {
                histogram.record(1_000 + value * 37 % 500).unwrap();
            }
            (usize::try_from(second).unwrap(), histogram)
        };
        Timeline::of((0..12).map(second))
    }

    /// The samples of these seconds, each in the middle of nothing: values below 2,048 have buckets of their own.
    fn quantile_of(timeline: &Timeline, seconds: &[usize], share: f64) -> f64 {
        let mut samples = Vec::new();
        for &second in seconds {
            for &(bucket, count) in &timeline.seconds[second] {
                for _ in 0..count {
                    samples.push(timeline.buckets[bucket as usize].low);
                }
            }
        }
        samples.sort_by(f64::total_cmp);
        let rank = (share * f64::from(u32::try_from(samples.len()).unwrap())).ceil();
        samples[(0..samples.len())
            .find(|&i| f64::from(u32::try_from(i + 1).unwrap()) >= rank)
            .unwrap()]
    }

    #[test]
    fn a_draw_has_the_percentiles_of_its_seconds() {
        let timeline = timeline();
        let counts = BlockCounts::new(&timeline, 3);
        for share in [0.5, 0.95, 0.99] {
            let drawn = counts.drawn_quantile(&[4, 11, 4], share).unwrap();
            let direct = quantile_of(&timeline, &[4, 5, 6, 11, 0, 1, 4, 5, 6], share);
            assert!(
                (direct..=direct + 1.0).contains(&drawn),
                "{share}: {drawn} {direct}"
            );
            let all: Vec<usize> = (0..12).collect();
            let whole = counts.quantile(share).unwrap();
            let direct = quantile_of(&timeline, &all, share);
            assert!(
                (direct..=direct + 1.0).contains(&whole),
                "{share}: {whole} {direct}"
            );
        }
    }

    #[test]
    fn a_draw_of_nothing_has_no_percentile() {
        let timeline = Timeline::default().stretched(0, 4);
        let counts = BlockCounts::new(&timeline, 2);
        assert_eq!(counts.quantile(0.5), None);
        assert_eq!(counts.drawn_quantile(&[0, 2], 0.5), None);
    }
}
