//! The percentile curve of each row.

use serde::Serialize;

use super::LegendItem;
use crate::outcome::load::{Latency, LoadResult, Row, RowKind};
use crate::report::chart::{Axis, Chart, Mark, Scale, Series, Size, Tick};
use crate::report::html::Table;
use crate::report::load::figures::{counted, milliseconds, rate, time};
use crate::report::load::words;

/// How many rows are drawn.
const ROWS: usize = 24;
/// How large a curve is drawn.
const SIZE: Size = Size {
    width: 460,
    height: 270,
    class: "",
};
/// The marks of the axis.
const MARKS: [(f64, &str); 8] = [
    (0.0, "0"),
    (50.0, "50 %"),
    (90.0, "90 %"),
    (99.0, "99 %"),
    (99.9, "99.9 %"),
    (99.99, "99.99 %"),
    (99.999, "99.999 %"),
    (99.999_9, "99.9999 %"),
];

/// The curve of a row.
#[derive(Serialize)]
pub(super) struct CurveView {
    id: String,
    title: String,
    legend: Vec<LegendItem>,
    svg: Vec<String>,
    table: Table,
}

/// A curve for each row that has samples, merged ones first; and how many rows were left out.
pub(super) fn curves(result: &LoadResult) -> (Vec<CurveView>, usize) {
    let kinds = [
        RowKind::All,
        RowKind::Step,
        RowKind::Measure,
        RowKind::Scenario,
        RowKind::Poll,
    ];
    let rows = kinds.into_iter().flat_map(|kind| words::rows_of(result, kind));
    let mut views: Vec<CurveView> = rows.enumerate().filter_map(|(i, row)| curve(i, row)).collect();
    let omitted = views.len().saturating_sub(ROWS);
    views.truncate(ROWS);
    (views, omitted)
}

fn curve(i: usize, row: &Row) -> Option<CurveView> {
    let response = row
        .response
        .as_ref()
        .filter(|it| it.count > 0 && !it.curve.is_empty())?;
    let chart = chart(i, row, response);
    let legend = chart.series.iter().map(|series| LegendItem {
        name: series.name,
        class: series.class,
    });
    Some(CurveView {
        id: chart.id.clone(),
        title: format!("{}, {}", row.name, counted(response.count, noun(row.kind))),
        legend: legend.collect(),
        svg: vec![chart.svg(SIZE)],
        table: table(row, response),
    })
}

/// What the samples of a row are.
fn noun(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Scenario | RowKind::SharedScenario => "iteration",
        RowKind::Measure => "value",
        RowKind::Step
        | RowKind::Poll
        | RowKind::Preparation
        | RowKind::All
        | RowKind::Shared
        | RowKind::SharedPoll => "call",
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "microseconds and counts of a run are far below the limit"
)]
fn chart(i: usize, row: &Row, response: &Latency) -> Chart {
    let service = row.service.as_ref();
    let nines = (response.count as f64).log10().clamp(1.0, 6.0);
    let ms = |us: u64| us as f64 / 1_000.0;
    let series = |name, class, latency: &Latency| Series {
        name,
        class,
        mark: Mark::Line,
        points: latency
            .curve
            .iter()
            .map(|it| Some((it.percentile, ms(it.value_us))))
            .collect(),
    };
    let drawn = service.into_iter().chain([response]).flat_map(|it| &it.curve);
    let largest = drawn.map(|it| it.value_us).max().unwrap_or(1).max(1);
    let (scale, ticks) = Scale::from_zero(ms(largest), rate);
    let x = Scale::Nines(nines);
    let marks = MARKS
        .into_iter()
        .filter(|(at, _)| *at <= 0.0 || x.place(*at) < 0.999);
    let mut all = vec![series("response time", "response", response)];
    all.extend(service.map(|it| series("service time", "service", it)));
    Chart {
        id: format!("curve-{i}"),
        title: format!("Percentiles of {}", row.name),
        description: format!(
            "Half took at most {}, 99 % at most {}, the slowest {}.",
            time(response.p50_us),
            time(response.p99_us),
            time(response.max_us),
        ),
        x: Axis {
            scale: x,
            ticks: marks
                .map(|(at, label)| Tick {
                    at,
                    label: label.to_owned(),
                })
                .collect(),
            title: "share of calls".to_owned(),
        },
        y: Axis {
            scale,
            ticks,
            title: "ms".to_owned(),
        },
        series: all,
    }
}

fn table(row: &Row, response: &Latency) -> Table {
    let service = |percentile: f64| {
        let curve = &row.service.as_ref()?.curve;
        let point = curve
            .iter()
            .find(|it| (it.percentile - percentile).abs() < 1e-9)?;
        Some(milliseconds(point.value_us))
    };
    let rows = response.curve.iter().map(|it| {
        vec![
            format!("{} %", it.percentile),
            milliseconds(it.value_us),
            service(it.percentile).unwrap_or_else(|| "–".to_owned()),
        ]
    });
    Table {
        caption: format!("Percentiles of {}", row.name),
        head: ["share", "response ms", "service ms"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
