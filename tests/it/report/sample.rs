//! Synthetic events: a builder of runs.

use utlegg::outcome::{
    Check, CheckResult, Environment, Event, ExchangeRecord, HeaderRecord, Interruption, Note, NoteKind,
    Obligation, RequestRecord, ResponseRecord, RunFinished, RunStarted, SCHEMA_VERSION, StepKind,
    StepOutcome, StepRecord, Subject, TestFinished, TestId, TestStarted, Verdict,
};
use utlegg::report::Fold;
use utlegg::source::Position;

/// A run under construction; tests finish in the order they are added unless [`Run::swapped`].
pub struct Run {
    tests: Vec<Test>,
    /// Tests that are selected beyond those that run.
    unseen: usize,
    interrupted: bool,
}

/// A test under construction.
#[derive(Clone)]
pub struct Test {
    id: TestId,
    title: &'static str,
    obligation: Obligation,
    verdict: Verdict,
    reason: Option<String>,
    elapsed_us: u64,
    steps: Vec<StepRecord>,
}

pub fn at(file: &str, line: u32, column: u32) -> Position {
    Position {
        file: file.to_owned(),
        line,
        column,
    }
}

fn time(us: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(1_795_470_900_000_000 + us).unwrap()
}

pub fn check(subject: Subject, expected: &str, actual: &str) -> Check {
    Check {
        subject,
        result: if expected == actual {
            CheckResult::Passed
        } else {
            CheckResult::Failed
        },
        expected: expected.to_owned(),
        actual: actual.to_owned(),
        path: None,
        place: Some(at("scenarios/conditions/claims.yaml", 20, 7)),
        detail: None,
        reconstructed: false,
    }
}

/// A step that called `operation` and was answered with `status`.
pub fn step(name: &str, operation: &str, status: u16) -> StepRecord {
    let method = if operation == "submit" { "POST" } else { "GET" };
    StepRecord {
        test: TestId {
            scenario: String::new(),
            case: None,
            model: String::new(),
        },
        step: name.to_owned(),
        index: 0,
        kind: StepKind::Call,
        operation: Some(operation.to_owned()),
        place: at("scenarios/conditions/claims.yaml", 24, 5),
        preparation: false,
        outcome: StepOutcome::Passed,
        error: None,
        checks: vec![check(Subject::Status, &status.to_string(), &status.to_string())],
        notes: Vec::new(),
        attempts: 1,
        exchange: Some(ExchangeRecord {
            request: RequestRecord {
                method: method.to_owned(),
                url: format!("http://127.0.0.1:40123/utleggsbegjaering/v2/{operation}"),
                headers: vec![header("authorization", "Bearer ***")],
                body: "{}".to_owned(),
                body_bytes: 2,
            },
            response: Some(ResponseRecord {
                status,
                headers: vec![header("content-type", "application/json")],
                body: "{}".to_owned(),
                body_bytes: 2,
                code: None,
                conditions: Vec::new(),
                error_shape: None,
            }),
            failure: None,
            started_at: time(0),
            total_us: 4_100,
            korrelasjonsid: Some("0198e3a0-7b1c-7000-8000-000000000001".to_owned()),
        }),
        curl: Some(format!(
            "curl -X {method} 'http://127.0.0.1:40123/utleggsbegjaering/v2/{operation}' -H \"Authorization: Bearer $TOKEN\""
        )),
        elapsed_us: 4_300,
        measure: None,
    }
}

fn header(name: &str, value: &str) -> HeaderRecord {
    HeaderRecord {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

pub fn note(kind: NoteKind, text: &str) -> Note {
    Note {
        kind,
        text: text.to_owned(),
    }
}

impl Test {
    /// A passing test; `id` is `scenario` or `scenario/case`.
    pub fn new(id: &str) -> Self {
        let (scenario, case) = match id.split_once('/') {
            Some((scenario, case)) => (scenario, Some(case.to_owned())),
            None => (id, None),
        };
        Self {
            id: TestId {
                scenario: scenario.to_owned(),
                case,
                model: "v2".to_owned(),
            },
            title: "Conditions on claims",
            obligation: Obligation::Must,
            verdict: Verdict::Passed,
            reason: None,
            elapsed_us: 12_000,
            steps: Vec::new(),
        }
    }

    pub fn title(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    pub fn should(mut self) -> Self {
        self.obligation = Obligation::Should;
        self
    }

    pub fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = verdict;
        self
    }

    pub fn reason(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }

    pub fn took(mut self, us: u64) -> Self {
        self.elapsed_us = us;
        self
    }

    /// Adds a step, changed by `change`.
    pub fn step(mut self, mut step: StepRecord, change: impl FnOnce(&mut StepRecord)) -> Self {
        step.test = self.id.clone();
        step.index = self.steps.len();
        change(&mut step);
        if step.outcome == StepOutcome::Passed
            && step.checks.iter().any(|it| it.result == CheckResult::Failed)
        {
            step.outcome = StepOutcome::Failed;
        }
        self.steps.push(step);
        self
    }

    /// Adds a step without a fault.
    pub fn call(self, operation: &str) -> Self {
        self.step(step(operation, operation, 200), |_| {})
    }
}

impl Run {
    pub fn new() -> Self {
        Self {
            tests: Vec::new(),
            unseen: 0,
            interrupted: false,
        }
    }

    pub fn test(mut self, test: Test) -> Self {
        self.tests.push(test);
        self
    }

    pub fn interrupted(mut self) -> Self {
        self.interrupted = true;
        self
    }

    pub fn unseen(mut self, tests: usize) -> Self {
        self.unseen = tests;
        self
    }

    fn started(&self) -> Event {
        Event::RunStarted(Box::new(RunStarted {
            schema_version: SCHEMA_VERSION,
            run_id: "20261123T215500Z-002a".to_owned(),
            tool_version: "0.1.0".to_owned(),
            started_at: time(0),
            environment: Environment {
                name: "mock".to_owned(),
                models: vec!["v2".to_owned()],
                base_urls: vec![("v2".to_owned(), "http://127.0.0.1:40123".to_owned())],
                contracts: vec![("contracts/v2.yaml".to_owned(), "00ff".repeat(16))],
                mock: true,
            },
            seed: 42,
            jobs: 8,
            command: "utlegg run".to_owned(),
            tests: self.tests.len() + self.unseen,
            guard_exceptions: Vec::new(),
        }))
    }

    /// The events, the tests one after the other.
    pub fn events(&self) -> Vec<Event> {
        let order: Vec<usize> = (0..self.tests.len()).collect();
        self.events_in(&order)
    }

    /// The events with all tests begun at once and finished in `order`.
    pub fn events_in(&self, order: &[usize]) -> Vec<Event> {
        let mut events = vec![self.started()];
        let sequential = order.windows(2).all(|pair| pair[0] < pair[1]);
        let begin = |order: usize, test: &Test| {
            Event::TestStarted(TestStarted {
                test: test.id.clone(),
                order,
                started_at: time(1),
            })
        };
        if !sequential {
            events.extend(self.tests.iter().enumerate().map(|(i, test)| begin(i, test)));
        }
        for &i in order {
            let test = &self.tests[i];
            if sequential {
                events.push(begin(i, test));
            }
            events.extend(
                test.steps
                    .iter()
                    .map(|step| Event::StepFinished(Box::new(step.clone()))),
            );
            events.push(Event::TestFinished(Box::new(finished(i, test))));
        }
        events.push(self.finished(&events));
        events
    }

    fn finished(&self, events: &[Event]) -> Event {
        let mut fold = Fold::new();
        for event in events {
            fold.on_event(event);
        }
        let circumstances = utlegg::report::Circumstances {
            interrupted: self.interrupted,
            invalid: false,
        };
        Event::RunFinished(RunFinished {
            finished_at: time(1_900_000),
            elapsed_us: 1_900_000,
            interruption: self.interrupted.then_some(Interruption::Signal),
            exit_code: utlegg::report::ExitCode::of_run(&fold.counts(), circumstances).code(),
        })
    }
}

fn finished(order: usize, test: &Test) -> TestFinished {
    TestFinished {
        test: test.id.clone(),
        order,
        title: test.title.to_owned(),
        place: at("scenarios/conditions/claims.yaml", 14, 5),
        tags: vec!["conditions".to_owned()],
        obligation: test.obligation,
        verdict: test.verdict,
        reason: test.reason.clone(),
        elapsed_us: test.elapsed_us,
        rerun: format!(
            "utlegg run {}{} --model v2 --seed 42",
            test.id.scenario,
            test.id
                .case
                .as_ref()
                .map(|case| format!("/{case}"))
                .unwrap_or_default()
        ),
    }
}
