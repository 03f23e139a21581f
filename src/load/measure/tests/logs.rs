//! The interval logs, read back with the library's own reader.

use std::path::Path;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use hdrhistogram::Histogram;
use hdrhistogram::serialization::Deserializer;
use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};

use super::{Bench, bench};
use crate::load::measure::{Measured, RecorderOptions};
use crate::outcome::load::RowKind;

/// One line of a log: the second it begins at, its length, its times.
type Line = (Duration, Duration, Histogram<u64>);

fn read(path: &Path) -> (Option<Duration>, Vec<Line>) {
    let bytes = std::fs::read(path).unwrap();
    let mut base = None;
    let mut lines = Vec::new();
    for entry in IntervalLogIterator::new(&bytes) {
        match entry.unwrap() {
            LogEntry::BaseTime(time) => base = Some(time),
            LogEntry::StartTime(_) => {}
            LogEntry::Interval(line) => {
                let encoded = base64::engine::general_purpose::STANDARD
                    .decode(line.encoded_histogram())
                    .unwrap();
                let histogram = Deserializer::new().deserialize(&mut encoded.as_slice()).unwrap();
                lines.push((line.start_timestamp(), line.duration(), histogram));
            }
        }
    }
    (base, lines)
}

fn logged(folder: &Path) -> Bench {
    let options = RecorderOptions {
        folder: Some(folder.to_owned()),
        ..RecorderOptions::default()
    };
    bench(&[(RowKind::Step, "submit"), (RowKind::Step, "Submit")], options)
}

fn file(measured: &Measured, folder: &Path, service: bool) -> std::path::PathBuf {
    let row = &measured.rows[0];
    let name = if service {
        &row.service_log
    } else {
        &row.response_log
    };
    folder.join(name.as_ref().unwrap())
}

#[test]
fn a_log_has_a_line_for_each_second_and_all_of_the_times() {
    let folder = tempfile::tempdir().unwrap();
    let bench = logged(folder.path());
    for us in [300, 1_000_500, 1_000_700, 3_200_000] {
        bench.call(0, [us - 300, us - 300, us], Some(200));
    }
    bench.recorder.shared.close_before(1, || ());
    let (_, early) = read(&folder.path().join("hdr/s-submit-v2.response.hlog"));
    assert_eq!(early.len(), 1, "written as the run goes");

    let measured = bench.finish(3_500_000);
    let (base, lines) = read(&file(&measured, folder.path(), false));
    let starts: Vec<u64> = lines.iter().map(|line| line.0.as_secs()).collect();
    assert_eq!(starts, [0, 1, 3], "a second without a call has no line");
    let lengths: Vec<u128> = lines.iter().map(|line| line.1.as_millis()).collect();
    assert_eq!(lengths, [1000, 1000, 500], "the last second was half a one");
    let mut all = Histogram::<u64>::new(3).unwrap();
    for (_, _, histogram) in &lines {
        all.add(histogram).unwrap();
    }
    assert_eq!((all.len(), all.min(), all.max()), (4, 300, 300));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    assert!(base.unwrap() <= now && now.checked_sub(base.unwrap()).unwrap() < Duration::from_hours(1));
    assert_eq!(measured.log_problem, None);
}

#[test]
fn service_times_get_a_file_of_their_own_when_they_first_differ() {
    let folder = tempfile::tempdir().unwrap();
    let bench = logged(folder.path());
    bench.call(0, [0, 0, 400], Some(200));
    bench.recorder.shared.close_before(1, || ());
    assert!(!folder.path().join("hdr/s-submit-v2.service.hlog").exists());
    bench.call(0, [1_000_000, 1_050_000, 1_050_400], Some(200));
    bench.call(0, [2_000_000, 2_000_000, 2_000_400], Some(200));
    let measured = bench.finish(3_000_000);
    let maxima = |service| -> Vec<u64> {
        let (base, lines) = read(&file(&measured, folder.path(), service));
        assert!(base.is_some());
        lines.iter().map(|line| line.2.max()).collect()
    };
    assert_eq!(maxima(true), [400, 400, 400]);
    assert_eq!(maxima(false), [400, 50_431, 400]);
}

#[test]
fn rows_whose_names_look_alike_have_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let bench = logged(folder.path());
    bench.call(0, [0, 0, 400], Some(200));
    bench.call(1, [0, 0, 400], Some(200));
    let measured = bench.finish(1_000_000);
    let names: Vec<_> = measured
        .rows
        .iter()
        .filter_map(|row| row.response_log.clone())
        .collect();
    assert_eq!(
        names,
        ["hdr/s-submit-v2.response.hlog", "hdr/s-submit-v2-2.response.hlog"]
    );
    assert_eq!(measured.rows[0].service_log, measured.rows[0].response_log);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_costs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hdr"), "in the way").unwrap();
    let bench = logged(folder.path());
    bench.call(0, [0, 0, 400], Some(200));
    let measured = bench.finish(1_000_000);
    assert!(measured.log_problem.unwrap().contains("hdr/ are incomplete"));
    assert_eq!(measured.rows[0].response.as_ref().unwrap().count, 1);
}
