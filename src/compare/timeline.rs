//! The samples of one row, second by second, as an interval log has them.

use std::collections::BTreeMap;

use hdrhistogram::Histogram;

/// Intervals beyond which neighbours are put together, so that a run of hours is compared as fast as one of minutes.
const MOST_INTERVALS: usize = 1200;

/// How many seconds of a run of so many are put together.
pub(super) fn together(seconds: usize) -> usize {
    seconds.div_ceil(MOST_INTERVALS).max(1)
}

/// Values that a histogram does not tell apart: from `low` up to, but without, `above`, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bucket {
    pub(super) low: f64,
    pub(super) above: f64,
}

/// The samples of one row: how many of each second lie in which bucket.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// Every bucket with a sample, the lowest first.
    pub(super) buckets: Vec<Bucket>,
    /// For each second the buckets with samples (as indices, ascending) and their counts.
    pub(super) seconds: Vec<Vec<(u32, u32)>>,
    /// Samples in all.
    pub(super) count: u64,
}

impl Timeline {
    /// Of histograms in microseconds, each with its second, counted from 0, in any order. A second without one is empty;
    /// several of one second are added.
    pub fn of(histograms: impl IntoIterator<Item = (usize, Histogram<u64>)>) -> Self {
        let mut collected = Collected::default();
        for (second, histogram) in histograms {
            collected.add(second, &histogram);
        }
        collected.timeline()
    }

    /// Seconds, the empty ones too.
    pub fn len(&self) -> usize {
        self.seconds.len()
    }

    /// Whether there is no second.
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// Samples in all.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The first second with a sample; the number of seconds where there is none.
    pub(super) fn first(&self) -> usize {
        let first = self.seconds.iter().position(|second| !second.is_empty());
        first.unwrap_or(self.seconds.len())
    }

    /// The same from second `from` up to, but without, second `to`, with empty ones at its end where it was shorter; and
    /// with as many seconds put together as a long run needs.
    pub(super) fn stretched(&self, from: usize, to: usize) -> Self {
        let together = together(to.saturating_sub(from));
        let mut seconds = Vec::new();
        for start in (from..to).step_by(together) {
            let mut counts = BTreeMap::new();
            for second in self.seconds.iter().take(to).skip(start).take(together) {
                for &(bucket, count) in second {
                    *counts.entry(bucket).or_insert(0_u32) += count;
                }
            }
            seconds.push(counts.into_iter().collect());
        }
        Self {
            buckets: self.buckets.clone(),
            seconds,
            count: self.count,
        }
    }

    /// How many samples of each second lie above `value`, and how many there are.
    pub(super) fn above(&self, value: f64) -> Vec<(f64, f64)> {
        let first = self.buckets.partition_point(|bucket| bucket.low < value);
        let counts = |second: &Vec<(u32, u32)>| {
            let mut above = 0.0;
            let mut all = 0.0;
            for &(bucket, count) in second {
                all += f64::from(count);
                if bucket as usize >= first {
                    above += f64::from(count);
                }
            }
            (above, all)
        };
        self.seconds.iter().map(counts).collect()
    }
}

/// What has been read so far; buckets by their lower end, whatever the layout of the histogram they come from.
#[derive(Debug, Default)]
struct Collected {
    above: BTreeMap<u64, u64>,
    seconds: Vec<Vec<(u64, u32)>>,
    count: u64,
}

impl Collected {
    fn add(&mut self, second: usize, histogram: &Histogram<u64>) {
        if self.seconds.len() <= second {
            self.seconds.resize(second + 1, Vec::new());
        }
        for value in histogram.iter_recorded() {
            let low = histogram.lowest_equivalent(value.value_iterated_to());
            let above = histogram.next_non_equivalent(low);
            let widest = self.above.entry(low).or_insert(above);
            *widest = above.max(*widest);
            let count = u32::try_from(value.count_at_value()).unwrap_or(u32::MAX);
            self.seconds[second].push((low, count));
            self.count += u64::from(count);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "times below 285 years")]
    fn timeline(self) -> Timeline {
        let index: BTreeMap<u64, u32> = self.above.keys().copied().zip(0..).collect();
        let placed = |second: Vec<(u64, u32)>| {
            let mut counts = BTreeMap::new();
            for (low, count) in second {
                let place = index.get(&low).copied().unwrap_or_default();
                *counts.entry(place).or_insert(0_u32) += count;
            }
            counts.into_iter().collect()
        };
        let bucket = |(&low, &above): (&u64, &u64)| Bucket {
            low: low as f64,
            above: above as f64,
        };
        Timeline {
            buckets: self.above.iter().map(bucket).collect(),
            seconds: self.seconds.into_iter().map(placed).collect(),
            count: self.count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(values: &[u64]) -> Histogram<u64> {
        let mut histogram = Histogram::new(3).unwrap();
        for &value in values {
            histogram.record(value).unwrap();
        }
        histogram
    }

    #[test]
    fn seconds_without_samples_are_kept_and_those_of_one_second_added() {
        let timeline = Timeline::of([
            (2, histogram(&[10, 10])),
            (0, histogram(&[4_000])),
            (2, histogram(&[10])),
        ]);
        assert_eq!((timeline.len(), timeline.count()), (3, 4));
        assert_eq!(timeline.seconds, [vec![(1, 1)], vec![], vec![(0, 3)]]);
        assert_eq!(
            timeline.buckets[1],
            Bucket {
                low: 4_000.0,
                above: 4_002.0
            }
        );
        assert_eq!(timeline.above(11.0), [(1.0, 1.0), (0.0, 0.0), (0.0, 3.0)]);
    }

    #[test]
    fn a_long_run_has_its_neighbours_put_together() {
        let timeline = Timeline::of((0..2_400).map(|second| (second, histogram(&[7]))));
        let stretched = timeline.stretched(0, 2_402);
        assert_eq!((stretched.len(), stretched.count()), (801, 2_400));
        assert_eq!(stretched.seconds[799], [(0, 3)]);
        assert!(stretched.seconds[800].is_empty());
    }
}
