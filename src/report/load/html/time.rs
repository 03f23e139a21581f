//! The charts over time, and their numbers.

use super::thin::Span;
use super::{ChartView, LegendItem};
use crate::outcome::load::{LoadResult, UserModel};
use crate::report::chart::{Axis, Chart, Mark, Scale, Series, Size, Tick};
use crate::report::html::Table;
use crate::report::load::figures::{grouped, milliseconds, rate, time};

/// The sizes of a chart over the page's width; the style sheet shows one of them.
const SIZES: [Size; 2] = [
    Size {
        width: 960,
        height: 300,
        class: "wide",
    },
    Size {
        width: 400,
        height: 280,
        class: "narrow",
    },
];

/// The same for charts of less importance.
const LOW: [Size; 2] = [
    Size {
        width: 960,
        height: 190,
        class: "wide",
    },
    Size {
        width: 400,
        height: 200,
        class: "narrow",
    },
];

/// The names of the response times, with the class of each.
const RESPONSES: [(&str, &str); 4] = [
    ("p50, the median", "p50"),
    ("p95", "p95"),
    ("p99", "p99"),
    ("largest", "max"),
];

/// What a point of the charts stands for.
pub(super) fn note(spans: &[Span]) -> String {
    match spans.first().map(|span| span.seconds) {
        None | Some(1) => "Each point is one second, counted from the start of the load. Polling calls are not in the response times.".to_owned(),
        Some(seconds) => format!(
            "Each point stands for {seconds} seconds, counted from the start of the load: of response times, failures \
             and users the largest of its seconds, of rates the average. Polling calls are not in the response times.",
        ),
    }
}

/// The charts; none without a second.
pub(super) fn charts(result: &LoadResult, spans: &[Span]) -> Vec<ChartView> {
    if spans.is_empty() {
        return Vec::new();
    }
    let open = matches!(result.run.plan.model, UserModel::Rate { .. });
    let charts = [
        response(spans).map(|chart| view(&chart, SIZES)),
        Some(view(&throughput(open, spans), SIZES)),
        trouble(open, spans).map(|chart| view(&chart, LOW)),
        Some(view(&users(spans), LOW)),
    ];
    charts.into_iter().flatten().collect()
}

fn view(chart: &Chart, sizes: [Size; 2]) -> ChartView {
    let legend = |series: &Series| LegendItem {
        name: series.name,
        class: series.class,
    };
    ChartView {
        title: chart.title.clone(),
        legend: chart.series.iter().map(legend).collect(),
        svg: sizes.into_iter().map(|size| chart.svg(size)).collect(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "microseconds of a run are far below the limit"
)]
fn response(spans: &[Span]) -> Option<Chart> {
    let all = || spans.iter().filter_map(|span| span.response).flatten();
    let (smallest, largest) = (all().filter(|us| *us > 0).min()?, all().max()?);
    let ms = |us: u64| us as f64 / 1_000.0;
    let label = |ms: f64| rate(ms);
    let logarithmic = largest / smallest >= 50;
    let (scale, ticks) = if logarithmic {
        Scale::log(ms(smallest), ms(largest), label)
    } else {
        Scale::from_zero(ms(largest), label)
    };
    let kind = if logarithmic { " (logarithmic)" } else { "" };
    let series = RESPONSES.iter().enumerate().map(|(i, (name, class))| Series {
        name,
        class,
        mark: Mark::Line,
        points: points(spans, |span| Some(ms(span.response?[i]))),
    });
    let worst = spans.iter().max_by_key(|span| span.response.map(|it| it[3]))?;
    Some(Chart {
        id: "response-time".to_owned(),
        title: "Response time".to_owned(),
        description: format!(
            "Response times of the business calls over time. The median lies between {} and {}; the largest response \
             time, {}, came at second {}.",
            time(
                spans
                    .iter()
                    .filter_map(|span| span.response)
                    .map(|it| it[0])
                    .min()?
            ),
            time(
                spans
                    .iter()
                    .filter_map(|span| span.response)
                    .map(|it| it[0])
                    .max()?
            ),
            time(largest),
            worst.from,
        ),
        x: time_axis(spans),
        y: Axis {
            scale,
            ticks,
            title: format!("ms{kind}"),
        },
        series: series.collect(),
    })
}

fn throughput(open: bool, spans: &[Span]) -> Chart {
    let line = |name, class, of: fn(&Span) -> f64| Series {
        name,
        class,
        mark: Mark::Line,
        points: points(spans, |span| Some(of(span))),
    };
    let mut series = vec![
        line("calls ended", "calls", |span| span.requests),
        line("iterations begun", "begun", |span| span.started),
    ];
    if open {
        series.push(line("iterations due", "due", |span| span.offered));
    }
    let most = |of: fn(&Span) -> f64| rate(spans.iter().map(of).fold(0.0, f64::max));
    Chart {
        id: "throughput".to_owned(),
        title: "Throughput".to_owned(),
        description: format!(
            "Calls ended and iterations begun per second over time{}. At most {} calls ended and {} iterations began \
             in a second.",
            if open { ", with the iterations due" } else { "" },
            most(|span| span.requests),
            most(|span| span.started),
        ),
        x: time_axis(spans),
        y: from_zero("per second", &series),
        series,
    }
}

/// Failed calls and dropped iterations; `None` without any.
fn trouble(open: bool, spans: &[Span]) -> Option<Chart> {
    let most = |of: fn(&Span) -> u64| spans.iter().map(of).max().unwrap_or_default();
    let (errors, dropped) = (most(|span| span.errors), most(|span| span.dropped));
    if errors + dropped == 0 {
        return None;
    }
    let bars = |name, class, moved, of: fn(&Span) -> u64| Series {
        name,
        class,
        mark: Mark::Bars(moved),
        points: points(spans, |span| Some(counted(of(span)))),
    };
    let mut series = vec![bars("failed calls", "errors", -1, |span| span.errors)];
    if open {
        series.push(bars("dropped iterations", "dropped", 2, |span| span.dropped));
    }
    Some(Chart {
        id: "trouble".to_owned(),
        title: if open {
            "Failed calls and dropped iterations"
        } else {
            "Failed calls"
        }
        .to_owned(),
        description: format!(
            "In one second at most {errors} calls failed and {dropped} iterations were dropped; seconds without a bar \
             had none.",
        ),
        x: time_axis(spans),
        y: from_zero("in a second", &series),
        series,
    })
}

/// An even axis from 0 that holds `series`.
fn from_zero(title: &str, series: &[Series]) -> Axis {
    let drawn = series.iter().flat_map(|it| it.points.iter().flatten());
    let (scale, ticks) = Scale::from_zero(drawn.map(|point| point.1).fold(1.0, f64::max), rate);
    Axis {
        scale,
        ticks,
        title: title.to_owned(),
    }
}

fn users(spans: &[Span]) -> Chart {
    let most = spans.iter().map(|span| span.users).max().unwrap_or_default();
    let series = vec![Series {
        name: "users at work",
        class: "users",
        mark: Mark::Line,
        points: points(spans, |span| Some(counted(span.users))),
    }];
    Chart {
        id: "users".to_owned(),
        title: "Users at work".to_owned(),
        description: format!("Users at work over time, at most {most}."),
        x: time_axis(spans),
        y: from_zero("users", &series),
        series,
    }
}

/// A count as a number to draw.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a second are far below the limit"
)]
fn counted(number: u64) -> f64 {
    number as f64
}

/// A point for each span, in its middle.
fn points(spans: &[Span], of: impl Fn(&Span) -> Option<f64>) -> Vec<Option<(f64, f64)>> {
    let point = |span: &Span| Some((counted(span.from) + counted(span.seconds) / 2.0, of(span)?));
    spans.iter().map(point).collect()
}

/// The time axis: about six marks at round times.
fn time_axis(spans: &[Span]) -> Axis {
    let end = spans.last().map_or(1, |span| span.from + span.seconds).max(1);
    let steps = [
        1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
    ];
    let step = steps
        .into_iter()
        .find(|step| end / step <= 6)
        .unwrap_or(end.max(1));
    let tick = |second: u64| Tick {
        at: counted(second),
        label: moment(second, step),
    };
    Axis {
        scale: Scale::Linear(0.0, counted(end)),
        ticks: (0..=end / step).map(|i| tick(i * step)).collect(),
        title: "since the start of the load".to_owned(),
    }
}

/// A moment as a mark: `30 s`, `5 min`, `1 h 30`.
fn moment(second: u64, step: u64) -> String {
    match (second, step) {
        (0, _) => "0".to_owned(),
        (_, ..60) => format!("{second} s"),
        (_, 60..3_600) if second < 7_200 => format!("{} min", second / 60),
        (_, 60..3_600) => format!("{} h {:02}", second / 3_600, second % 3_600 / 60),
        _ => format!("{} h", second / 3_600),
    }
}

/// All numbers of the charts.
pub(super) fn table(spans: &[Span]) -> Table {
    let head = [
        "from second",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "largest ms",
        "due/s",
        "begun/s",
        "calls/s",
        "polls/s",
        "failed",
        "dropped",
        "users",
    ];
    let row = |span: &Span| {
        let response = span
            .response
            .map_or_else(|| vec!["–".to_owned(); 4], |it| it.map(milliseconds).to_vec());
        let rates = [span.offered, span.started, span.requests, span.polls].map(rate);
        let counts = [span.errors, span.dropped, span.users].map(grouped);
        [
            vec![span.from.to_string()],
            response,
            rates.to_vec(),
            counts.to_vec(),
        ]
        .concat()
    };
    Table {
        caption: "Response times and rates over time".to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: spans.iter().map(row).collect(),
    }
}
