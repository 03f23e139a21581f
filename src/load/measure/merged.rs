//! Rows put together: their histograms merged, since percentiles cannot be averaged.

use std::collections::BTreeMap;

use super::counts::Counts;
use super::interval::Times;
use super::measured::unlogged;
use super::rows::RowName;
use crate::outcome::load::{Row, RowKind};

/// All business calls, then each step id and each operation that several steps share, by name.
pub(super) fn rows(names: &[RowName], counts: &[Counts], totals: &[Option<Times>]) -> Vec<Row> {
    let steps: Vec<usize> = (0..names.len())
        .filter(|&at| names[at].kind == RowKind::Step)
        .collect();
    let merge = |kind: RowKind, name: &str, members: &[usize]| {
        let name = RowName {
            kind,
            name: name.to_owned(),
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
    };
    let mut rows = vec![merge(RowKind::All, "all calls", &steps)];
    rows.extend(
        shared(names, &steps)
            .iter()
            .map(|(name, members)| merge(RowKind::Shared, name, members)),
    );
    rows
}

/// The ids and operations that several steps share. Where an id is an operation too, its steps and those that call the
/// operation under another id are the same row.
fn shared<'a>(names: &'a [RowName], steps: &[usize]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in steps {
        let (step, operation) = (names[at].step.as_deref(), names[at].operation.as_deref());
        for name in step.into_iter().chain(operation.filter(|_| step != operation)) {
            members.entry(name).or_default().push(at);
        }
    }
    members.retain(|_, rows| rows.len() > 1);
    members
}
