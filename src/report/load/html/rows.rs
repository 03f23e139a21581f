//! The table of the steps.

use serde::Serialize;

use crate::outcome::load::{Latency, LoadResult, Row};
use crate::report::load::figures::{grouped, milliseconds};
use crate::report::load::words;

/// The columns of times.
const TIMES: usize = 8;
/// As wide as a digit.
const FIGURE_SPACE: char = '\u{2007}';
/// As wide as a full stop.
const POINT_SPACE: char = '\u{2008}';

/// The rows of one kind.
#[derive(Serialize)]
pub(super) struct Group {
    heading: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    /// What came, where it was not one status alone.
    answers: String,
    count: String,
    errors: String,
    times: Vec<String>,
}

/// The rows of each kind that there are.
pub(super) fn groups(result: &LoadResult) -> Vec<Group> {
    let all = result.merged.iter().chain(&result.rows).flat_map(times);
    let places = all.map(|text| decimals(&text)).max().unwrap_or_default();
    let groups = words::GROUPS.into_iter().map(|(kind, heading)| Group {
        heading,
        rows: words::rows_of(result, kind)
            .into_iter()
            .map(|row| view(row, places))
            .collect(),
    });
    groups.filter(|group| !group.rows.is_empty()).collect()
}

fn view(row: &Row, places: usize) -> RowView {
    RowView {
        name: row.name.clone(),
        answers: answers(row),
        count: grouped(row.count),
        errors: grouped(row.errors),
        times: times(row).iter().map(|text| aligned(text, places)).collect(),
    }
}

/// Response p50, p90, p95, p99, p99.9 and maximum, service p50 and p99, in milliseconds; a dash without samples.
fn times(row: &Row) -> [String; TIMES] {
    let of = |latency: Option<&Latency>, us: fn(&Latency) -> u64| {
        latency.map_or_else(|| "–".to_owned(), |it| cell(us(it)))
    };
    let (response, service) = (row.response.as_ref(), row.service.as_ref());
    [
        of(response, |it| it.p50_us),
        of(response, |it| it.p90_us),
        of(response, |it| it.p95_us),
        of(response, |it| it.p99_us),
        of(response, |it| it.p999_us),
        of(response, |it| it.max_us),
        of(service, |it| it.p50_us),
        of(service, |it| it.p99_us),
    ]
}

/// Milliseconds, of which the smallest shown is a hundredth: more would make the columns too wide for a page.
fn cell(us: u64) -> String {
    match us {
        1..1_000 => format!("0.{:02}", us.div_ceil(10).min(99)),
        _ => milliseconds(us),
    }
}

/// The statuses and codes that came, where there is more to say than one status: `200: 4396, 500: 14; KB-001: 14`.
fn answers(row: &Row) -> String {
    if row.statuses.len() < 2 && row.codes.is_empty() {
        return String::new();
    }
    let statuses: Vec<String> = row
        .statuses
        .iter()
        .map(|(status, n)| format!("{status}: {}", grouped(*n)))
        .collect();
    let codes: Vec<String> = row
        .codes
        .iter()
        .map(|(code, n)| format!("{code}: {}", grouped(*n)))
        .collect();
    let parts = [statuses.join(", "), codes.join(", ")];
    let said: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    said.join("; ")
}

/// How many digits stand after the point.
fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// `text` with spaces after it, so that the points of a column stand below each other.
fn aligned(text: &str, places: usize) -> String {
    let own = decimals(text);
    let mut aligned = text.to_owned();
    if own == 0 && places > 0 {
        aligned.push(POINT_SPACE);
    }
    aligned.extend(std::iter::repeat_n(FIGURE_SPACE, places - own.min(places)));
    aligned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_below_each_other() {
        let column = ["412", "23.9", "2.04"].map(|text| aligned(text, 2));
        assert_eq!(column, ["412\u{2008}\u{2007}\u{2007}", "23.9\u{2007}", "2.04"]);
        assert_eq!(aligned("412", 0), "412");
    }
}
