//! Reads the interval logs of a run's folder (`HdrHistogram` log V2).

use std::fs;
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::Deserializer;
use hdrhistogram::serialization::interval_log::{
    IntervalLogHistogram, IntervalLogIterator, LogEntry, LogIteratorError,
};

use super::RunError;
use super::timeline::Timeline;

/// Seconds beyond which a time stamp is one of the calendar, not one counted from the start.
const CALENDAR: u64 = 1_000_000_000;
/// The longest run that is read, in seconds: a damaged time stamp must not fill the memory.
const LONGEST: u64 = 31 * 24 * 3600;

/// The samples in `file`, by seconds from the start of the load.
///
/// # Errors
/// [`RunError::Unreadable`], [`RunError::Damaged`] with the line.
pub(super) fn read(file: &Path) -> Result<Timeline, RunError> {
    let bytes = fs::read(file).map_err(|source| RunError::Unreadable {
        file: file.display().to_string(),
        source,
    })?;
    let mut from = None;
    let mut histograms = Vec::new();
    for entry in IntervalLogIterator::new(&bytes) {
        let damaged = |why: String| RunError::Damaged {
            file: file.display().to_string(),
            why,
        };
        match entry.map_err(|LogIteratorError::ParseError { offset }| damaged(cut_at(&bytes, offset)))? {
            LogEntry::StartTime(start) => from = Some(start),
            LogEntry::BaseTime(_) => {}
            LogEntry::Interval(interval) => {
                let second = second(&interval, from).map_err(damaged)?;
                histograms.push((second, histogram(&interval).map_err(damaged)?));
            }
        }
    }
    Ok(Timeline::of(histograms))
}

fn cut_at(bytes: &[u8], offset: usize) -> String {
    let before = bytes.iter().take(offset);
    let line = before.filter(|&&byte| byte == b'\n').count() + 1;
    format!("line {line} is no line of an interval log, or has no end")
}

/// The second an interval is of. Stamps count from the base time, or are those of the calendar.
fn second(interval: &IntervalLogHistogram, from: Option<Duration>) -> Result<usize, String> {
    let stamp = interval.start_timestamp();
    let since = if stamp.as_secs() < CALENDAR {
        stamp
    } else {
        stamp.saturating_sub(from.unwrap_or_default())
    };
    // Stamps are written with three decimals: 1.9996 s may stand for the beginning of second 2.
    let second = (since + Duration::from_millis(1)).as_secs();
    if second > LONGEST {
        return Err(format!("an interval at second {second} of the run"));
    }
    usize::try_from(second).map_err(|error| error.to_string())
}

fn histogram(interval: &IntervalLogHistogram) -> Result<Histogram<u64>, String> {
    let at = interval.start_timestamp().as_secs_f64();
    let bytes = STANDARD
        .decode(interval.encoded_histogram())
        .map_err(|error| format!("the interval at {at} s is not base64: {error}"))?;
    Deserializer::new()
        .deserialize(&mut bytes.as_slice())
        .map_err(|error| format!("the histogram of the interval at {at} s cannot be read: {error}"))
}
