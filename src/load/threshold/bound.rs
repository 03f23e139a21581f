//! What stands behind the operator: a value in a unit that the number has.

use super::model::{Metric, Operator, Unit};
use super::words::Line;
use crate::source::{Diagnostic, parse_duration, parse_rate};

/// The largest count, so that it stays exact as a float.
const LARGEST: u64 = 1_000_000_000_000;

/// Reads the bound.
///
/// # Errors
/// A value that the number cannot be compared with.
pub(super) fn read(line: &Line<'_>, metric: &Metric) -> Result<(f64, Unit), Diagnostic> {
    let text = line.bound.text;
    let read = match metric {
        Metric::Time(..) => parse_duration(text).map(|time| (time.as_secs_f64() * 1e6, Unit::Micros)),
        Metric::Rate => parse_rate(text).map(|rate| (rate, Unit::PerSecond)),
        Metric::Requests => count(text),
        Metric::Errors | Metric::Code(_) | Metric::Status(_) | Metric::Dropped => {
            match text.strip_suffix('%') {
                Some(percent) => share(percent),
                None => count(text),
            }
        }
    };
    let Some((bound, unit)) = read else {
        return Err(wrong(line, metric));
    };
    if line.operator == Operator::Equal && matches!(unit, Unit::Micros | Unit::PerSecond) {
        let what = if unit == Unit::Micros { "time" } else { "rate" };
        return Err(line
            .writing
            .wrong(
                line.operator_word,
                format!("a {what} is equal to its bound by chance only"),
            )
            .help("write `<=` or `>=`"));
    }
    Ok((bound, unit))
}

fn wrong(line: &Line<'_>, metric: &Metric) -> Diagnostic {
    let text = line.bound.text;
    let (what, help) = match metric {
        Metric::Time(..) => ("a time", "a number with ms, s, m or h, such as `300ms` or `1.5s`"),
        Metric::Rate => (
            "a rate",
            "a number per second or minute, such as `45/s` or `300/m`",
        ),
        Metric::Requests => ("a count", "a whole number, such as `1000`"),
        _ => (
            "a count or a share",
            "a whole number, such as `0`, or a share from 0% to 100%, such as `0.1%`",
        ),
    };
    let diagnostic = line
        .writing
        .wrong(line.bound, format!("`{text}` is not {what}"))
        .help(help);
    let fraction = text.contains('.') && text.parse::<f64>().is_ok();
    if fraction && what == "a count or a share" {
        return diagnostic.help(format!("for a share write `{text}%`; a count is a whole number"));
    }
    diagnostic
}

#[expect(clippy::cast_precision_loss, reason = "counts up to LARGEST are exact")]
fn count(text: &str) -> Option<(f64, Unit)> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let count: u64 = digits.then(|| text.parse().ok())??;
    (count <= LARGEST).then_some((count as f64, Unit::Count))
}

fn share(percent: &str) -> Option<(f64, Unit)> {
    let plain = percent.starts_with(|c: char| c.is_ascii_digit())
        && percent.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let percent: f64 = plain.then(|| percent.parse().ok())??;
    (percent <= 100.0).then_some((percent / 100.0, Unit::Share))
}
