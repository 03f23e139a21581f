//! What the interpreter costs: one flow, POST and GET of what was made, by fifty users on one core against one server on
//! the other, through bare hyper, bare reqwest, plain goose without checks, and the interpreter.
//!
//! `cargo bench --bench interpreter` prints each client's CPU time per request and the ratios, for rounds run in turn.
//! `cargo bench --bench interpreter -- --instructions` counts instructions per request instead (valgrind's callgrind, two
//! run lengths differenced), which neighbours on a busy machine do not disturb. All traffic is on loopback.

// A benchmark prints, and stops where something is wrong.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::field_reassign_with_default,
    missing_docs
)]

mod flow;
mod process;

use std::process::Command;

use flow::clients::{self, CLIENTS};
use process::{ServerProcess, cpu_time, pinned};

/// Iterations in a round, two requests each.
const ITERATIONS: u64 = 10_000;
/// Rounds of each client, in turn.
const ROUNDS: usize = 5;
/// The argument by which this program starts itself as the server.
const SERVE: &str = "--serve";
/// The argument by which this program starts itself as a client: its name, the base URL, the iterations.
const CLIENT: &str = "--client";
/// The argument by which it prints a body.
const BODY: &str = "--body";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |flag: &str| arguments.iter().position(|argument| argument == flag);
    // The last argument may name a body.
    let named = flow::body(
        arguments
            .last()
            .filter(|last| *last == "simple")
            .map_or("order", |_| "simple"),
    );
    if after(BODY).is_some() {
        return print!("{named}");
    }
    if after(SERVE).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        return runtime.block_on(flow::serve(named));
    }
    if let Some(at) = after(CLIENT) {
        let iterations = arguments[at + 3].parse().expect("a number");
        clients::run(&arguments[at + 1], &arguments[at + 2], iterations, named);
        return println!("{}", cpu_time("self").as_micros());
    }
    let server = ServerProcess::start_pinned(SERVE, 0);
    println!("the body: {} bytes", flow::BODY.len());
    if after("--instructions").is_some() {
        instructions(&server.said[0]);
    } else {
        times(&server.said[0]);
    }
}

/// CPU time per request, median of the rounds, beside that of plain goose.
fn times(base_url: &str) {
    let mut rounds = vec![Vec::new(); CLIENTS.len()];
    for _ in 0..ROUNDS {
        for (client, times) in CLIENTS.iter().zip(&mut rounds) {
            // Two lengths, so that setting up counts for nothing.
            let [short, long] = [1, 5].map(|times| cpu_of(client, base_url, times * ITERATIONS / 5));
            times.push((long - short) / (1.6 * ITERATIONS as f64));
        }
    }
    let medians: Vec<f64> = rounds.into_iter().map(median).collect();
    show("µs CPU", &medians);
}

/// Instructions in user mode per request, beside those of plain goose.
fn instructions(base_url: &str) {
    let key = flow::key();
    let counts: Vec<f64> = CLIENTS
        .iter()
        .map(|client| {
            let [short, long] = [200, 1200].map(|iterations| counted(client, base_url, iterations, &key));
            (long - short) / 2000.0
        })
        .collect();
    show("instructions", &counts);
}

fn show(unit: &str, values: &[f64]) {
    let goose = CLIENTS
        .iter()
        .position(|client| *client == "goose")
        .expect("goose");
    println!(
        "{:<12} {unit:>14} a request   ratio to goose   to bare hyper",
        "client"
    );
    for (client, value) in CLIENTS.iter().zip(values) {
        let (to_goose, to_hyper) = (value / values[goose], value / values[0]);
        println!("{client:<12} {value:>14.1} {to_goose:>26.2} {to_hyper:>15.2}");
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A client's CPU time in µs, as it says itself.
fn cpu_of(client: &str, base_url: &str, iterations: u64) -> f64 {
    let output = pinned(1, &std::env::current_exe().expect("this program"))
        .args([CLIENT, client, base_url, &iterations.to_string()])
        .output()
        .expect("the client runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let last = said.lines().last().unwrap_or_default();
    last.parse().unwrap_or_else(|_| {
        let errors = String::from_utf8_lossy(&output.stderr);
        unreachable!("client {client} said: {said}{errors}")
    })
}

/// A client's instructions, as callgrind says.
fn counted(client: &str, base_url: &str, iterations: u64, key: &str) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().expect("this program"))
        .args([CLIENT, client, base_url, &iterations.to_string()])
        .env(flow::KEY, key)
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let collected = said.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.unwrap_or_else(|| unreachable!("callgrind said: {said}"));
    count.trim().parse().expect("a number")
}
