//! The interpreter against a transport that answers from a script: no network, no mock.

mod iteration;
mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use utlegg::auth::Broker;
use utlegg::contract::Contract;
use utlegg::http::{Exchange, Request, Response, Timing, Transport, TransportError, TransportErrorKind};
use utlegg::identity::Guard;
use utlegg::outcome::{Event, StepOutcome, StepRecord, TestFinished, Verdict};
use utlegg::runner::{self, Target, World};
use utlegg::scenario::{Disk, Language};
use utlegg::snapshot::{Mode, Store};
use utlegg::source::SourceFile;
use utlegg::testdata::Pool;

/// What the transport does with a request.
enum Answer {
    Json(u16, Value),
    RetryAfter(u16, u64),
    Refused,
    Panic,
}

type Script = dyn Fn(&Request, usize) -> Answer + Send + Sync;

/// Answers each request by a function of it and of its number.
struct Scripted {
    script: Box<Script>,
    sent: Mutex<Vec<Request>>,
}

impl Transport for Scripted {
    async fn send(&self, request: Request) -> Exchange {
        let number = {
            let mut sent = self.sent.lock().unwrap();
            sent.push(request.clone());
            sent.len()
        };
        let response = |status, headers, body: String| {
            Ok(Response {
                status,
                headers,
                body: Bytes::from(body),
            })
        };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        let result = match (self.script)(&request, number) {
            Answer::Json(status, body) => response(status, headers, body.to_string()),
            Answer::RetryAfter(status, seconds) => {
                headers.insert("retry-after", HeaderValue::from(seconds));
                response(
                    status,
                    headers,
                    json!({ "kode": "KB-001", "melding": "x", "korrelasjonsid": "y" }).to_string(),
                )
            }
            Answer::Refused => Err(TransportError {
                kind: TransportErrorKind::Connect,
                message: "connection refused".to_owned(),
            }),
            Answer::Panic => panic!("the transport is broken"),
        };
        Exchange {
            request,
            result,
            timing: Timing {
                started_at: jiff::Timestamp::UNIX_EPOCH,
                to_headers: None,
                total: Duration::from_micros(10),
            },
        }
    }
}

/// What a run told its listener.
struct Told {
    steps: Vec<StepRecord>,
    tests: Vec<TestFinished>,
    sent: Vec<Request>,
}

impl Told {
    fn test(&self, scenario: &str) -> &TestFinished {
        let mut found = self.tests.iter().filter(|test| test.test.scenario == scenario);
        found.next().expect("the test ended")
    }

    fn step(&self, id: &str) -> &StepRecord {
        let mut found = self.steps.iter().filter(|step| step.step == id);
        found.next().expect("the step ended")
    }
}

async fn run(text: &str, script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Told {
    run_until(text, script, CancellationToken::new()).await
}

async fn run_until(
    text: &str,
    script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
    cancel: CancellationToken,
) -> Told {
    let contract = Contract::builtin("v2").unwrap();
    let language = Language {
        contracts: &[Arc::clone(&contract)],
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("test.yaml", text)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    let transport = Arc::new(Scripted {
        script: Box::new(script),
        sent: Mutex::default(),
    });
    let world = world(Arc::clone(&transport), contract);
    let (sender, mut receiver) = tokio::sync::mpsc::channel(4);
    let running = tokio::spawn(async move {
        let listener = Arc::new(sender);
        runner::run(world, loaded.tests, 4, listener, cancel, |test| {
            test.scenario.id.value.clone()
        })
        .await;
    });
    let mut told = Told {
        steps: Vec::new(),
        tests: Vec::new(),
        sent: Vec::new(),
    };
    while let Some(event) = receiver.recv().await {
        match event {
            Event::StepFinished(step) => told.steps.push(*step),
            Event::TestFinished(ended) => told.tests.push(*ended),
            _ => {}
        }
    }
    running.await.expect("the run ends");
    told.sent.clone_from(&transport.sent.lock().unwrap());
    told
}

fn world(transport: Arc<Scripted>, contract: Arc<Contract>) -> Arc<World<Scripted>> {
    let target = Target {
        contract,
        base_urls: BTreeMap::from([(String::new(), "http://127.0.0.1:9/api".to_owned())]),
    };
    Arc::new(World {
        name: "scripted".to_owned(),
        targets: BTreeMap::from([("v2".to_owned(), target)]),
        capabilities: BTreeSet::from(["processing".to_owned()]),
        principals: BTreeMap::new(),
        default_principal: "none".to_owned(),
        broker: Broker::new(Arc::clone(&transport), None, None),
        parties: Pool::new(1, Vec::new()),
        snapshots: Store::new("nowhere", Mode::Check),
        stand_in: None,
        guard: Guard::default(),
        seed: 1,
        known: runner::KnownAnswers::default(),
        reference_suffix: String::new(),
        transport,
    })
}

fn status(saksstatus: &str) -> Answer {
    let body = json!({
        "eksternSaksreferanse": "A", "saksnummer": "UTLBGJ/2026/1", "saksstatus": saksstatus, "meldingsdato": "2026-01-15",
        "saksoeker": [{}], "saksoekt": [{}], "kravISak": [], "beslutningsinformasjon": []
    });
    Answer::Json(200, body)
}

const POLL: &str = "scenario: poll
title: A poll
steps:
  - poll: case-status
    with: { eksternSaksreferanse: A }
    until: { $.saksstatus: sakBesluttet }
    fail_if: { $.saksstatus: sakHevet }
    every: { initial: 10ms, factor: 2, max: 40ms }
    within: 2s
    measure: to-decision
";

#[tokio::test]
async fn a_panicking_scenario_does_not_end_the_run() {
    let text = "scenario: broken\ntitle: x\nsteps:\n  - raw: { method: GET, path: /panic }\n    expect: { status: 404 }\n---\n\
                scenario: sound\ntitle: x\nsteps:\n  - raw: { method: GET, path: /ok }\n    expect: { status: 404 }\n";
    let told = run(text, |request, _| {
        if request.url.ends_with("/panic") {
            Answer::Panic
        } else {
            Answer::Json(
                404,
                json!({ "kode": "KB-003", "melding": "x", "korrelasjonsid": "y" }),
            )
        }
    })
    .await;
    let broken = told.test("broken");
    assert_eq!(broken.verdict, Verdict::Error);
    assert!(
        broken
            .reason
            .as_deref()
            .unwrap()
            .contains("the transport is broken")
    );
    assert_eq!(told.test("sound").verdict, Verdict::Passed);
}

#[tokio::test]
async fn a_poll_goes_on_until_its_condition_holds_and_is_measured() {
    let told = run(POLL, |_, number| {
        status(if number < 4 {
            "sakUnderBehandling"
        } else {
            "sakBesluttet"
        })
    })
    .await;
    let step = told.step("case-status");
    assert_eq!((step.outcome, step.attempts), (StepOutcome::Passed, 4));
    // Three waits: 10, 20 and 40 ms.
    let (name, micros) = step.measure.clone().unwrap();
    assert_eq!(name, "to-decision");
    assert!(micros >= 70_000, "{micros}");
    assert_eq!(told.test("poll").verdict, Verdict::Passed);
}

#[tokio::test]
async fn a_poll_fails_at_once_on_its_fatal_condition() {
    let told = run(POLL, |_, _| status("sakHevet")).await;
    let step = told.step("case-status");
    assert_eq!((step.outcome, step.attempts), (StepOutcome::Failed, 1));
    let check = &step.checks[0];
    assert!(check.expected.starts_with("not "), "{check:?}");
    // What never came was not measured.
    assert_eq!(step.measure, None);
}

#[tokio::test]
async fn a_poll_that_never_gets_there_says_how_long_it_tried() {
    let text = POLL.replace("within: 2s", "within: 500ms");
    let told = run(&text, |_, _| status("sakUnderBehandling")).await;
    let step = told.step("case-status");
    assert_eq!(step.outcome, StepOutcome::Failed);
    let detail = step.checks[0].detail.as_deref().unwrap();
    assert!(detail.contains("of 500ms"), "{detail}");
    assert!(step.attempts >= 2);
}

#[tokio::test]
async fn a_poll_obeys_retry_after_and_gives_up_on_other_errors() {
    let began = Instant::now();
    let told = run(POLL, |_, number| match number {
        1 => Answer::RetryAfter(503, 1),
        _ => status("sakBesluttet"),
    })
    .await;
    assert_eq!(told.step("case-status").attempts, 2);
    assert!(began.elapsed() >= Duration::from_secs(1));
    let told = run(POLL, |_, _| {
        Answer::Json(
            404,
            json!({ "kode": "KB-009", "melding": "x", "korrelasjonsid": "y" }),
        )
    })
    .await;
    let step = told.step("case-status");
    assert_eq!((step.outcome, step.attempts), (StepOutcome::Failed, 1));
}

#[tokio::test]
async fn a_network_failure_is_an_error_and_the_steps_after_it_are_not_run() {
    let text = "scenario: s\ntitle: x\nsteps:\n  - call: case-status\n    with: { eksternSaksreferanse: A }\n    \
                expect: { status: success }\n    capture: { sak: $.eksternSaksreferanse }\n  - call: messages\n    \
                with: { eksternSaksreferanse: '${sak}' }\n    expect: { status: success }\n";
    let told = run(text, |_, _| Answer::Refused).await;
    assert_eq!(told.test("s").verdict, Verdict::Error);
    assert_eq!(told.step("case-status").outcome, StepOutcome::Error);
    let skipped = told.step("messages");
    assert_eq!(skipped.outcome, StepOutcome::NotRun);
    assert!(skipped.error.as_deref().unwrap().contains("could not be judged"));
    assert_eq!(told.sent.len(), 1);
}

#[tokio::test]
async fn what_the_environment_lacks_makes_a_scenario_not_applicable() {
    let text = "scenario: s\ntitle: x\nrequires: [processing, attachments]\nsteps:\n  - call: case-status\n    \
                with: { eksternSaksreferanse: A }\n    expect: { status: success }\n";
    let told = run(text, |_, _| status("sakOpprettet")).await;
    let ended = told.test("s");
    assert_eq!(ended.verdict, Verdict::NotApplicable);
    assert_eq!(
        ended.reason.as_deref(),
        Some("environment `scripted` lacks: attachments")
    );
    assert!(told.sent.is_empty());
}

#[tokio::test]
async fn a_failed_should_is_a_warning() {
    let text = "scenario: s\ntitle: x\nobligation: should\nsteps:\n  - call: case-status\n    \
                with: { eksternSaksreferanse: A }\n    expect: { body: { $.saksstatus: sakHevet } }\n";
    let told = run(text, |_, _| status("sakOpprettet")).await;
    assert_eq!(told.test("s").verdict, Verdict::Warning);
}

#[tokio::test]
async fn nothing_that_could_be_real_is_sent() {
    // An official test vector with a birth date yet to come, put together so that no file holds it.
    let text = "scenario: s\ntitle: x\nsteps:\n  - call: case-status\n    \
                with: { eksternSaksreferanse: '${\"020132\" + \"99997\"}' }\n    expect: { status: success }\n";
    let told = run(text, |_, _| status("sakOpprettet")).await;
    let step = told.step("case-status");
    assert_eq!(step.outcome, StepOutcome::Error);
    let error = step.error.as_deref().unwrap();
    assert!(error.contains("possible real person in the URL"), "{error}");
    assert!(!error.contains("02013299997"), "{error}");
    assert!(told.sent.is_empty());
}

#[tokio::test]
async fn an_interrupted_run_tells_of_every_test() {
    let cancel = CancellationToken::new();
    let second = cancel.clone();
    let text = format!(
        "{POLL}---\n{}",
        POLL.replace("scenario: poll", "scenario: another")
    );
    let told = run_until(
        &text,
        move |_, number| {
            if number > 3 {
                second.cancel();
            }
            status("sakUnderBehandling")
        },
        cancel,
    )
    .await;
    assert_eq!(told.tests.len(), 2);
    for test in &told.tests {
        assert_ne!(test.verdict, Verdict::Passed);
        assert_ne!(test.verdict, Verdict::Failed, "{:?}", test.reason);
    }
}

#[tokio::test]
async fn every_call_has_a_fresh_correlation_id_and_the_headers_the_contract_names() {
    let text = "scenario: s\ntitle: x\nsteps:\n  - call: case-status\n    with: { eksternSaksreferanse: 'A/B' }\n    \
                expect: { status: success }\n  - call: case-status\n    with: { eksternSaksreferanse: A }\n    \
                headers: { Klientid: null, X-Egen: '${1 + 1}' }\n    query: { q: 'a b&c' }\n    expect: { status: success }\n";
    let told = run(text, |_, _| status("sakOpprettet")).await;
    let header = |request: &Request, name: &str| {
        let value = request.headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let [first, second] = told.sent.as_slice() else {
        panic!("two requests");
    };
    assert_ne!(
        header(first, "korrelasjonsid").unwrap(),
        header(second, "korrelasjonsid").unwrap()
    );
    assert!(header(first, "klientid").unwrap().starts_with("utlegg/"));
    assert_eq!(header(second, "klientid"), None);
    assert_eq!(header(second, "x-egen").unwrap(), "2");
    assert!(first.url.ends_with("/status/A%2FB"), "{}", first.url);
    assert!(second.url.ends_with("/status/A?q=a%20b%26c"), "{}", second.url);
}

#[tokio::test]
async fn fields_that_the_receiver_ignores_are_noted_in_the_record() {
    let told = run(
        "scenario: s\ntitle: T\nas: none\nsteps:\n  - call: ruleset-lookup\n    \
         body: { identifikatorer: ['213144502'], nyttFelt: 1 }\n    expect: { status: success }\n",
        |_, _| Answer::Json(200, json!({"regelverk": []})),
    )
    .await;
    let notes = &told.step("ruleset-lookup").notes;
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(
        (notes[0].kind, notes[0].text.as_str()),
        (utlegg::outcome::NoteKind::UnknownRequestField, "/nyttFelt")
    );
}
