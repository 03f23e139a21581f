//! A service inside the test: a transport that answers by a function after a time of its own choosing, and all that a
//! load needs around it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::json;
use utlegg::auth::Broker;
use utlegg::contract::Contract;
use utlegg::http::{Exchange, Request, Response, Timing, Transport, TransportError, TransportErrorKind};
use utlegg::identity::Guard;
use utlegg::load::engine::Options;
use utlegg::load::measure::{Recorder, RecorderOptions, Rows};
use utlegg::load::plan::{Mixed, Plan};
use utlegg::outcome::load::{Arrivals, CheckPolicy, Stage, StageKind, UserModel};
use utlegg::runner::{Target, World};
use utlegg::scenario::{Disk, Language, Test};
use utlegg::snapshot::{Mode, Store};
use utlegg::source::SourceFile;
use utlegg::testdata::Pool;

/// What the service does with a call.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// Answers after a while, with this status.
    Answer(u16, Duration),
    /// Refuses the connection.
    Refuse,
    /// Makes the program itself fail.
    Panic,
}

type Script = dyn Fn(u64) -> Deed + Send + Sync;

/// Does with each call what a function of its number says.
pub struct Service {
    script: Box<Script>,
    pub calls: AtomicU64,
}

impl Service {
    pub fn new(script: impl Fn(u64) -> Deed + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            script: Box::new(script),
            calls: AtomicU64::new(0),
        })
    }
}

impl Transport for Service {
    async fn send(&self, request: Request) -> Exchange {
        let began = Instant::now();
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let result = match (self.script)(number) {
            Deed::Answer(status, after) => {
                tokio::time::sleep(after).await;
                Ok(response(status))
            }
            Deed::Refuse => Err(TransportError {
                kind: TransportErrorKind::Connect,
                message: "nothing listens there (connection refused)".to_owned(),
            }),
            Deed::Panic => panic!("the transport is broken"),
        };
        Exchange {
            request,
            result,
            timing: Timing {
                started_at: jiff::Timestamp::UNIX_EPOCH,
                to_headers: None,
                total: began.elapsed(),
            },
        }
    }
}

fn response(status: u16) -> Response {
    let body = json!({
        "eksternSaksreferanse": "A", "saksnummer": "UTLBGJ/2026/1", "saksstatus": "sakOpprettet",
        "meldingsdato": "2026-01-15", "saksoeker": [{}], "saksoekt": [{}], "kravISak": [], "beslutningsinformasjon": []
    });
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    Response {
        status,
        headers,
        body: Bytes::from(body.to_string()),
    }
}

/// One call, its answer checked.
pub const ONE_CALL: &str = "scenario: one
title: One call
steps:
  - call: case-status
    with: { eksternSaksreferanse: '${reference}' }
    expect: { status: success, body: { $.saksstatus: sakOpprettet } }
";

pub fn tests(text: &str) -> Vec<Test> {
    let contract = Contract::builtin("v2").unwrap();
    let language = Language {
        contracts: &[contract],
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("test.yaml", text)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    loaded.tests
}

pub fn world<T: Transport>(transport: Arc<T>) -> Arc<World<T>> {
    let target = Target {
        contract: Contract::builtin("v2").unwrap(),
        base_urls: BTreeMap::from([(String::new(), "http://127.0.0.1:9/api".to_owned())]),
    };
    Arc::new(World {
        name: "service".to_owned(),
        targets: BTreeMap::from([("v2".to_owned(), target)]),
        capabilities: BTreeSet::new(),
        principals: BTreeMap::new(),
        default_principal: "none".to_owned(),
        broker: Broker::new(Arc::clone(&transport), None, None),
        parties: Pool::new(1, Vec::new()),
        snapshots: Store::new("nowhere", Mode::Check),
        stand_in: None,
        guard: Guard::default(),
        seed: 1,
        known: utlegg::runner::KnownAnswers::default(),
        reference_suffix: String::new(),
        transport,
    })
}

/// A plan of these scenarios, all of weight 1, for this model; it ends when the stages do.
pub fn plan(text: &str, model: UserModel, stages: Vec<Stage>) -> Plan {
    let mix = tests(text).into_iter().map(|test| Mixed {
        test,
        weight: 1,
        fingerprint: String::new(),
    });
    let all = stages.iter().map(|stage| stage.over_us).sum();
    Plan {
        name: "test".to_owned(),
        title: None,
        file: None,
        mix: mix.collect(),
        model,
        duration: (!stages.is_empty()).then(|| Duration::from_micros(all)),
        stages,
        think: (Duration::ZERO, Duration::ZERO),
        iterations: None,
        warm_up: Duration::ZERO,
        check: CheckPolicy::All,
        thresholds: Vec::new(),
    }
}

/// So many users for so many iterations.
pub fn closed(text: &str, users: u64, iterations: u64) -> Plan {
    Plan {
        iterations: Some(iterations),
        ..plan(text, UserModel::Users { users }, Vec::new())
    }
}

/// A steady rate for so many milliseconds.
pub fn open(text: &str, per_second: f64, max_users: u64, millis: u64) -> Plan {
    let stage = Stage {
        kind: StageKind::Hold,
        to: per_second,
        over_us: millis * 1000,
    };
    let model = UserModel::Rate {
        per_second,
        arrivals: Arrivals::Constant,
        max_users,
    };
    plan(text, model, vec![stage])
}

/// A recorder of the plan's rows, and the usual options with it.
pub fn options(plan: &Plan) -> Options {
    let rows = Rows::of(plan.mix.iter().map(|mixed| &mixed.test));
    Options::new(7, Arc::new(Recorder::new(rows, RecorderOptions::default())))
}
