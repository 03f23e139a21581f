//! Rows put together: their histograms merged, since percentiles cannot be averaged.

use std::collections::BTreeMap;

use super::counts::Counts;
use super::interval::Times;
use super::measured::unlogged;
use super::rows::RowName;
use crate::outcome::load::{Row, RowKind};

/// The name of the row of all business calls.
const ALL: &str = "all calls";

/// All business calls; then, by name, each step id and each operation that several steps share, each id that several
/// polls share, and each scenario that has several rows (cases, models).
pub(super) fn rows(names: &[RowName], counts: &[Counts], totals: &[Option<Times>]) -> Vec<Row> {
    let mut groups: BTreeMap<(RowKind, &str), Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        for group in groups_of(name) {
            groups.entry(group).or_default().push(at);
        }
    }
    groups.retain(|&(kind, _), members| kind == RowKind::All || members.len() > 1);
    groups.entry((RowKind::All, ALL)).or_default();
    let all_first = |(kind, _): &(RowKind, &str)| *kind != RowKind::All;
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(group, _)| all_first(group));
    groups
        .iter()
        .map(|&((kind, name), ref members)| merge(kind, name, members, counts, totals))
        .collect()
}

/// The groups that a row belongs to. Where an id is an operation too, its steps and those that call the operation under
/// another id are the same group.
fn groups_of(name: &RowName) -> Vec<(RowKind, &str)> {
    let step = name.step.as_deref();
    match name.kind {
        RowKind::Step => {
            let operation = name.operation.as_deref().filter(|_| name.operation != name.step);
            let shared = step.into_iter().chain(operation);
            let shared = shared.map(|name| (RowKind::Shared, name));
            std::iter::once((RowKind::All, ALL)).chain(shared).collect()
        }
        RowKind::Poll => step.map(|step| (RowKind::SharedPoll, step)).into_iter().collect(),
        RowKind::Scenario => {
            let scenario = name.scenario.as_deref();
            scenario
                .map(|name| (RowKind::SharedScenario, name))
                .into_iter()
                .collect()
        }
        RowKind::Preparation
        | RowKind::Measure
        | RowKind::All
        | RowKind::Shared
        | RowKind::SharedPoll
        | RowKind::SharedScenario => Vec::new(),
    }
}

fn merge(kind: RowKind, name: &str, members: &[usize], counts: &[Counts], totals: &[Option<Times>]) -> Row {
    let name = RowName {
        kind,
        name: name.to_owned(),
        scenario: None,
        step: None,
        operation: None,
    };
    let mut sum = Counts::default();
    let mut times: Option<Times> = None;
    for &at in members {
        sum.add(&counts[at]);
        match (&mut times, &totals[at]) {
            (Some(times), Some(more)) => times.add(more),
            (none, Some(first)) => *none = Some(first.clone()),
            (_, None) => {}
        }
    }
    unlogged(&name, &sum, times.as_ref())
}
