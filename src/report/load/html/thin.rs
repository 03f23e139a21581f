//! A long series with fewer points, none of its peaks lost.

use crate::outcome::load::Second;

/// How many points a chart has at most.
const POINTS: usize = 240;

/// Several seconds as one point.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// The first of them.
    pub(super) from: u64,
    /// How many it covers.
    pub(super) seconds: u64,
    /// The largest of each response time in microseconds; `None` without a business call.
    pub(super) response: Option<[u64; 4]>,
    /// Iterations due per second, on average.
    pub(super) offered: f64,
    /// Iterations begun per second, on average.
    pub(super) started: f64,
    /// Business calls that ended per second, on average.
    pub(super) requests: f64,
    /// Polling calls that ended per second, on average.
    pub(super) polls: f64,
    /// The most failed calls of a second.
    pub(super) errors: u64,
    /// The most dropped iterations of a second.
    pub(super) dropped: u64,
    /// The most users at work.
    pub(super) users: u64,
}

/// `series` as at most [`POINTS`] spans of equal length.
pub(super) fn thinned(series: &[Second]) -> Vec<Span> {
    let each = series.len().div_ceil(POINTS).max(1);
    series.chunks(each).filter_map(span).collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a few seconds are far below the limit"
)]
fn span(seconds: &[Second]) -> Option<Span> {
    let first = seconds.first()?;
    let most = |of: fn(&Second) -> u64| seconds.iter().map(of).max().unwrap_or_default();
    let mean = |of: fn(&Second) -> u64| seconds.iter().map(of).sum::<u64>() as f64 / seconds.len() as f64;
    let response = seconds.iter().any(|it| it.requests > 0).then(|| {
        [
            most(|it| it.p50_us),
            most(|it| it.p95_us),
            most(|it| it.p99_us),
            most(|it| it.max_us),
        ]
    });
    Some(Span {
        from: first.second,
        seconds: seconds.len() as u64,
        response,
        offered: mean(|it| it.offered),
        started: mean(|it| it.started),
        requests: mean(|it| it.requests),
        polls: mean(|it| it.polls),
        errors: most(|it| it.errors),
        dropped: most(|it| it.dropped),
        users: most(|it| it.users),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: u64) -> Second {
        Second {
            second,
            started: 10,
            requests: 20,
            max_us: 1_000,
            ..Second::default()
        }
    }

    #[test]
    fn hours_are_few_points_and_keep_every_peak() {
        let mut series: Vec<Second> = (0..36_000).map(second).collect();
        series[17_777].max_us = 9_000_000;
        series[17_778].errors = 7;
        let spans = thinned(&series);
        assert_eq!(spans.len(), 240);
        assert_eq!(spans.iter().map(|it| it.seconds).sum::<u64>(), 36_000);
        assert_eq!(
            spans.iter().filter_map(|it| it.response).map(|it| it[3]).max(),
            Some(9_000_000)
        );
        assert_eq!(spans.iter().map(|it| it.errors).max(), Some(7));
        assert!(spans.iter().all(|it| (it.started - 10.0).abs() < 1e-9));
    }

    #[test]
    fn a_short_series_stays_as_it_is_and_a_second_without_calls_has_no_time() {
        let idle = Second {
            second: 1,
            ..Second::default()
        };
        let spans = thinned(&[second(0), idle]);
        assert_eq!(spans.len(), 2);
        assert_eq!(
            (spans[0].response, spans[1].response),
            (Some([0, 0, 0, 1_000]), None)
        );
        assert_eq!(thinned(&[]), []);
    }
}
