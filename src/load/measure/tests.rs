//! What the recorder promises, on times that are made up: no clock is asked.

use std::time::{Duration, Instant};

use super::{CallSample, IterationOutcome, Measured, Recorder, RecorderOptions, RowId, RowName, Rows, Start};
use crate::outcome::load::{Row, RowKind};

/// A recorder of some rows, and the time it counts from. No thread closes seconds: `finish` does.
pub(super) struct Bench {
    pub(super) recorder: Recorder,
    pub(super) start: Instant,
    pub(super) rows: Vec<RowId>,
}

pub(super) fn bench(kinds: &[(RowKind, &str)], options: RecorderOptions) -> Bench {
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
    pub(super) fn at(&self, us: u64) -> Instant {
        self.start + Duration::from_micros(us)
    }

    /// A call of row `row`: intended, started and ended at these microseconds.
    pub(super) fn call(&self, row: usize, [intended, started, ended]: [u64; 3], status: Option<u16>) {
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

    pub(super) fn finish(&self, us: u64) -> Measured {
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
