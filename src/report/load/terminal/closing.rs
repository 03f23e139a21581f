//! What is printed at the end of a load run.

use super::reporter::LoadTerminalOptions;
use super::table::table;
use crate::outcome::load::{FailureGroup, LoadResult, ThresholdOutcome, ThresholdResult};
use crate::outcome::{CheckResult, StepRecord};
use crate::report::load::figures::{bytes, grouped, rate, time};
use crate::report::load::overview::{Standing, overview};
use crate::report::load::{LoadFormat, words};
use crate::report::terminal::{Palette, Tone, Verbosity};
use crate::report::units::{cut, printable};

/// How many groups of failures are shown.
const FAILURES: usize = 5;
/// How wide the labels are.
const LABEL: usize = 10;
/// How many bytes of a failed check are shown.
const VALUE: usize = 300;

/// The result in words, the table, thresholds, failures, the injector, the exit code.
pub(super) fn closing(result: &LoadResult, options: &LoadTerminalOptions, palette: Palette) -> String {
    let overview = overview(result);
    let tone = match overview.standing {
        Standing::Good => Tone::Good,
        Standing::Bad => Tone::Bad,
        Standing::Open => Tone::Unjudged,
    };
    let quiet = options.verbosity == Verbosity::Quiet;
    let mut text = String::new();
    if !quiet {
        let said = words::sentences(result).join(" ");
        text.push_str(&format!("{}\n\n", wrapped(&printable(&said), options.width)));
        text.push_str(&table(result, options.width, palette));
    }
    text.push_str(&thresholds(&result.thresholds, quiet, palette));
    if !quiet {
        text.push_str(&failures(result, palette));
        text.push_str(&injector(result, palette));
    }
    if let Some(reports) = &options.reports {
        let files = LoadFormat::ALL.map(LoadFormat::file_name).join(", ");
        text.push_str(&field(
            "reports",
            &format!("{} ({files})", printable(reports)),
            palette,
        ));
    }
    let verdict = palette.paint(tone, overview.word);
    let exit = format!("{}: {verdict}: {}", result.exit_code, printable(&overview.reason));
    text.push_str(&field("exit", &exit, palette));
    text
}

/// `text` broken between words, at most `width` columns in each line.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().filter(|line| {
            line.is_empty() || line.chars().count() + 1 + word.chars().count() <= width.max(40)
        });
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.push_str(&format!(" {word}")),
            None => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn thresholds(all: &[ThresholdResult], quiet: bool, palette: Palette) -> String {
    let shown: Vec<&ThresholdResult> = all
        .iter()
        .filter(|it| !quiet || it.outcome != ThresholdOutcome::Met)
        .collect();
    let width = shown
        .iter()
        .map(|it| it.text.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for it in shown {
        let (mark, tone) = match it.outcome {
            ThresholdOutcome::Met => ("✓", Tone::Good),
            ThresholdOutcome::Missed | ThresholdOutcome::NoSample => ("✗", Tone::Bad),
        };
        let actual = match it.outcome {
            ThresholdOutcome::NoSample => "no sample to judge it by".to_owned(),
            _ => printable(&it.actual),
        };
        let aborted = if it.aborted { ", ended the run" } else { "" };
        text.push_str(&format!(
            "{} {:width$}  {}{aborted}  {}\n",
            palette.paint(tone, mark),
            printable(&it.text),
            palette.paint(tone, &actual),
            palette.paint(Tone::Dim, &printable(&it.place)),
        ));
    }
    if text.is_empty() { text } else { text + "\n" }
}

fn failures(result: &LoadResult, palette: Palette) -> String {
    let mut text = String::new();
    for group in result.failures.iter().take(FAILURES) {
        text.push_str(&failure(group, palette));
    }
    let rest = &result.failures[result.failures.len().min(FAILURES)..];
    let more = rest.iter().map(|it| it.count).sum::<u64>() + result.failures_omitted;
    if more > 0 {
        text.push_str(&format!(
            "{} failures of other kinds; see load.json\n",
            grouped(more)
        ));
    }
    if text.is_empty() { text } else { text + "\n" }
}

/// A group: how many, where, what; and of its example what was expected and what came.
fn failure(group: &FailureGroup, palette: Palette) -> String {
    let mut text = format!(
        "{} {}: {}  {}\n",
        palette.paint(Tone::Bad, &format!("{}×", grouped(group.count))),
        printable(&group.row),
        printable(&group.shape),
        palette.paint(
            Tone::Dim,
            &format!("from {} to {}", time(group.first_us), time(group.last_us))
        ),
    );
    if let Some(example) = group.example.as_deref().and_then(example) {
        text.push_str(&format!(
            "    {} {}\n",
            palette.paint(Tone::Dim, "for example"),
            printable(&example)
        ));
    }
    text
}

/// What was wrong with one step, in one line.
fn example(step: &StepRecord) -> Option<String> {
    if let Some(error) = &step.error {
        return Some(cut(error, VALUE));
    }
    let check = step
        .checks
        .iter()
        .find(|check| check.result == CheckResult::Failed)?;
    let path = check.path.as_deref().unwrap_or_default();
    let text = format!("{path} expected {}, got {}", check.expected, check.actual);
    Some(cut(text.trim_start(), VALUE).replace('\n', " "))
}

fn injector(result: &LoadResult, palette: Palette) -> String {
    let health = &result.health;
    let memory = health
        .peak_memory
        .map(|peak| format!(", {} of memory at most", bytes(peak)))
        .unwrap_or_default();
    let line = format!(
        "{} of {} cores, {} µs for each request, heartbeat late by {} (p99){memory}",
        rate(health.cpu_cores),
        health.cores,
        rate(health.cpu_us_per_request),
        time(health.lag_p99_us),
    );
    let mut text = field("injector", &line, palette);
    for limit in health.limits.iter().filter(|limit| !limit.kept) {
        let line = format!("✗ {}: {} (limit: {})", limit.name, limit.found, limit.limit);
        text.push_str(&field(
            "",
            &palette.paint(Tone::Unjudged, &printable(&line)),
            palette,
        ));
    }
    text
}

fn field(label: &str, value: &str, palette: Palette) -> String {
    let label = palette.paint(Tone::Dim, &format!("{label:<LABEL$}"));
    format!("{label}{value}\n")
}
