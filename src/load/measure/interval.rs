//! The times of one row, and those of all rows within one second.

use hdrhistogram::Histogram;

/// Significant digits of every histogram.
const DIGITS: u8 = 3;

/// An empty histogram of microseconds, which grows with its largest value.
pub(in crate::load) fn histogram() -> Histogram<u64> {
    Histogram::new(DIGITS).unwrap_or_else(|_| unreachable!("a histogram may have one to five digits"))
}

/// Response and service times of one row. Most rows have but one kind: as long as no call waited, the second histogram
/// is not there, which halves memory, work and files.
#[derive(Debug, Clone)]
pub(super) struct Times {
    /// From the intended start.
    pub(super) response: Histogram<u64>,
    /// From the actual start; `None` while all are the same as in `response`.
    service: Option<Histogram<u64>>,
}

impl Times {
    /// No times yet.
    pub(super) fn new(histogram: Histogram<u64>) -> Self {
        Self {
            response: histogram,
            service: None,
        }
    }

    /// Adds one, in microseconds.
    pub(super) fn record(&mut self, response: u64, service: u64) {
        if response != service {
            self.apart();
        }
        record(&mut self.response, response);
        if let Some(histogram) = &mut self.service {
            record(histogram, service);
        }
    }

    /// Keeps service times apart from now on.
    pub(super) fn apart(&mut self) {
        if self.service.is_none() {
            self.service = Some(self.response.clone());
        }
    }

    /// Whether service times are kept apart.
    pub(super) fn is_apart(&self) -> bool {
        self.service.is_some()
    }

    /// From the actual start.
    pub(super) fn service(&self) -> &Histogram<u64> {
        self.service.as_ref().unwrap_or(&self.response)
    }

    /// Adds all of `other`.
    pub(super) fn add(&mut self, other: &Self) {
        if other.is_apart() {
            self.apart();
        }
        merge(&mut self.response, &other.response);
        if let Some(histogram) = &mut self.service {
            merge(histogram, other.service());
        }
    }

    /// Its histograms, emptied, to be used again.
    pub(super) fn recycled(self) -> impl Iterator<Item = Histogram<u64>> {
        std::iter::once(self.response)
            .chain(self.service)
            .map(|mut histogram| {
                histogram.reset();
                histogram
            })
    }
}

/// Adds one value.
pub(in crate::load) fn record(histogram: &mut Histogram<u64>, value: u64) {
    // A growing histogram refuses nothing below 2^63; what it did refuse would still have to count.
    if histogram.record(value).is_err() {
        histogram.saturating_record(value);
    }
}

/// Adds all values of `other`.
pub(super) fn merge(histogram: &mut Histogram<u64>, other: &Histogram<u64>) {
    // Both grow, so there is no value that does not fit.
    let _ = histogram.add(other);
}

/// The times of all rows within one second; a row without a sample in it has none.
#[derive(Debug, Default)]
pub(super) struct Interval {
    /// In the order of the rows.
    pub(super) rows: Vec<Option<Times>>,
}

impl Interval {
    /// Nothing yet, for so many rows.
    pub(super) fn of(rows: usize) -> Self {
        Self {
            rows: (0..rows).map(|_| None).collect(),
        }
    }
}
