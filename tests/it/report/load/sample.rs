//! Made-up results of load runs, such as a run writes them.

use std::collections::BTreeMap;

use utlegg::outcome::load::{
    Arrivals, CheckPolicy, Checked, Ending, FailureGroup, FailureKind, Health, HealthLimit, Host, Iterations,
    LOAD_SCHEMA_VERSION, Latency, LoadResult, LoadStarted, MixEntry, PlanRecord, Quantile, Row, RowKind,
    Second, Stage, StageKind, ThresholdOutcome, ThresholdResult, Traffic, UserModel,
};
use utlegg::outcome::{Environment, StepRecord, Subject};

use crate::report::sample::{at, check, step};

/// The percentiles of a curve.
const PERCENTILES: [f64; 17] = [
    0.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 97.5, 99.0, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 99.995,
    100.0,
];

/// A distribution around `p50_us` whose tail is the heavier the larger `tail` is.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "made-up times far below the limits"
)]
pub fn latency(p50_us: u64, tail: f64, count: u64) -> Latency {
    let value = |percentile: f64| {
        let rest = (1.0 - percentile / 100.0).max(1.0 / (count as f64 + 1.0));
        (p50_us as f64 * (0.6 + 0.2 / rest.powf(tail))) as u64
    };
    let curve: Vec<Quantile> = PERCENTILES
        .iter()
        .map(|&percentile| Quantile {
            percentile,
            value_us: value(percentile),
        })
        .collect();
    Latency {
        count,
        min_us: value(0.0),
        mean_us: p50_us as f64 * 1.1,
        stdev_us: p50_us as f64 * 0.6,
        p50_us: value(50.0),
        p90_us: value(90.0),
        p95_us: value(95.0),
        p99_us: value(99.0),
        p999_us: value(99.9),
        max_us: value(100.0),
        curve,
    }
}

fn row(kind: RowKind, name: &str, operation: Option<&str>, times: (u64, f64), count: u64) -> Row {
    Row {
        kind,
        name: name.to_owned(),
        step: operation.map(str::to_owned),
        operation: operation.map(str::to_owned),
        count,
        errors: 0,
        response: Some(latency(times.0, times.1, count)),
        service: Some(latency(times.0 * 9 / 10, times.1 * 0.6, count)),
        statuses: operation
            .map(|_| BTreeMap::from([(200, count)]))
            .unwrap_or_default(),
        codes: BTreeMap::new(),
        response_log: Some(format!("hdr/{}.response.hlog", name.replace(['/', ' '], "-"))),
        service_log: Some(format!("hdr/{}.service.hlog", name.replace(['/', ' '], "-"))),
    }
}

/// `seconds` seconds at 50 arrivals per second with a stall of two seconds at a third of the way.
pub fn series(seconds: u64) -> Vec<Second> {
    let one = |second: u64| {
        let wobble = (second * 7919 % 23) * 40;
        let stalled = second >= seconds / 3 && second < seconds / 3 + 2;
        let slow = if stalled { 60 } else { 1 };
        let ramp = 50.min(5 * (second + 1));
        let begun = if stalled { 4 } else { ramp };
        Second {
            second,
            offered: ramp,
            started: begun,
            finished: begun,
            dropped: u64::from(stalled) * 3,
            requests: begun * 3,
            polls: begun * 2,
            errors: u64::from(second % 17 == 3) + u64::from(stalled) * 5,
            users: 6 + second * 31 % 5 + u64::from(stalled) * 40,
            p50_us: (4_100 + wobble) * slow,
            p95_us: (9_800 + wobble * 3) * slow,
            p99_us: (21_000 + wobble * 7) * slow.min(40),
            max_us: (48_000 + wobble * 29) * slow.min(40),
        }
    };
    (0..seconds).map(one).collect()
}

fn failed_step() -> StepRecord {
    let mut step = step("submit", "submit", 500);
    "submit-poll-correct".clone_into(&mut step.test.scenario);
    "v2".clone_into(&mut step.test.model);
    step.outcome = utlegg::outcome::StepOutcome::Failed;
    step.checks = vec![
        check(Subject::Status, "200", "500"),
        check(Subject::Code, "none", "KB-001"),
    ];
    step
}

fn failures() -> Vec<FailureGroup> {
    vec![
        FailureGroup {
            row: "submit-poll-correct/submit (v2)".to_owned(),
            kind: FailureKind::Check,
            shape: "status: expected 200, got 500; error code: KB-001".to_owned(),
            count: 14,
            first_us: 3_400_000,
            last_us: 112_000_000,
            example: Some(Box::new(failed_step())),
        },
        FailureGroup {
            row: "submit-poll-correct/change (v2)".to_owned(),
            kind: FailureKind::Transport,
            shape: "no complete answer within 30 s".to_owned(),
            count: 3,
            first_us: 40_100_000,
            last_us: 41_900_000,
            example: None,
        },
    ]
}

fn threshold(text: &str, outcome: ThresholdOutcome, actual: &str) -> ThresholdResult {
    ThresholdResult {
        text: text.to_owned(),
        place: "load/pilot.yaml:14:5".to_owned(),
        outcome,
        actual: actual.to_owned(),
        aborted: false,
    }
}

fn health() -> Health {
    let limit = |name: &str, limit: &str, found: &str| HealthLimit {
        name: name.to_owned(),
        limit: limit.to_owned(),
        found: found.to_owned(),
        kept: true,
    };
    Health {
        healthy: true,
        offered_rate: Some(50.0),
        achieved_rate: 49.94,
        lag_p99_us: 1_210,
        lag_max_us: 4_300,
        start_lag_p99_us: Some(180),
        cpu_cores: 0.42,
        cores: 2,
        cpu_us_per_request: 118.4,
        peak_memory: Some(43_515_904),
        limits: vec![
            limit("dropped iterations", "at most 1 % of those offered", "0.1 %"),
            limit("heartbeat lateness at p99", "at most 10 ms", "1.21 ms"),
            limit("CPU of the injector", "at most 80 % of its cores", "21 %"),
        ],
    }
}

fn plan() -> PlanRecord {
    let mix = |test: &str, weight: u32| MixEntry {
        test: test.to_owned(),
        weight,
        fingerprint: "5e1f".repeat(16),
    };
    PlanRecord {
        name: "pilot".to_owned(),
        title: Some("A morning of the pilot".to_owned()),
        file: Some("load/pilot.yaml".to_owned()),
        mix: vec![
            mix("submit-poll-correct (v2)", 3),
            mix("conditions-claims/duplicate (v2)", 1),
        ],
        model: UserModel::Rate {
            per_second: 50.0,
            arrivals: Arrivals::Poisson,
            max_users: 200,
        },
        stages: vec![
            Stage {
                kind: StageKind::Ramp,
                to: 50.0,
                over_us: 10_000_000,
            },
            Stage {
                kind: StageKind::Hold,
                to: 50.0,
                over_us: 110_000_000,
            },
        ],
        think_us: (0, 0),
        duration_us: Some(120_000_000),
        warm_up_us: 5_000_000,
        iterations: None,
        check: CheckPolicy::All,
        thresholds: vec!["p95 < 300ms".to_owned(), "errors < 0.1%".to_owned()],
    }
}

fn started() -> LoadStarted {
    LoadStarted {
        run_id: "20261123T215500Z-002a".to_owned(),
        tool_version: "0.1.0".to_owned(),
        started_at: "2026-11-23T21:55:00Z".parse().unwrap(),
        environment: Environment {
            name: "mock".to_owned(),
            models: vec!["v2".to_owned()],
            base_urls: vec![("v2".to_owned(), "http://127.0.0.1:40123".to_owned())],
            contracts: vec![("contracts/v2.yaml".to_owned(), "00ff".repeat(16))],
            mock: true,
        },
        seed: 42,
        command: "utlegg load load/pilot.yaml --seed 42".to_owned(),
        plan: plan(),
        host: Host {
            os: "linux".to_owned(),
            architecture: "x86_64".to_owned(),
            cores: 2,
        },
        guard_exceptions: Vec::new(),
    }
}

fn rows() -> Vec<Row> {
    let flow = "submit-poll-correct";
    let mut submit = row(
        RowKind::Step,
        &format!("{flow}/submit (v2)"),
        Some("submit"),
        (5_200, 0.42),
        4_410,
    );
    submit.errors = 14;
    submit.statuses = BTreeMap::from([(200, 4_396), (500, 14)]);
    submit.codes = BTreeMap::from([("KB-001".to_owned(), 14)]);
    let mut change = row(
        RowKind::Step,
        &format!("{flow}/change (v2)"),
        Some("change"),
        (6_900, 0.5),
        4_390,
    );
    change.errors = 3;
    vec![
        submit,
        change,
        row(
            RowKind::Step,
            "conditions-claims/duplicate/submit (v2)",
            Some("submit"),
            (2_100, 0.25),
            1_468,
        ),
        row(
            RowKind::Poll,
            &format!("{flow}/messages (v2)"),
            Some("messages"),
            (1_300, 0.2),
            12_830,
        ),
        row(
            RowKind::Scenario,
            &format!("{flow} (v2)"),
            None,
            (2_031_000, 0.1),
            4_390,
        ),
        row(
            RowKind::Scenario,
            "conditions-claims/duplicate (v2)",
            None,
            (2_300, 0.25),
            1_468,
        ),
        row(
            RowKind::Measure,
            "submit-to-correction",
            None,
            (1_004_000, 0.12),
            4_390,
        ),
    ]
}

/// A run whose thresholds are met but for two, against a sound injector.
pub fn missed() -> LoadResult {
    LoadResult {
        schema_version: LOAD_SCHEMA_VERSION,
        run: started(),
        ending: Ending::Finished,
        stopped_because: None,
        measured_us: 120_000_000,
        iterations: Iterations {
            offered: 5_869,
            started: 5_863,
            passed: 5_841,
            failed: 14,
            errors: 3,
            unfinished: 5,
            dropped: 6,
            late: 92,
        },
        traffic: Traffic {
            requests: 10_268,
            polls: 12_830,
            tokens: 2,
            sent_bytes: 41_000_000,
            received_bytes: 9_120_000,
        },
        checked: Checked {
            answers: 23_095,
            whole: 23_095,
            checks: 120_412,
            reconstructed: 1_468,
        },
        rows: rows(),
        merged: vec![
            row(RowKind::All, "all calls", None, (5_600, 0.45), 10_268),
            row(RowKind::Shared, "submit", Some("submit"), (4_300, 0.4), 5_878),
            row(
                RowKind::SharedScenario,
                "submit-poll-correct",
                None,
                (2_031_000, 0.1),
                4_390,
            ),
        ],
        series: series(120),
        failures: failures(),
        failures_omitted: 0,
        warm_up_failures: 0,
        health: health(),
        thresholds: vec![
            threshold("p95 < 300ms", ThresholdOutcome::Met, "24.1ms"),
            threshold("p99 of submit < 20ms", ThresholdOutcome::Missed, "47.2ms"),
            threshold("errors < 0.1%", ThresholdOutcome::Met, "0.07%"),
            threshold("codes[KB-001] == 0", ThresholdOutcome::Missed, "14"),
            threshold("rate >= 45/s", ThresholdOutcome::Met, "49.9/s"),
        ],
        exit_code: 5,
    }
}

/// A run that passed.
pub fn passed() -> LoadResult {
    let mut result = missed();
    result.failures.clear();
    result.rows[0].errors = 0;
    result.rows[1].errors = 0;
    result.thresholds.retain(|it| it.outcome == ThresholdOutcome::Met);
    (result.iterations.failed, result.iterations.errors) = (0, 0);
    result.iterations.passed = 5_858;
    for second in &mut result.series {
        second.errors = 0;
    }
    result.exit_code = 0;
    result
}

/// A run in the closed model that nothing came of: no sample, no series.
pub fn empty() -> LoadResult {
    let mut result = missed();
    result.run.plan.model = UserModel::Users { users: 5 };
    result.run.plan.check = CheckPolicy::Sample { every: 10 };
    result.run.plan.title = None;
    (result.iterations, result.traffic) = (Iterations::default(), Traffic::default());
    result.checked = Checked::default();
    for row in result.rows.iter_mut().chain(&mut result.merged) {
        (row.count, row.errors) = (0, 0);
        (row.response, row.service) = (None, None);
        row.statuses.clear();
        row.codes.clear();
    }
    result.series.clear();
    result.failures.clear();
    result.warm_up_failures = 50;
    result.ending = Ending::Aborted;
    result.stopped_because = Some("the service refused 50 connections in a row".to_owned());
    result.thresholds = vec![threshold("p95 < 300ms", ThresholdOutcome::NoSample, "–")];
    (result.health.offered_rate, result.health.start_lag_p99_us) = (None, None);
    result.health.peak_memory = None;
    result.exit_code = 3;
    result
}

/// A run of an injector that could not keep up.
pub fn inconclusive() -> LoadResult {
    let mut result = passed();
    result.health.healthy = false;
    "4.2 %".clone_into(&mut result.health.limits[0].found);
    result.health.limits[0].kept = false;
    result.iterations.dropped = 246;
    result.iterations.offered += 240;
    result.exit_code = 7;
    result
}

/// A run with text from outside that means something to HTML, XML, Markdown and terminals.
pub fn hostile() -> LoadResult {
    let evil =
        "<script>alert('x')</script>\"]]>&<img src=x onerror=alert(1)>\u{1b}[2J|`*{{ 7*7 }}</title></style>";
    let mut result = missed();
    result.run.plan.title = Some(evil.to_owned());
    evil.clone_into(&mut result.run.plan.name);
    evil.clone_into(&mut result.run.command);
    evil.clone_into(&mut result.run.environment.name);
    evil.clone_into(&mut result.run.environment.base_urls[0].1);
    evil.clone_into(&mut result.run.plan.mix[0].test);
    result.run.guard_exceptions.push(evil.to_owned());
    for row in &mut result.rows {
        row.name.push_str(evil);
    }
    result.rows[0].codes.insert(evil.to_owned(), 3);
    for group in &mut result.failures {
        evil.clone_into(&mut group.shape);
        evil.clone_into(&mut group.row);
        if let Some(example) = &mut group.example {
            evil.clone_into(&mut example.checks[0].actual);
            example.error = Some(evil.to_owned());
            example.curl = Some(evil.to_owned());
            let exchange = example.exchange.as_mut().unwrap();
            evil.clone_into(&mut exchange.request.url);
            evil.clone_into(&mut exchange.request.body);
            evil.clone_into(&mut exchange.response.as_mut().unwrap().body);
        }
    }
    evil.clone_into(&mut result.thresholds[1].text);
    evil.clone_into(&mut result.thresholds[1].actual);
    evil.clone_into(&mut result.health.limits[0].name);
    result.stopped_because = Some(evil.to_owned());
    result.ending = Ending::Aborted;
    result.thresholds[1].place = at(evil, 3, 4).to_string();
    result
}
