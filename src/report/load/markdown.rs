//! Markdown of a load run, for a pull request.

use std::io::{self, Write};

use super::figures::{grouped, milliseconds, rate, share};
use super::overview::{Standing, overview};
use super::words;
use crate::outcome::load::{LoadResult, Row, RowKind, ThresholdOutcome};
use crate::report::markdown::escaped;

/// How many groups of failures are shown.
const FAILURES: usize = 10;

/// Writes `result` as Markdown.
pub(super) fn write(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    let overview = overview(result);
    let mark = match overview.standing {
        Standing::Good => "✓",
        Standing::Bad => "✗",
        Standing::Open => "?",
    };
    let name = result.run.plan.title.as_deref().unwrap_or(&result.run.plan.name);
    writeln!(
        out,
        "# {mark} utlegg load: {} – {}\n",
        overview.word,
        escaped(name)
    )?;
    for sentence in words::sentences(result) {
        writeln!(out, "{}", escaped(&sentence))?;
    }
    writeln!(
        out,
        "\nExit code {}: {}.\n",
        result.exit_code,
        escaped(&overview.reason)
    )?;
    thresholds(result, out)?;
    for (kind, heading) in words::GROUPS {
        rows(result, kind, heading, out)?;
    }
    failures(result, out)?;
    health(result, out)?;
    circumstances(result, out)
}

fn thresholds(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    if result.thresholds.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Thresholds\n\n| | threshold | it was | where |\n|---|---|--:|---|"
    )?;
    for it in &result.thresholds {
        let (mark, actual) = match it.outcome {
            ThresholdOutcome::Met => ("✓ met", escaped(&it.actual)),
            ThresholdOutcome::Missed => ("**✗ missed**", escaped(&it.actual)),
            ThresholdOutcome::NoSample => ("**✗ missed**", "no sample".to_owned()),
        };
        let aborted = if it.aborted { ", ended the run" } else { "" };
        writeln!(
            out,
            "| {mark}{aborted} | {} | {actual} | {} |",
            escaped(&it.text),
            escaped(&it.place)
        )?;
    }
    writeln!(out)
}

fn rows(result: &LoadResult, kind: RowKind, heading: &str, out: &mut dyn Write) -> io::Result<()> {
    let rows = words::rows_of(result, kind);
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## {heading}\n\n| response time in ms | count | errors | p50 | p95 | p99 | max | service p99 |\n|---|--:|--:|--:|--:|--:|--:|--:|"
    )?;
    for row in rows {
        let [p50, p95, p99, max, service] = times(row);
        let (name, count, errors) = (escaped(&row.name), grouped(row.count), grouped(row.errors));
        writeln!(
            out,
            "| {name} | {count} | {errors} | {p50} | {p95} | {p99} | {max} | {service} |"
        )?;
    }
    writeln!(out)
}

/// Response p50, p95, p99 and maximum, and service p99, in milliseconds; a dash without samples.
fn times(row: &Row) -> [String; 5] {
    let dash = || "–".to_owned();
    let response = |us: fn(&crate::outcome::load::Latency) -> u64| {
        row.response.as_ref().map_or_else(dash, |it| milliseconds(us(it)))
    };
    [
        response(|it| it.p50_us),
        response(|it| it.p95_us),
        response(|it| it.p99_us),
        response(|it| it.max_us),
        row.service
            .as_ref()
            .map_or_else(dash, |it| milliseconds(it.p99_us)),
    ]
}

fn failures(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    if result.failures.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Failures\n\n| count | in | what |\n|--:|---|---|")?;
    for it in result.failures.iter().take(FAILURES) {
        writeln!(
            out,
            "| {} | {} | {} |",
            grouped(it.count),
            escaped(&it.row),
            escaped(&it.shape)
        )?;
    }
    let rest = &result.failures[result.failures.len().min(FAILURES)..];
    let more = rest.iter().map(|it| it.count).sum::<u64>() + result.failures_omitted;
    if more > 0 {
        writeln!(out, "| {} | | of other kinds; see load.json |", grouped(more))?;
    }
    writeln!(out)
}

fn health(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Injector\n\n| | limit | found |\n|---|---|---|")?;
    for it in &result.health.limits {
        let mark = if it.kept { "✓" } else { "**✗**" };
        writeln!(
            out,
            "| {mark} {} | {} | {} |",
            escaped(&it.name),
            escaped(&it.limit),
            escaped(&it.found)
        )?;
    }
    writeln!(
        out,
        "\n{} of {} cores, {} µs for each request.\n",
        rate(result.health.cpu_cores),
        result.health.cores,
        rate(result.health.cpu_us_per_request),
    )
}

/// What one needs to know to repeat the run.
fn circumstances(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    let run = &result.run;
    writeln!(out, "## Run\n")?;
    writeln!(
        out,
        "- run {}, begun {}, utlegg {}",
        escaped(&run.run_id),
        run.started_at,
        escaped(&run.tool_version)
    )?;
    let plan = &run.plan;
    writeln!(
        out,
        "- {}; checked: {}",
        words::model(plan),
        words::policy(plan.check)
    )?;
    let stages: Vec<String> = plan.stages.iter().map(words::stage).collect();
    if !stages.is_empty() {
        writeln!(out, "- stages: {}", stages.join(", "))?;
    }
    let total: u64 = plan.mix.iter().map(|it| u64::from(it.weight)).sum();
    for it in &plan.mix {
        let part = share(u64::from(it.weight), total);
        writeln!(out, "- {part} {}", escaped(&it.test))?;
    }
    let mock = if run.environment.mock {
        ", the embedded mock"
    } else {
        ""
    };
    writeln!(
        out,
        "- environment {}{mock}; models {}; from {} {}",
        escaped(&run.environment.name),
        escaped(&run.environment.models.join(", ")),
        escaped(&run.host.os),
        escaped(&run.host.architecture),
    )?;
    for exception in &run.guard_exceptions {
        writeln!(out, "- exception to the identity guard: {}", escaped(exception))?;
    }
    writeln!(out, "- seed {}; command {}", run.seed, escaped(&run.command))
}
