//! The clients: bare hyper, bare reqwest, plain goose, and the interpreter over either transport.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use goose::config::GooseConfiguration;
use goose::prelude::*;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use tokio_util::sync::CancellationToken;
use utlegg::http::{HyperTransport, ReqwestTransport, Transport, TransportOptions};
use utlegg::load::engine::{self, Options};
use utlegg::load::measure::{Recorder, RecorderOptions, Rows};
use utlegg::load::plan::{Mixed, Plan};
use utlegg::outcome::load::{CheckPolicy, UserModel};
use utlegg::outcome::{Event, Verdict};
use utlegg::runner::{self, Depth, FinishedStep, Iteration, Listener, SeenCall};

use super::{Flow, TOKEN};

/// Users at a time, in every client.
pub const USERS: u64 = 50;

/// Every client by its name, in the order in which they are shown.
pub const CLIENTS: [&str; 9] = [
    "hyper",
    "reqwest",
    "goose",
    "status",
    "all",
    "engine-status",
    "engine-all",
    "reqwest-all",
    "records",
];

/// Runs `iterations` of the flow, two requests each, by fifty users on this thread.
pub fn run(client: &str, base_url: &str, iterations: u64, body: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let each = iterations / USERS;
    let flow = Flow { base_url, body };
    let options = TransportOptions::default;
    let hyper = || HyperTransport::new(options()).expect("a transport");
    let reqwest = || ReqwestTransport::new(options()).expect("a transport");
    match client {
        "hyper" => runtime.block_on(bare_hyper(base_url, each, body)),
        "reqwest" => runtime.block_on(bare_reqwest(base_url, each, body)),
        "goose" => runtime.block_on(plain_goose(base_url, each, body)),
        "status" => runtime.block_on(interpreted(&flow, hyper(), each, Depth::Status, false)),
        "all" => runtime.block_on(interpreted(&flow, hyper(), each, Depth::All, false)),
        "engine-status" => runtime.block_on(engine(&flow, hyper(), each, CheckPolicy::Status)),
        "engine-all" => runtime.block_on(engine(&flow, hyper(), each, CheckPolicy::All)),
        "reqwest-all" => runtime.block_on(interpreted(&flow, reqwest(), each, Depth::All, false)),
        "records" => runtime.block_on(interpreted(&flow, hyper(), each, Depth::All, true)),
        other => unreachable!("no client is called {other}"),
    }
}

/// The reference in an answer, found as cheaply as can be.
fn reference(body: &[u8]) -> &str {
    let text = std::str::from_utf8(body).expect("text");
    let (_, rest) = text
        .split_once(r#""eksternSaksreferanse":""#)
        .expect("a reference");
    rest.split_once('"').expect("its end").0
}

async fn users<F: Future<Output = ()> + Send + 'static>(user: impl Fn(u64) -> F) {
    let all: Vec<_> = (0..USERS).map(|number| tokio::spawn(user(number))).collect();
    for one in all {
        one.await.expect("a user");
    }
}

async fn bare_hyper(base_url: &str, each: u64, body: &'static str) {
    let address = base_url.trim_start_matches("http://").to_owned();
    users(|_| {
        let address = address.clone();
        async move {
            let stream = tokio::net::TcpStream::connect(&address)
                .await
                .expect("a connection");
            stream.set_nodelay(true).expect("no delay");
            let (mut requests, connection) =
                hyper::client::conn::http1::handshake::<_, Full<Bytes>>(TokioIo::new(stream))
                    .await
                    .expect("a connection");
            tokio::spawn(connection);
            for _ in 0..each {
                let post = request("POST", "/orders", &address, Bytes::from_static(body.as_bytes()));
                let answer = hyper_answer(&mut requests, post).await;
                let path = format!("/orders/{}", reference(&answer));
                hyper_answer(&mut requests, request("GET", &path, &address, Bytes::new())).await;
            }
        }
    })
    .await;
}

fn request(method: &str, path: &str, host: &str, body: Bytes) -> http::Request<Full<Bytes>> {
    let mut request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", host)
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"));
    if !body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    request.body(Full::new(body)).expect("a request")
}

async fn hyper_answer(
    requests: &mut hyper::client::conn::http1::SendRequest<Full<Bytes>>,
    request: http::Request<Full<Bytes>>,
) -> Bytes {
    requests.ready().await.expect("a connection");
    let answer = requests.send_request(request).await.expect("an answer");
    assert!(answer.status().is_success());
    answer.into_body().collect().await.expect("a body").to_bytes()
}

async fn bare_reqwest(base_url: &str, each: u64, body: &'static str) {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    users(|_| {
        let (client, base) = (client.clone(), base_url.to_owned());
        async move {
            for _ in 0..each {
                let post = client
                    .post(format!("{base}/orders"))
                    .header("content-type", "application/json")
                    .body(body);
                let answer = reqwest_answer(post).await;
                let url = format!("{base}/orders/{}", reference(&answer));
                reqwest_answer(client.get(url)).await;
            }
        }
    })
    .await;
}

async fn reqwest_answer(request: reqwest::RequestBuilder) -> Bytes {
    let answer = request
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"))
        .send()
        .await
        .expect("an answer");
    assert!(answer.status().is_success());
    answer.bytes().await.expect("a body")
}

async fn plain_goose(base_url: &str, each: u64, body: &'static str) {
    let mut settings = GooseConfiguration::default();
    settings.host = Some(base_url.to_owned());
    settings.no_telnet = true;
    settings.no_print_metrics = true;
    settings.quiet = 1;
    settings.users = Some(usize::try_from(USERS).expect("few"));
    settings.increase_rate = Some("1000".to_owned());
    settings.iterations = Some(usize::try_from(each).expect("few"));
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let share: Transaction = Transaction::new(Arc::new(move |user: &mut GooseUser| {
        user.client = client.clone();
        Box::pin(async { Ok(()) })
    }))
    .set_on_start();
    let scenario = Scenario::new("flow")
        .register_transaction(share)
        .register_transaction(Transaction::new(Arc::new(move |user: &mut GooseUser| {
            Box::pin(async move {
                let post = user
                    .get_request_builder(&GooseMethod::Post, "/orders")?
                    .header("content-type", "application/json")
                    .body(body);
                let answer = goose_answer(user, post, "POST order").await?;
                let path = format!("/orders/{}", reference(&answer));
                let get = user.get_request_builder(&GooseMethod::Get, &path)?;
                goose_answer(user, get, "GET order").await?;
                Ok(())
            })
        })));
    let attack = GooseAttack::initialize_with_config(settings)
        .expect("settings")
        .register_scenario(scenario);
    let metrics = Box::pin(attack.execute()).await.expect("a run");
    let done: usize = metrics
        .requests
        .values()
        .map(|request| request.raw_data.counter)
        .sum();
    assert_eq!(u64::try_from(done).expect("few"), each * USERS * 2);
}

async fn goose_answer(
    user: &mut GooseUser,
    request: reqwest::RequestBuilder,
    name: &str,
) -> Result<Bytes, Box<TransactionError>> {
    let request = request
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"));
    let request = GooseRequest::builder()
        .name(name)
        .set_request_builder(request)
        .build();
    let answer = user.request(request).await?;
    Ok(answer.response?.bytes().await?)
}

/// Counts calls; stops the bench where a step was not passed.
struct Counting {
    calls: AtomicU64,
    records: bool,
}

impl Listener for Counting {
    async fn on_event(&self, _event: Event) {}

    fn on_call(&self, _call: SeenCall<'_>) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    async fn on_step(&self, step: FinishedStep<'_>) {
        if self.records {
            std::hint::black_box(step.record());
        }
    }
}

async fn interpreted<T: Transport + 'static>(
    flow: &Flow<'_>,
    transport: T,
    each: u64,
    depth: Depth,
    records: bool,
) {
    let (world, test) = flow.with(transport);
    let test = Arc::new(test);
    let id = Arc::new(runner::test_id(&test));
    let listener = Arc::new(Counting {
        calls: AtomicU64::new(0),
        records,
    });
    let counting = Arc::clone(&listener);
    users(move |user| {
        let (world, test, id) = (Arc::clone(&world), Arc::clone(&test), Arc::clone(&id));
        let listener = Arc::clone(&counting);
        async move {
            let cancel = CancellationToken::new();
            for number in 0..each {
                let iteration = Iteration {
                    world: &world,
                    test: &test,
                    id: &id,
                    seed: (user * each + number).wrapping_mul(0x9e37_79b9_7f4a_7c15),
                    depth,
                };
                let ended = iteration.run(listener.as_ref(), &cancel).await;
                assert_eq!(ended.verdict, Verdict::Passed);
            }
        }
    })
    .await;
    assert_eq!(listener.calls.load(Ordering::Relaxed), each * USERS * 2);
}

/// The whole load engine, as `utlegg load` drives it: goose's users, every call measured and told to goose.
async fn engine<T: Transport + 'static>(flow: &Flow<'_>, transport: T, each: u64, check: CheckPolicy) {
    let (world, test) = flow.with(transport);
    let plan = Plan {
        name: "flow".to_owned(),
        title: None,
        file: None,
        mix: vec![Mixed {
            test,
            weight: 1,
            fingerprint: String::new(),
        }],
        model: UserModel::Users { users: USERS },
        stages: Vec::new(),
        think: (Duration::ZERO, Duration::ZERO),
        duration: None,
        iterations: Some(each * USERS),
        warm_up: Duration::ZERO,
        check,
        thresholds: Vec::new(),
    };
    let options = RecorderOptions {
        warm_up: Duration::ZERO,
        folder: None,
        journal: None,
    };
    let rows = Rows::of(plan.mix.iter().map(|mixed| &mixed.test));
    let recorder = Arc::new(Recorder::new(rows, options));
    let told = Options::new(1, Arc::clone(&recorder));
    let ran = engine::run(world, &plan, told, CancellationToken::new()).await;
    let ran = ran.expect("a run");
    assert_eq!(ran.panics, 0);
    std::hint::black_box(recorder.finish(Instant::now()));
}
