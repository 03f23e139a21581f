//! What the interpreter costs: the same requests through it (templates, identity guard, schema check, expectations,
//! capture, masked records) and through a bare reqwest loop, against one server in a process of its own.
//!
//! `cargo bench --bench interpreter` prints, for rounds run in turn, the wall time and the client's CPU time of both and
//! their ratios. Absolute times mean little on a busy machine; the ratios are what counts. All traffic is on loopback.

// A benchmark prints, and stops where something is wrong.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

mod process;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use process::{ServerProcess, cpu_time};

use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use utlegg::auth::Broker;
use utlegg::contract::Contract;
use utlegg::http::{ReqwestTransport, TransportOptions};
use utlegg::identity::Guard;
use utlegg::outcome::{Event, Verdict};
use utlegg::runner::{self, FinishedStep, Listener, Target, World};
use utlegg::scenario::{Disk, Language, Test};
use utlegg::snapshot::{Mode, Store};
use utlegg::source::SourceFile;
use utlegg::testdata::Pool;

/// Requests in a round: half of them submissions of the simple request, half status queries.
const REQUESTS: usize = 10_000;
/// Requests under way at a time, in both.
const JOBS: usize = 8;
/// Rounds of each, in turn.
const ROUNDS: usize = 5;
/// The argument by which this program starts itself as the server.
const SERVE: &str = "--serve";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    if std::env::args().any(|argument| argument == SERVE) {
        runtime.block_on(serve());
        return;
    }
    let server = ServerProcess::start(SERVE);
    let base_url = server.said[0].clone();
    let body = request_body();
    println!(
        "{REQUESTS} requests a round, {JOBS} at a time; submissions of {} bytes",
        body.to_string().len()
    );
    let world = world(&base_url);
    let tests = tests(&body);
    let mut rounds = Vec::new();
    for round in 0..=ROUNDS {
        let bare = measure(|| runtime.block_on(bare_loop(&base_url, &body)));
        // A run reads its tests once; making copies of one for the bench is not the interpreter's cost.
        let (again, once_more) = (tests.clone(), tests.clone());
        let ours = measure(|| runtime.block_on(interpreted(&world, again, false)));
        let recorded = measure(|| runtime.block_on(interpreted(&world, once_more, true)));
        // The first round warms all of them up.
        if round > 0 {
            println!("round {round}: bare {bare}; interpreter {ours}; with masked records {recorded}");
            rounds.push([bare, ours, recorded]);
        }
    }
    let answered = (ROUNDS + 1) * 3 * REQUESTS;
    println!(
        "the server: {:.1} µs cpu a request",
        server.cpu_time().as_secs_f64() * 1e6 / answered as f64
    );
    println!("ratio to bare reqwest, median of {ROUNDS} rounds (aim for the interpreter: at most 1.3)");
    for (name, column) in [("interpreter", 1), ("with masked records for the journal", 2)] {
        let wall = median(&rounds, column, |cost| cost.wall);
        let cpu = median(&rounds, column, |cost| cost.cpu);
        println!("  {name}: wall {wall:.2}, client CPU {cpu:.2}");
    }
}

/// What a round took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let per = |time: Duration| time.as_secs_f64() * 1e6 / REQUESTS as f64;
        write!(
            f,
            "{:.1} µs wall and {:.1} µs cpu a request",
            per(self.wall),
            per(self.cpu)
        )
    }
}

fn measure(work: impl FnOnce()) -> Cost {
    let (wall, cpu) = (Instant::now(), cpu_time("self"));
    work();
    Cost {
        wall: wall.elapsed(),
        cpu: cpu_time("self").saturating_sub(cpu),
    }
}

fn median(rounds: &[[Cost; 3]], column: usize, of: impl Fn(&Cost) -> Duration) -> f64 {
    let mut ratios: Vec<f64> = rounds
        .iter()
        .map(|round| of(&round[column]).as_secs_f64() / of(&round[0]).as_secs_f64().max(1e-9))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// The bundled simple request, its expressions replaced by values.
fn request_body() -> Value {
    let text = std::fs::read_to_string("requests/v2/simple.yaml").expect("the bundled request");
    let expression = regex::Regex::new(r"\$\{([^}]*)\}").expect("a pattern");
    let text = expression.replace_all(&text, |found: &regex::Captures<'_>| match &found[1] {
        name if name.starts_with("today") => "2026-01-15",
        name if name.ends_with("identifier") => "311758489",
        _ => "value",
    });
    let documents = utlegg::source::parse_documents(&SourceFile::new("simple.yaml", text)).expect("YAML");
    documents[0].get("body").expect("a body").to_json()
}

fn tests(body: &Value) -> Vec<Test> {
    let scenario = format!(
        "scenario: bench\ntitle: A submission and its status\nmodels: [v2]\nas: none\nsteps:\n\
         - call: submit\n  body: {body}\n  expect: {{ status: success, body: {{ $.eksternSaksreferanse: {{ type: string }} }} }}\n  \
         capture: {{ sak: $.eksternSaksreferanse }}\n\
         - call: case-status\n  with: {{ eksternSaksreferanse: '${{sak}}' }}\n  \
         expect: {{ status: success, body: {{ $.saksstatus: sakOpprettet }} }}\n"
    );
    let contracts = [Contract::builtin("v2").expect("the contract")];
    let language = Language {
        contracts: &contracts,
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("bench.yaml", scenario)]);
    assert!(loaded.diagnostics.0.is_empty(), "{}", loaded.diagnostics);
    vec![loaded.tests[0].clone(); REQUESTS / 2]
}

fn world(base_url: &str) -> Arc<World<ReqwestTransport>> {
    let transport = Arc::new(ReqwestTransport::new(TransportOptions::default()).expect("a transport"));
    let target = Target {
        contract: Contract::builtin("v2").expect("the contract"),
        base_urls: BTreeMap::from([(String::new(), base_url.to_owned())]),
    };
    Arc::new(World {
        name: "bench".to_owned(),
        targets: BTreeMap::from([("v2".to_owned(), target)]),
        capabilities: BTreeSet::new(),
        principals: BTreeMap::new(),
        default_principal: "none".to_owned(),
        broker: Broker::new(Arc::clone(&transport), None, None),
        parties: Pool::new(1, Vec::new()),
        snapshots: Store::new("snapshots", Mode::Check),
        stand_in: None,
        guard: Guard::default(),
        seed: 1,
        reference_suffix: String::new(),
        transport,
    })
}

/// Counts steps, and stops the bench when one of them was not passed.
struct Counting {
    steps: AtomicU64,
    /// Whether the masked record of each step is made, as the functional run does for its journal.
    records: bool,
}

impl Listener for Counting {
    async fn on_event(&self, event: Event) {
        if let Event::TestFinished(test) = event {
            assert_eq!(test.verdict, Verdict::Passed, "{:?}", test.reason);
        }
    }

    async fn on_step(&self, step: FinishedStep<'_>) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        if self.records {
            std::hint::black_box(step.record());
        }
    }
}

async fn interpreted(world: &Arc<World<ReqwestTransport>>, tests: Vec<Test>, records: bool) {
    let counting = Arc::new(Counting {
        steps: AtomicU64::new(0),
        records,
    });
    let cancel = CancellationToken::new();
    runner::run(
        Arc::clone(world),
        tests,
        JOBS,
        Arc::clone(&counting),
        cancel,
        |_| String::new(),
    )
    .await;
    assert_eq!(counting.steps.load(Ordering::Relaxed), REQUESTS as u64);
}

/// The same requests with nothing around them.
async fn bare_loop(base_url: &str, body: &Value) {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let body = bytes::Bytes::from(body.to_string());
    let workers = (0..JOBS).map(|_| {
        let (client, body, base) = (client.clone(), body.clone(), base_url.to_owned());
        tokio::spawn(async move {
            for _ in 0..REQUESTS / 2 / JOBS {
                let answer = client
                    .post(format!("{base}/"))
                    .header("content-type", "application/json")
                    .body(body.clone())
                    .send()
                    .await
                    .expect("an answer");
                let _ = answer.bytes().await.expect("a body");
                let answer = client
                    .get(format!("{base}/status/sak-1"))
                    .send()
                    .await
                    .expect("an answer");
                let _ = answer.bytes().await.expect("a body");
            }
        })
    });
    for worker in workers {
        worker.await.expect("a worker");
    }
}

async fn serve() {
    let status = json!({
        "eksternSaksreferanse": "sak-1", "saksnummer": "UTLBGJ/2026/1", "saksstatus": "sakOpprettet",
        "meldingsdato": "2026-01-15", "saksoeker": [{}], "saksoekt": [{}], "kravISak": [], "beslutningsinformasjon": []
    });
    let app = Router::new()
        .route(
            "/",
            post(async |_: bytes::Bytes| Json(json!({ "eksternSaksreferanse": "sak-1" }))),
        )
        .route("/status/{sak}", get(async move || Json(status.clone())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("http://{}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("serving");
}
