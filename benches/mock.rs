//! What the mock costs: a request that it validates in full (token, schema, conditions) against a bare axum handler that
//! only parses the same JSON, each in a process of its own, under the same client.
//!
//! `cargo bench --bench mock` prints requests a second and the server's CPU time a request for rounds in turn, and the
//! ratios; the aim is at least 40 % of the bare handler's requests a second. All traffic is on loopback.

// A benchmark prints, and stops where something is wrong.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    missing_docs
)]

mod process;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use process::ServerProcess;
use serde_json::{Value, json};
use utlegg::contract::Contract;
use utlegg::mock::{ORGANISATIONS, Options, PERSONS, Server};
use utlegg::testdata::request::{Model, Order, Parties, simple};
use utlegg::testdata::{LatePaymentRates, Register};

/// Requests in a round.
const REQUESTS: usize = 6_000;
/// Requests under way at a time.
const WORKERS: usize = 8;
/// Rounds of each, in turn.
const ROUNDS: usize = 5;
/// The arguments by which this program starts itself as one of the servers.
const BARE: &str = "--serve-bare";
const MOCK: &str = "--serve-mock";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let argument = std::env::args().find(|argument| argument == BARE || argument == MOCK);
    match argument.as_deref() {
        Some(BARE) => runtime.block_on(serve_bare()),
        Some(_) => runtime.block_on(serve_mock()),
        None => compare(&runtime),
    }
}

fn compare(runtime: &tokio::runtime::Runtime) {
    let (bare, mock) = (ServerProcess::start(BARE), ServerProcess::start(MOCK));
    let token = runtime.block_on(token(&mock.said[1]));
    let body = Bytes::from(request_body().to_string());
    println!(
        "{REQUESTS} requests a round of {} bytes, {WORKERS} at a time",
        body.len()
    );
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let [parsed, validated] = [&bare, &mock].map(|server| {
            let (began, cpu) = (Instant::now(), server.cpu_time());
            let url = format!("{}/valider", server.said[0]);
            runtime.block_on(send(&url, &token, &body));
            (
                REQUESTS as f64 / began.elapsed().as_secs_f64(),
                server.cpu_time().saturating_sub(cpu),
            )
        });
        // The first round warms both up.
        if round > 0 {
            println!("round {round}: bare {}; mock {}", shown(parsed), shown(validated));
            let cpu = parsed.1.as_secs_f64() / validated.1.as_secs_f64().max(1e-9);
            ratios.push((validated.0 / parsed.0, cpu));
        }
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    println!(
        "mock against bare handler, median of {ROUNDS} rounds (aim: at least 0.40 of the requests a second)"
    );
    println!(
        "  requests a second {:.2}",
        median(ratios.iter().map(|ratio| ratio.0).collect())
    );
    println!(
        "  bare CPU / mock CPU {:.2}",
        median(ratios.iter().map(|ratio| ratio.1).collect())
    );
}

fn shown((rate, cpu): (f64, Duration)) -> String {
    format!(
        "{rate:.0} requests/s, {:.0} µs server CPU each",
        cpu.as_secs_f64() * 1e6 / REQUESTS as f64
    )
}

async fn send(url: &str, token: &str, body: &Bytes) {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let workers = (0..WORKERS).map(|_| {
        let (client, url, token, body) = (client.clone(), url.to_owned(), token.to_owned(), body.clone());
        tokio::spawn(async move {
            for _ in 0..REQUESTS / WORKERS {
                let request = client
                    .post(&url)
                    .bearer_auth(&token)
                    .header("content-type", "application/json");
                let answer = request.body(body.clone()).send().await.expect("an answer");
                let status = answer.status();
                let text = answer.text().await.expect("a body");
                assert!(status.is_success(), "{status} {text}");
            }
        })
    });
    for worker in workers {
        worker.await.expect("a worker");
    }
}

async fn token(admin: &str) -> String {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let asked = client
        .post(format!("{admin}/tokens"))
        .json(&json!({ "kind": "valid" }));
    let answer: Value = asked.send().await.expect("an answer").json().await.expect("JSON");
    answer["access_token"].as_str().expect("a token").to_owned()
}

/// A generated simple request of parties that the mock's register knows.
fn request_body() -> Value {
    let register = Register::generate(0, PERSONS, ORGANISATIONS);
    let order = Order {
        model: Model::V2,
        seed: 0,
        number: 0,
        date: jiff::civil::date(2025, 11, 24),
        parties: &Parties::draw(&register, 0, 0).expect("parties"),
        rates: &LatePaymentRates::builtin().expect("rates"),
        ground: None,
        attachments: &BTreeMap::new(),
    };
    simple(&order).expect("a request")
}

async fn serve_bare() {
    let app = Router::new().route(
        "/valider",
        post(async |Json(body): Json<Value>| Json(body.is_object())),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("http://{}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("serving");
}

async fn serve_mock() {
    let mut options = Options::new(vec![Contract::builtin("v2").expect("the contract")]);
    options.behaviour.trust_unknown_attachments = true;
    let server = Server::start(options).await.expect("the mock");
    println!(
        "{} {} {}",
        server.base_url("v2").expect("v2"),
        server.admin_url(),
        server.vendor()
    );
    std::future::pending::<()>().await;
}
