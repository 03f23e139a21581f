//! Percentiles against sorted lists, merging against recording into one, seconds against totals.

use hdrhistogram::Histogram;
use proptest::prelude::*;

use super::{Bench, bench};
use crate::load::measure::distribution::{at, latency};
use crate::load::measure::interval::{Times, histogram, record};
use crate::load::measure::{Measured, RecorderOptions};
use crate::outcome::load::{Latency, RowKind, Second};

/// Times from a microsecond to a quarter of an hour, short ones as often as long ones.
fn time() -> impl Strategy<Value = u64> {
    (0_u32..30, 0.0..1.0_f64).prop_map(|(power, part)| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "below 2^30"
        )]
        let time = (f64::from(1_u32 << power) * (1.0 + part)) as u64;
        time
    })
}

fn filled(values: &[u64]) -> Histogram<u64> {
    let mut histogram = histogram();
    for &value in values {
        record(&mut histogram, value);
    }
    histogram
}

/// The sample at a percentile of a sorted list: the first that so large a share does not exceed.
fn exactly(sorted: &[u64], per_mille: usize) -> u64 {
    sorted[(per_mille * sorted.len()).div_ceil(1000).max(1) - 1]
}

/// Three significant digits: at most a thousandth above the sample, never below it.
fn is_within_promise(found: u64, exact: u64) -> bool {
    found >= exact && found - exact <= exact / 1000
}

proptest! {
    #[test]
    fn percentiles_are_those_of_the_sorted_list(mut values in prop::collection::vec(time(), 1..2000)) {
        let found = latency(&filled(&values)).unwrap();
        values.sort_unstable();
        let expected = [
            (found.p50_us, 500),
            (found.p90_us, 900),
            (found.p95_us, 950),
            (found.p99_us, 990),
            (found.p999_us, 999),
            (found.max_us, 1000),
        ];
        for (found, per_mille) in expected {
            let exact = exactly(&values, per_mille);
            prop_assert!(is_within_promise(found, exact), "{per_mille}: {found} for {exact}");
        }
        prop_assert!(is_within_promise(values[0], found.min_us));
        prop_assert_eq!(found.count, values.len() as u64);
        let last = found.curve.last().unwrap();
        prop_assert_eq!(last.value_us, found.max_us);
        prop_assert!(found.curve.is_sorted_by(|a, b| a.percentile < b.percentile && a.value_us <= b.value_us));
    }

    #[test]
    fn merging_is_the_same_as_recording_into_one(
        parts in prop::collection::vec(prop::collection::vec((time(), time()), 0..50), 0..8),
    ) {
        let mut merged = Times::new(histogram());
        let mut one = Times::new(histogram());
        for part in &parts {
            let mut interval = Times::new(histogram());
            for &(service, wait) in part {
                // Every other one did not wait: such rows keep but one histogram until a call has waited.
                let response = if wait % 2 == 0 { service } else { service + wait };
                interval.record(response, service);
                one.record(response, service);
            }
            merged.add(&interval);
        }
        prop_assert_eq!(&merged.response, &one.response);
        prop_assert_eq!(merged.service(), one.service());
    }
}

proptest! {
    // Each case makes some dozens of histograms.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn seconds_add_up_to_the_totals(
        calls in prop::collection::vec((0_u64..20_000_000, 0_u64..3_000_000, time(), 0_usize..3), 1..200),
        closings in prop::collection::vec(0_u64..20, 0..3),
    ) {
        let kinds = [(RowKind::Step, "a"), (RowKind::Step, "b"), (RowKind::Poll, "c")];
        let bench = bench(&kinds, RecorderOptions::default());
        for (at, &(intended, wait, service, row)) in calls.iter().enumerate() {
            // Seconds are closed while later and even earlier samples still come.
            if let Some(&limit) = closings.get(at / 20) && at % 20 == 19 {
                bench.recorder.shared.close_before(limit, || ());
            }
            let started = intended + wait;
            bench.call(row, [intended, started, started + service], Some(if service % 7 == 0 { 500 } else { 200 }));
        }
        check_sums(&bench, &calls)?;
    }
}

type Call = (u64, u64, u64, usize);

fn check_sums(bench: &Bench, calls: &[Call]) -> Result<(), TestCaseError> {
    let measured = bench.finish(30_000_000);
    let sum = |of: fn(&Second) -> u64| measured.series.iter().map(of).sum::<u64>();
    prop_assert_eq!(sum(|second| second.requests), measured.traffic.requests);
    prop_assert_eq!(sum(|second| second.polls), measured.traffic.polls);
    prop_assert_eq!(
        measured.traffic.requests + measured.traffic.polls,
        calls.len() as u64
    );
    let errors: u64 = measured.rows.iter().map(|row| row.errors).sum();
    prop_assert_eq!(sum(|second| second.errors), errors);
    for row in 0..3 {
        let of_row = calls.iter().filter(|call| call.3 == row);
        let responses: Vec<u64> = of_row.clone().map(|call| call.1 + call.2).collect();
        let services: Vec<u64> = of_row.map(|call| call.2).collect();
        prop_assert_eq!(&row_times(&measured, row).0, &latency(&filled(&responses)));
        prop_assert_eq!(&row_times(&measured, row).1, &latency(&filled(&services)));
    }
    let business: Vec<u64> = calls
        .iter()
        .filter(|call| call.3 < 2)
        .map(|call| call.1 + call.2)
        .collect();
    prop_assert_eq!(&measured.merged[0].response, &latency(&filled(&business)));
    Ok(())
}

fn row_times(measured: &Measured, row: usize) -> (Option<Latency>, Option<Latency>) {
    let row = &measured.rows[row];
    (row.response.clone(), row.service.clone())
}

#[test]
fn a_percentile_is_not_pushed_up_by_binary_fractions() {
    let values: Vec<u64> = (1..=1000).collect();
    let found = at(&filled(&values), &[0.0, 50.0, 99.0, 99.9, 100.0]);
    let values: Vec<u64> = found.iter().map(|point| point.value_us).collect();
    assert_eq!(values, [1, 500, 990, 999, 1000]);
    assert_eq!(latency(&histogram()), None);
}

#[test]
fn rows_of_one_operation_are_merged_and_not_averaged() {
    let bench = bench(
        &[(RowKind::Step, "a"), (RowKind::Step, "b")],
        RecorderOptions::default(),
    );
    for (row, time) in [(0, 100), (0, 100), (0, 100), (1, 900)] {
        bench.call(row, [0, 0, time], Some(200));
    }
    let measured = bench.finish(1_000_000);
    let all = &measured.merged[0];
    assert_eq!((all.kind, all.count, all.statuses[&200]), (RowKind::All, 4, 4));
    let response = all.response.as_ref().unwrap();
    assert_eq!((response.p50_us, response.p99_us), (100, 900));
}
