//! `report.html` of a load run.

mod curves;
mod failures;
mod rows;
mod surroundings;
mod thin;
mod time;

use std::io::{self, Write};

use serde::Serialize;

use super::figures::{counted, grouped, rate, share, time as figure};
use super::overview::{Standing, missed, overview};
use super::words;
use crate::outcome::load::{LoadResult, RowKind, ThresholdOutcome, UserModel};
use crate::report::html::{Fact, Page, Section, Table, Tile, Verdict, render};

/// The sections of the page, in their order.
const SECTIONS: [Section; 7] = [
    section("thresholds", "Thresholds"),
    section("time", "Over time"),
    section("steps", "Step by step"),
    section("curves", "Percentiles"),
    section("failures", "Failures"),
    section("injector", "Injector"),
    section("run", "Plan and surroundings"),
];

const fn section(id: &'static str, heading: &'static str) -> Section {
    Section { id, heading }
}

/// What the template is given.
#[derive(Serialize)]
struct LoadPage {
    #[serde(flatten)]
    page: Page,
    thresholds: Vec<ThresholdView>,
    series_note: String,
    charts: Vec<ChartView>,
    series: Table,
    groups: Vec<rows::Group>,
    curves: Vec<curves::CurveView>,
    curves_omitted: usize,
    failures: Vec<failures::FailureView>,
    failures_omitted: Option<String>,
    injector_sentence: String,
    limits: Vec<LimitView>,
    injector: Vec<Fact>,
    plan: Vec<Fact>,
    surroundings: Vec<Fact>,
    command: String,
}

#[derive(Serialize)]
struct ThresholdView {
    text: String,
    outcome: &'static str,
    class: &'static str,
    actual: String,
    place: String,
    aborted: bool,
}

#[derive(Serialize)]
struct LimitView {
    name: String,
    limit: String,
    found: String,
    outcome: &'static str,
    class: &'static str,
}

/// A chart, in the sizes it is shown in.
#[derive(Serialize)]
struct ChartView {
    title: String,
    legend: Vec<LegendItem>,
    svg: Vec<String>,
}

#[derive(Serialize)]
struct LegendItem {
    name: &'static str,
    class: &'static str,
}

/// Writes the page.
pub(super) fn write(result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
    let seconds = thin::thinned(&result.series);
    let (curves, curves_omitted) = curves::curves(result);
    let page = LoadPage {
        page: frame(result, !curves.is_empty()),
        thresholds: thresholds(result),
        series_note: time::note(&seconds),
        charts: time::charts(result, &seconds),
        series: time::table(&seconds),
        groups: rows::groups(result),
        curves,
        curves_omitted,
        failures: result.failures.iter().map(failures::view).collect(),
        failures_omitted: (result.failures_omitted > 0).then(|| grouped(result.failures_omitted)),
        injector_sentence: words::injector(result),
        limits: limits(result),
        injector: surroundings::injector(result),
        plan: surroundings::plan(result),
        surroundings: surroundings::surroundings(result),
        command: result.run.command.clone(),
    };
    out.write_all(render("load.html", &page)?.as_bytes())
}

fn frame(result: &LoadResult, curves: bool) -> Page {
    let overview = overview(result);
    let (class, mark) = match overview.standing {
        Standing::Good => ("good", "✓"),
        Standing::Bad => ("bad", "✗"),
        Standing::Open => ("open", "?"),
    };
    let run = &result.run;
    Page {
        version: run.tool_version.clone(),
        eyebrow: format!(
            "Load run {} · {} · against {}",
            run.run_id,
            run.started_at.strftime("%Y-%m-%d %H:%M UTC"),
            if run.environment.mock {
                "the embedded mock"
            } else {
                &run.environment.name
            },
        ),
        title: run.plan.title.clone().unwrap_or_else(|| run.plan.name.clone()),
        overview: Verdict {
            class,
            mark,
            word: overview.word.to_owned(),
            reason: overview.reason,
        },
        exit_code: result.exit_code,
        sentences: words::sentences(result),
        tiles: tiles(result),
        sections: SECTIONS
            .into_iter()
            .filter(|it| curves || it.id != "curves")
            .collect(),
    }
}

fn tiles(result: &LoadResult) -> Vec<Tile> {
    let it = &result.iterations;
    let calls = result.traffic.requests + result.traffic.polls;
    let errors: u64 = result
        .rows
        .iter()
        .filter(|row| matches!(row.kind, RowKind::Step | RowKind::Poll))
        .map(|row| row.errors)
        .sum();
    let offered = match result.run.plan.model {
        UserModel::Users { users } => format!("iterations, {}", counted(users, "user")),
        UserModel::Rate { .. } => match result.health.offered_rate {
            Some(offered) => format!("iterations, {} asked for", rate(offered)),
            None => "iterations".to_owned(),
        },
    };
    let mut tiles = vec![Tile {
        label: "Rate",
        figure: format!("{}/s", rate(result.health.achieved_rate)),
        aside: offered,
    }];
    let all = result.merged.iter().find(|row| row.kind == RowKind::All);
    if let Some(response) = all.and_then(|row| row.response.as_ref()) {
        tiles.push(Tile {
            label: "Response time, p95",
            figure: figure(response.p95_us),
            aside: format!("half within {}", figure(response.p50_us)),
        });
    }
    tiles.push(Tile {
        label: "Failed calls",
        figure: grouped(errors),
        aside: format!("{} of {}", share(errors, calls), counted(calls, "call")),
    });
    if matches!(result.run.plan.model, UserModel::Rate { .. }) {
        tiles.push(Tile {
            label: "Dropped iterations",
            figure: grouped(it.dropped),
            aside: format!("{} of {} due", share(it.dropped, it.offered), grouped(it.offered)),
        });
    }
    let all = result.thresholds.len();
    tiles.push(Tile {
        label: "Thresholds met",
        figure: format!("{} of {all}", all - missed(result)),
        aside: counted(result.checked.checks, "check"),
    });
    tiles
}

fn thresholds(result: &LoadResult) -> Vec<ThresholdView> {
    let view = |it: &crate::outcome::load::ThresholdResult| {
        let (outcome, class) = match it.outcome {
            ThresholdOutcome::Met => ("✓ met", "is-good"),
            ThresholdOutcome::Missed => ("✗ missed", "is-bad"),
            ThresholdOutcome::NoSample => ("✗ no sample", "is-bad"),
        };
        ThresholdView {
            text: it.text.clone(),
            outcome,
            class,
            actual: it.actual.clone(),
            place: it.place.clone(),
            aborted: it.aborted,
        }
    };
    result.thresholds.iter().map(view).collect()
}

fn limits(result: &LoadResult) -> Vec<LimitView> {
    let view = |it: &crate::outcome::load::HealthLimit| LimitView {
        name: it.name.clone(),
        limit: it.limit.clone(),
        found: it.found.clone(),
        outcome: if it.kept { "✓ kept" } else { "✗ not kept" },
        class: if it.kept { "is-good" } else { "is-open" },
    };
    result.health.limits.iter().map(view).collect()
}
