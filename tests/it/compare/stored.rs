//! The built command on stored runs: their folders, names, exit codes and forms.

use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use hdrhistogram::Histogram;
use hdrhistogram::serialization::V2DeflateSerializer;
use hdrhistogram::serialization::interval_log::IntervalLogWriterBuilder;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use utlegg::outcome::load::{Latency, LoadResult};

use super::STEADY;
use super::simulated::{Law, recorded};
use crate::command::Folder;
use crate::report::schemas::strict;

/// A small run: four thousand samples over forty seconds.
pub const SMALL: Law = Law {
    seconds: 40,
    rows: 1,
    spread: 0.08,
    ..STEADY
};

/// Writes a run as `utlegg load` does.
pub fn store(folder: &Path, slower: f64, seed: u64, change: impl FnOnce(&mut LoadResult)) {
    let id = folder.file_name().unwrap().to_str().unwrap();
    let (mut result, histograms) = recorded(&SMALL, slower, id, &mut ChaCha8Rng::seed_from_u64(seed));
    fs::create_dir_all(folder.join("hdr")).unwrap();
    for (number, (row, seconds)) in result.rows.iter_mut().zip(&histograms).enumerate() {
        let log = format!("hdr/{number}.response.hlog");
        row.response = Some(latency(row.count));
        fs::write(folder.join(&log), interval_log(seconds)).unwrap();
        row.response_log = Some(log);
    }
    change(&mut result);
    fs::write(folder.join("load.json"), serde_json::to_vec(&result).unwrap()).unwrap();
    fs::write(folder.join("run.jsonl"), "").unwrap();
}

fn interval_log(seconds: &[Histogram<u64>]) -> Vec<u8> {
    let (mut out, mut serializer) = (Vec::new(), V2DeflateSerializer::new());
    let start = UNIX_EPOCH + Duration::from_secs(1_795_000_000);
    let mut log = IntervalLogWriterBuilder::new()
        .with_start_time(start)
        .with_base_time(start)
        .begin_log_with(&mut out, &mut serializer)
        .unwrap();
    for (second, histogram) in (0..).zip(seconds) {
        log.write_histogram(
            histogram,
            Duration::from_secs(second),
            Duration::from_secs(1),
            None,
        )
        .unwrap();
    }
    out
}

/// Only the count is read.
fn latency(count: u64) -> Latency {
    Latency {
        count,
        min_us: 1,
        mean_us: 1.0,
        stdev_us: 0.0,
        p50_us: 1,
        p90_us: 1,
        p95_us: 1,
        p99_us: 1,
        p999_us: 1,
        max_us: 1,
        curve: Vec::new(),
    }
}

/// A folder with a run `base`, one like it, one slower by a quarter, and one that cannot be compared.
fn stored() -> Folder {
    let folder = Folder::new();
    let at = |name: &str| folder.path(&format!("reports/{name}"));
    store(&at("base"), 1.0, 1, |_| {});
    store(&at("same"), 1.0, 2, |_| {});
    store(&at("slow"), 1.25, 3, |_| {});
    store(&at("other"), 1.0, 4, |run| run.run.host.cores = 8);
    fs::write(folder.path("reports/latest"), "slow\n").unwrap();
    folder
}

#[test]
fn exit_codes_are_0_6_7_and_3() {
    let folder = stored();
    folder
        .utlegg("compare base same")
        .run()
        .exits_with(0)
        .says(&["PASS  no change for the worse"]);
    folder
        .utlegg("compare base slow")
        .run()
        .exits_with(6)
        .says(&["REGRESSION  sample/step-0 (v2) p", "slower ("]);
    let inconclusive = folder.utlegg("compare base same --drift 30%").run();
    inconclusive.exits_with(7).says(&["INCONCLUSIVE  "]);
    folder
        .utlegg("compare base other")
        .run()
        .exits_with(3)
        .complains(&[
            "these runs cannot be compared",
            "2 cores in base, linux on x86_64 with 8 cores in head",
        ]);
    let gone = folder.utlegg("compare base gone").run().exits_with(3);
    gone.complains(&["no run `gone`"]);
    let rounds = folder.utlegg("compare base,same slow").run().exits_with(3);
    rounds.complains(&["2 runs in base and 1 in head"]);
    for wrong in [
        "compare base",
        "compare base same --min-effect 5",
        "compare a b --format xml",
    ] {
        folder.utlegg(wrong).run().exits_with(2);
    }
}

#[test]
fn runs_are_named_by_id_folder_and_latest() {
    let folder = stored();
    for head in ["slow", "reports/slow", "reports/slow/load.json", "latest"] {
        folder
            .utlegg(&format!("compare reports/base {head}"))
            .run()
            .exits_with(6);
    }
    fs::remove_file(folder.path("reports/base/run.jsonl")).unwrap();
    folder.utlegg("compare base same").run().exits_with(0);
}

#[test]
fn json_is_as_its_schema_says_and_the_same_each_time() {
    let folder = stored();
    let validator = strict(include_str!("../../../schema/comparison.schema.json"));
    for (head, code) in [("same", 0), ("slow", 6)] {
        let line = format!("compare base {head} --format json");
        let once = folder.utlegg(&line).run().exits_with(code).stdout;
        let value: Value = serde_json::from_str(&once).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(value["exit_code"], code);
        assert_eq!(folder.utlegg(&line).run().stdout, once);
    }
}

#[test]
fn markdown_begins_with_the_verdict() {
    let folder = stored();
    let page = folder
        .utlegg("compare base slow --format markdown")
        .run()
        .exits_with(6);
    assert!(
        page.stdout
            .starts_with("### utlegg compare: regression\n\nSample/step-0 (v2) p"),
        "{}",
        page.stdout
    );
}
