//! What the recorder promises, on times that are made up: no clock is asked.

mod distributions;
mod grouping;
mod logs;
mod table;

use std::time::{Duration, Instant};

use super::{CallSample, IterationOutcome, Measured, Recorder, RecorderOptions, RowId, RowName, Rows, Start};
use crate::outcome::load::{Iterations, Row, RowKind};

/// A recorder of some rows, and the time it counts from. No thread closes seconds: `finish` does.
struct Bench {
    recorder: Recorder,
    start: Instant,
    rows: Vec<RowId>,
}

fn bench(kinds: &[(RowKind, &str)], options: RecorderOptions) -> Bench {
    let mut rows = Rows::default();
    let ids = kinds
        .iter()
        .map(|&(kind, name)| {
            rows.add(RowName {
                kind,
                name: format!("s/{name} (v2)"),
                scenario: Some("s".to_owned()),
                step: Some(name.to_owned()),
                operation: Some(name.to_owned()),
            })
        })
        .collect();
    let bench = Bench {
        recorder: Recorder::new(rows, options),
        start: Instant::now(),
        rows: ids,
    };
    bench.recorder.begin_without_thread(bench.start);
    bench
}

impl Bench {
    fn at(&self, us: u64) -> Instant {
        self.start + Duration::from_micros(us)
    }

    /// A call of row `row`: intended, started and ended at these microseconds.
    fn call(&self, row: usize, [intended, started, ended]: [u64; 3], status: Option<u16>) {
        self.recorder.worker().call(&CallSample {
            row: self.rows[row],
            intended: self.at(intended),
            started: self.at(started),
            ended: self.at(ended),
            failed: status.is_none_or(|status| status >= 400),
            status,
            sent_bytes: 10,
            received_bytes: 20,
            checks: None,
        });
    }

    fn finish(&self, us: u64) -> Measured {
        self.recorder.finish(self.at(us))
    }
}

fn row<'a>(measured: &'a Measured, step: &str) -> &'a Row {
    measured
        .rows
        .iter()
        .find(|row| row.step.as_deref() == Some(step))
        .unwrap()
}

#[test]
fn response_counts_from_the_intended_start_and_service_from_the_actual() {
    let bench = bench(&[(RowKind::Step, "submit")], RecorderOptions::default());
    bench.call(0, [0, 1_000, 1_200], Some(200));
    bench.call(0, [2_000_000, 2_000_000, 2_000_300], None);
    let measured = bench.finish(3_000_000);
    let row = row(&measured, "submit");
    let (response, service) = (row.response.as_ref().unwrap(), row.service.as_ref().unwrap());
    assert_eq!((response.min_us, response.max_us), (300, 1_200));
    assert_eq!((service.min_us, service.max_us), (200, 300));
    assert_eq!((row.count, row.errors, row.statuses[&200]), (2, 1, 1));
    assert_eq!(measured.series.len(), 3);
    assert_eq!(
        (measured.series[0].max_us, measured.series[2].max_us),
        (1_200, 300)
    );
    assert_eq!(
        (measured.traffic.sent_bytes, measured.traffic.received_bytes),
        (20, 40)
    );
}

#[test]
fn iterations_add_up() {
    let mut rows = Rows::default();
    rows.add(RowName {
        kind: RowKind::Scenario,
        name: "s (v2)".to_owned(),
        scenario: Some("s".to_owned()),
        step: None,
        operation: None,
    });
    let recorder = Recorder::new(rows, RecorderOptions::default());
    let start = Instant::now();
    recorder.begin_without_thread(start);
    let worker = recorder.worker();
    let begin = |late| {
        worker.begin(Start {
            test: 0,
            intended: start,
            started: start + Duration::from_micros(40),
            late,
        })
    };
    begin(false).end(IterationOutcome::Passed, start + Duration::from_millis(1));
    begin(true).end(IterationOutcome::Failed, start + Duration::from_millis(2));
    drop(begin(false));
    recorder.dropped(start + Duration::from_millis(1500));
    assert_eq!(recorder.live().users, 0);
    let measured = recorder.finish(start + Duration::from_secs(2));
    let found = measured.iterations;
    assert_eq!(found.offered, found.started + found.dropped);
    assert_eq!(
        found.started,
        found.passed + found.failed + found.errors + found.unfinished
    );
    assert_eq!(
        (found.offered, found.dropped, found.unfinished, found.late),
        (4, 1, 1, 1)
    );
    assert_eq!((measured.series[1].offered, measured.series[1].dropped), (1, 1));
    assert_eq!((measured.start_lag.len(), measured.start_lag.max()), (2, 40));
}

#[test]
fn what_is_meant_to_begin_in_the_warm_up_is_in_no_number() {
    let options = RecorderOptions {
        warm_up: Duration::from_millis(1500),
        ..RecorderOptions::default()
    };
    let bench = bench(&[(RowKind::Step, "submit"), (RowKind::Measure, "whole")], options);
    let worker = bench.recorder.worker();
    let begin = |intended| {
        worker.begin(Start {
            test: 0,
            intended: bench.at(intended),
            started: bench.at(intended),
            late: false,
        })
    };
    // Ends after the warm-up, but was due within it.
    bench.call(0, [1_499_999, 1_600_000, 1_700_000], None);
    bench.call(0, [1_500_000, 1_600_000, 1_700_001], Some(200));
    worker.measured(bench.rows[1], Duration::from_millis(300), bench.at(1_700_000));
    worker.measured(bench.rows[1], Duration::from_millis(200), bench.at(1_700_000));
    begin(1_000_000).end(IterationOutcome::Passed, bench.at(1_800_000));
    drop(begin(1_000_000));
    bench.recorder.dropped(bench.at(1_000_000));
    worker.failed_iteration(bench.rows[0], "no party is free", bench.at(1), bench.at(2));
    let measured = bench.finish(3_000_000);
    assert_eq!(measured.measured_us, 1_500_000);
    assert_eq!(measured.iterations, Iterations::default());
    assert_eq!((measured.traffic.requests, measured.rows[0].errors), (1, 0));
    assert_eq!(measured.rows[1].response.as_ref().unwrap().max_us, 200_063);
    assert_eq!(measured.series.len(), 1);
    assert_eq!((measured.series[0].second, measured.series[0].requests), (1, 1));
    assert_eq!((measured.warm_up_failures, measured.failures.len()), (1, 0));
}

#[test]
fn polls_are_counted_apart() {
    let bench = bench(
        &[(RowKind::Step, "submit"), (RowKind::Poll, "messages")],
        RecorderOptions::default(),
    );
    bench.call(0, [0, 0, 100], Some(200));
    bench.call(1, [200, 200, 90_000], Some(200));
    bench.call(1, [200, 200, 90_000], Some(503));
    let measured = bench.finish(1_000_000);
    assert_eq!((measured.traffic.requests, measured.traffic.polls), (1, 2));
    let second = measured.series[0];
    assert_eq!(
        (second.requests, second.polls, second.errors, second.max_us),
        (1, 2, 1, 100)
    );
    assert_eq!(measured.merged[0].response.as_ref().unwrap().max_us, 100);
}

#[test]
fn the_thread_closes_seconds_while_the_run_goes_on() {
    let recorder = {
        let bench = bench(&[(RowKind::Step, "submit")], RecorderOptions::default());
        // The same rows in a recorder that began three seconds ago.
        let recorder = Recorder::new(bench.recorder.rows().clone(), RecorderOptions::default());
        let start = bench.start.checked_sub(Duration::from_secs(3)).unwrap();
        recorder.worker().call(&CallSample {
            row: bench.rows[0],
            intended: start,
            started: start,
            ended: start + Duration::from_micros(300),
            failed: false,
            status: Some(200),
            sent_bytes: 0,
            received_bytes: 0,
            checks: None,
        });
        recorder.begin(start);
        recorder
    };
    while recorder.live().latest.is_none_or(|second| second.second < 1) {
        std::thread::sleep(Duration::from_millis(1));
    }
    let partial = recorder.partial(Instant::now());
    assert_eq!(partial.rows[0].response.as_ref().unwrap().count, 1);
    assert!(partial.measured_us >= 3_000_000);
    assert_eq!(recorder.finish(Instant::now()).rows, partial.rows);
}
