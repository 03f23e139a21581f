//! From the rounds of a row to its statistics.

use super::candidate::Candidate;
use super::draws::Drawing;
use super::hindrance::{self, Hindrance, OPEN};
use super::judge::samples_needed;
use super::options::Options;
use super::rounds::{Measured, of_rate, of_times};
use super::run::Run;
use super::side::SHARES;
use crate::outcome::comparison::{Statistic, Subject};
use crate::outcome::load::{Row, RowKind, UserModel};

/// In the order of [`SHARES`].
const PERCENTILES: [Statistic; 3] = [Statistic::P50, Statistic::P95, Statistic::P99];

/// The three percentiles of a row of the base, the `number`th of its table.
pub(super) fn of_row(
    base: &[Run],
    head: &[Run],
    row: &Row,
    number: u64,
    options: &Options,
) -> Vec<Candidate> {
    let samples = (least_samples(base, row), least_samples(head, row));
    let pairs = base.iter().zip(head);
    let rounds: Vec<_> = pairs
        .filter_map(|(base, head)| Some(((base, base.row(row)?), (head, head.row(row)?))))
        .collect();
    let measured = (samples.0.min(samples.1) > 0).then(|| {
        let times: Vec<_> = rounds.iter().map(|(b, h)| (b.0, b.1.1, h.0, h.1.1)).collect();
        of_times(&times, drawing(options, number))
    });
    let seconds = measured.as_ref().map_or(&[][..], |measured| &measured.seconds);
    let (of_base, of_head): (Vec<&Row>, Vec<&Row>) = rounds.iter().map(|(b, h)| (b.1.0, h.1.0)).unzip();
    let failed = hindrance::failed(&of_base, &of_head);
    let hindrances = SHARES.map(|share| {
        hindrance::samples(samples, samples_needed(share))
            .or_else(|| hindrance::seconds(seconds))
            .or_else(|| failed.clone())
    });
    let subject = Subject::Row {
        kind: row.kind,
        name: row.name.clone(),
    };
    let aside = (!options.gating.contains(&row.kind)).then(|| aside(row.kind));
    let statistics = PERCENTILES.into_iter().zip(hindrances).collect();
    candidates(&subject, aside, samples, statistics, measured)
}

fn least_samples(runs: &[Run], like: &Row) -> u64 {
    let counts = runs
        .iter()
        .map(|run| run.row(like).map_or(0, |(_, timeline)| timeline.count()));
    counts.min().unwrap_or(0)
}

fn drawing(options: &Options, number: u64) -> Drawing {
    Drawing {
        resamples: options.resamples,
        drift: options.drift,
        seed: options.seed.wrapping_add(number),
    }
}

/// The throughput. In the open model the plan decides it, so it says nothing about the service.
pub(super) fn of_throughput(base: &[Run], head: &[Run], options: &Options) -> Vec<Candidate> {
    let rounds: Vec<_> = base.iter().zip(head).collect();
    let measured = of_rate(&rounds, drawing(options, u64::MAX));
    let closed = base
        .iter()
        .all(|run| matches!(run.result.run.plan.model, UserModel::Users { .. }));
    let calls = |runs: &[Run]| runs.iter().map(|run| run.result.traffic.requests).min();
    let samples = (calls(base).unwrap_or(0), calls(head).unwrap_or(0));
    let hindrance = if closed {
        hindrance::samples(samples, samples_needed(0.5)).or_else(|| hindrance::seconds(&measured.seconds))
    } else {
        Some(Hindrance::of(OPEN))
    };
    let aside = (!closed).then_some(OPEN);
    let statistics = vec![(Statistic::Throughput, hindrance)];
    candidates(&Subject::Calls, aside, samples, statistics, Some(measured))
}

fn candidates(
    subject: &Subject,
    aside: Option<&'static str>,
    samples: (u64, u64),
    statistics: Vec<(Statistic, Option<Hindrance>)>,
    measured: Option<Measured>,
) -> Vec<Candidate> {
    let (values, draws) = measured.map_or((None, None), |measured| (measured.values, measured.draws));
    let mut draws = draws.map(Vec::into_iter);
    let one = |(i, (statistic, hindrance))| Candidate {
        subject: subject.clone(),
        statistic,
        aside,
        samples,
        values: values.as_ref().map(|values: &Vec<(f64, f64)>| values[i]),
        draws: draws.as_mut().and_then(Iterator::next),
        hindrance,
    };
    statistics.into_iter().enumerate().map(one).collect()
}

/// Why a row of this kind is only shown.
fn aside(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Poll => "a call that polls says more of the waiting than of the service",
        RowKind::Preparation => "a call that only prepares an iteration",
        RowKind::Scenario => "a whole scenario holds its waiting, and its steps are judged",
        RowKind::Measure => "a measurement holds its waiting",
        RowKind::Step | RowKind::All | RowKind::Shared | RowKind::SharedPoll | RowKind::SharedScenario => {
            "this kind of row is only shown"
        }
    }
}
