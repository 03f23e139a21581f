//! Load runs as they might have been: response times from a known law, so that it is known whether head is slower.
//!
//! A time is log-normal. Its middle wanders from second to second (autoregressive, the same for all rows, as a busy
//! machine slows everything), and a whole run lies off the next one by its drift. Shared by the tests and the benchmark.

use hdrhistogram::Histogram;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use utlegg::compare::{Run, Timeline};
use utlegg::outcome::Environment;
use utlegg::outcome::load::{
    Arrivals, CheckPolicy, Checked, Ending, Health, HealthLimit, Host, Iterations, LoadResult, LoadStarted,
    MixEntry, PlanRecord, Row, RowKind, Second, Stage, StageKind, Traffic, UserModel,
};

/// The law that runs are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// Seconds of a run.
    pub seconds: u16,
    /// Calls of each row per second.
    pub per_second: u16,
    /// Rows.
    pub rows: u8,
    /// Standard deviation of a single time's logarithm.
    pub spread: f64,
    /// Standard deviation of a second's middle, as a share.
    pub wander: f64,
    /// How much of a second's middle the next one keeps.
    pub keeps: f64,
    /// Standard deviation between runs, as a share.
    pub drift: f64,
    /// Rounds.
    pub rounds: u8,
}

/// A minute of three rows with fifty calls each a second, on a machine that wanders a little.
pub const QUIET: Law = Law {
    seconds: 60,
    per_second: 50,
    rows: 3,
    spread: 0.5,
    wander: 0.03,
    keeps: 0.5,
    drift: 0.0,
    rounds: 1,
};

/// The median of the first row, in microseconds; each further row has half as much again.
const MEDIAN_US: f64 = 20_000.0;

/// Rounds of base and head; head is slower by the factor.
pub fn pair(law: &Law, slower: f64, seed: u64) -> (Vec<Run>, Vec<Run>) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let rounds = (0..law.rounds).map(|round| {
        let base = run(law, 1.0, &format!("base-{round}"), &mut random);
        (base, run(law, slower, &format!("head-{round}"), &mut random))
    });
    rounds.unzip()
}

/// One run.
pub fn run(law: &Law, slower: f64, id: &str, random: &mut ChaCha8Rng) -> Run {
    let (result, histograms) = recorded(law, slower, id, random);
    let timeline = |row: Vec<Histogram<u64>>| Timeline::of(row.into_iter().enumerate());
    Run::new(result, histograms.into_iter().map(timeline).collect())
}

/// The result of a run and, for each row, the histogram of each second.
pub fn recorded(
    law: &Law,
    slower: f64,
    id: &str,
    random: &mut ChaCha8Rng,
) -> (LoadResult, Vec<Vec<Histogram<u64>>>) {
    let drift = (law.drift * normal(random)).exp();
    let innovation = law.wander * (1.0 - law.keeps * law.keeps).sqrt();
    let mut level = law.wander * normal(random);
    let mut levels = Vec::new();
    for _ in 0..law.seconds {
        level = law.keeps * level + innovation * normal(random);
        levels.push(level);
    }
    let mut rows = Vec::new();
    let mut histograms = Vec::new();
    for row in 0..law.rows {
        let median = MEDIAN_US * slower * drift * 1.5_f64.powi(i32::from(row));
        let second = |level: &f64| {
            let mut histogram = Histogram::new_with_bounds(1, 8_000_000, 3).unwrap();
            for _ in 0..law.per_second {
                let time = median * (level + law.spread * normal(random)).exp();
                histogram.saturating_record(whole(time));
            }
            histogram
        };
        histograms.push(levels.iter().map(second).collect());
        let count = u64::from(law.seconds) * u64::from(law.per_second);
        rows.push(a_row(&format!("sample/step-{row} (v2)"), count));
    }
    (result(law, id, rows), histograms)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time in microseconds"
)]
fn whole(time: f64) -> u64 {
    time as u64
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (one, two): (f64, f64) = (random.random_range(1e-12..1.0), random.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
}

/// A row of steps with so many samples.
pub fn a_row(name: &str, count: u64) -> Row {
    Row {
        kind: RowKind::Step,
        name: name.to_owned(),
        step: None,
        operation: Some("submit".to_owned()),
        count,
        errors: 0,
        response: None,
        service: None,
        statuses: [(202, count)].into(),
        codes: [].into(),
        response_log: None,
        service_log: None,
    }
}

/// The result of a run that went as planned.
pub fn result(law: &Law, id: &str, rows: Vec<Row>) -> LoadResult {
    let calls = u64::from(law.per_second) * u64::from(law.rows);
    let requests = calls * u64::from(law.seconds);
    let second = |second| Second {
        second,
        offered: calls,
        started: calls,
        finished: calls,
        requests: calls,
        ..Second::default()
    };
    LoadResult {
        schema_version: 1,
        run: started(law, id),
        ending: Ending::Finished,
        stopped_because: None,
        measured_us: u64::from(law.seconds) * 1_000_000,
        iterations: Iterations {
            offered: requests,
            started: requests,
            passed: requests,
            ..Iterations::default()
        },
        traffic: Traffic {
            requests,
            ..Traffic::default()
        },
        checked: Checked::default(),
        rows,
        merged: Vec::new(),
        series: (0..u64::from(law.seconds)).map(second).collect(),
        failures: Vec::new(),
        failures_omitted: 0,
        warm_up_failures: 0,
        health: health(),
        thresholds: Vec::new(),
        exit_code: 0,
    }
}

fn started(law: &Law, id: &str) -> LoadStarted {
    let per_second = f64::from(law.per_second);
    LoadStarted {
        run_id: id.to_owned(),
        tool_version: "0.1.0".to_owned(),
        started_at: "2026-11-24T02:00:00Z".parse().unwrap(),
        environment: Environment {
            name: "mock".to_owned(),
            models: vec!["v2".to_owned()],
            base_urls: vec![("v2".to_owned(), "http://127.0.0.1:1".to_owned())],
            contracts: vec![("contracts/v2.yaml".to_owned(), "c0ffee".repeat(8))],
            mock: true,
        },
        seed: 7,
        command: "utlegg load load/sample.yaml".to_owned(),
        plan: PlanRecord {
            name: "sample".to_owned(),
            title: None,
            file: None,
            mix: vec![MixEntry {
                test: "sample (v2)".to_owned(),
                weight: 1,
                fingerprint: "5ca1ab1e".repeat(8),
            }],
            model: UserModel::Rate {
                per_second,
                arrivals: Arrivals::Constant,
                max_users: 100,
            },
            stages: vec![Stage {
                kind: StageKind::Hold,
                to: per_second,
                over_us: u64::from(law.seconds) * 1_000_000,
            }],
            think_us: (0, 0),
            duration_us: Some(u64::from(law.seconds) * 1_000_000),
            warm_up_us: 0,
            iterations: None,
            check: CheckPolicy::All,
            thresholds: Vec::new(),
        },
        host: Host {
            os: "linux".to_owned(),
            architecture: "x86_64".to_owned(),
            cores: 2,
        },
        guard_exceptions: Vec::new(),
    }
}

fn health() -> Health {
    Health {
        healthy: true,
        offered_rate: Some(50.0),
        achieved_rate: 50.0,
        lag_p99_us: 900,
        lag_max_us: 2_000,
        start_lag_p99_us: Some(300),
        cpu_cores: 0.2,
        cores: 2,
        cpu_us_per_request: 80.0,
        peak_memory: None,
        limits: vec![HealthLimit {
            name: "dropped iterations".to_owned(),
            limit: "at most 1 % of those offered".to_owned(),
            found: "0 %".to_owned(),
            kept: true,
        }],
    }
}
