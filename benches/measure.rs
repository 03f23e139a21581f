//! What recording costs: nanoseconds per call recorded, alone and by two threads at once, and per repeated failure.
//!
//! `cargo bench --bench measure` prints them; with a folder as argument (`-- FOLDER`) the interval logs of what it recorded
//! are written there, for other readers of the format.

// A benchmark prints, and stops where something is wrong.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use utlegg::load::measure::{CallSample, Checks, Recorder, RecorderOptions, RowId, RowName, Rows, Worker};
use utlegg::outcome::load::RowKind;

/// Calls recorded in a round.
const CALLS: u64 = 2_000_000;
/// Rows they are spread over.
const ROWS: usize = 10;
/// How far apart two calls of one user end.
const APART: Duration = Duration::from_micros(2);

fn main() {
    let folder = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    for round in 0..3 {
        let one = recording(1, false, None);
        let waited = recording(1, true, None);
        let two = recording(2, false, None);
        let failing = failing();
        println!(
            "round {round}: {one:.1} ns a call, {waited:.1} ns with a waiting time apart from the service time, \
             {two:.1} ns by two threads at once, {failing:.1} ns a repeated failure"
        );
    }
    if let Some(folder) = folder {
        recording(1, true, Some(folder.clone().into()));
        println!("logs are in {folder}");
    }
}

fn recorder(folder: Option<PathBuf>) -> (Recorder, Vec<RowId>) {
    let mut rows = Rows::default();
    let ids = (0..ROWS)
        .map(|row| {
            rows.add(RowName {
                kind: RowKind::Step,
                name: format!("bench/step-{row} (v2)"),
                scenario: Some("bench".to_owned()),
                step: Some(format!("step-{row}")),
                operation: None,
            })
        })
        .collect();
    let options = RecorderOptions {
        folder,
        ..RecorderOptions::default()
    };
    (Recorder::new(rows, options), ids)
}

/// Nanoseconds of a thread per call.
fn recording(threads: u64, waited: bool, folder: Option<PathBuf>) -> f64 {
    let (recorder, rows) = recorder(folder);
    let start = Instant::now();
    recorder.begin(start);
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let worker = recorder.worker();
            let rows = &rows;
            scope.spawn(move || calls(&worker, rows, start, waited));
        }
    });
    let took = began.elapsed();
    let measured = recorder.finish(start + APART * u32::try_from(CALLS).expect("fits"));
    assert_eq!(measured.traffic.requests, CALLS * threads);
    took.as_secs_f64() * 1e9 / CALLS as f64
}

fn calls(worker: &Worker, rows: &[RowId], start: Instant, waited: bool) {
    let mut ended = start;
    for call in 0..CALLS {
        ended += APART;
        // From 200 µs to 8 ms, most of them short.
        let service = Duration::from_micros(200 + (call * 7919 % 1000).pow(3) / 128_000);
        let started = ended.checked_sub(service).unwrap_or(start);
        let wait = Duration::from_micros(if waited { call % 64 } else { 0 });
        worker.call(&CallSample {
            row: rows[usize::try_from(call).expect("fits") % ROWS],
            intended: started.checked_sub(wait).unwrap_or(start),
            started,
            ended,
            failed: false,
            status: Some(if call % 2 == 0 { 200 } else { 201 }),
            sent_bytes: 350,
            received_bytes: 350,
            checks: Some(Checks {
                made: 3,
                reconstructed: 1,
                whole: true,
            }),
        });
    }
}

/// Nanoseconds per failure of a shape that is known already.
fn failing() -> f64 {
    let (recorder, rows) = recorder(None);
    let start = Instant::now();
    recorder.begin(start);
    let worker = recorder.worker();
    let began = Instant::now();
    for _ in 0..CALLS {
        worker.failed_iteration(
            rows[0],
            "no party is free for `debtor`: all that fit are in use",
            start,
            start,
        );
    }
    let took = began.elapsed();
    let measured = recorder.finish(start + Duration::from_secs(1));
    assert_eq!((measured.failures.len(), measured.failures[0].count), (1, CALLS));
    took.as_secs_f64() * 1e9 / CALLS as f64
}
