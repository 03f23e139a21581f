//! What judging a request costs: the schema of the contract, then all conditions of the model, with a register and
//! attachments known, on generated requests.
//!
//! `cargo bench --bench conditions` prints the time for the simple request (aim: at most 60 µs) and, for the complex one
//! at growing numbers of claims, the time in all and per claim, and beside it the time per claim of merely reading every
//! value of the same document once. The work is linear where the ratio of the two stays, whatever the processor's caches
//! do to both.
//!
//! `cargo bench --bench conditions -- --judge CLAIMS TIMES` judges one document so many times and prints nothing: under
//! `valgrind --tool=callgrind` the difference between two numbers of times is the instructions of a judgement.

// A bench prints, and stops where it cannot go on.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use serde_json::Value;
use utlegg::begjaering::{
    Attachment, AttachmentState, Attachments, PartyKind, PartyRegister, Phase, RegisteredParty, Ruleset,
    Surroundings, check,
};
use utlegg::contract::{Contract, Operation};
use utlegg::testdata::request::{Model, Order, Parties, complex, simple};
use utlegg::testdata::{LatePaymentRates, Register};

/// How long each measurement goes on.
const PATIENCE: Duration = Duration::from_secs(2);
/// Measurements of which the median is told.
const ROUNDS: usize = 11;
const DATE: Date = date(2025, 11, 24);
const CLAIMS: [usize; 6] = [10, 100, 1_000, 10_000, 20_000, 40_000];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--judge") {
        let number = |index: usize| arguments[at + index].parse().expect("a number");
        return judge(number(1), number(2));
    }
    println!(
        "median of {ROUNDS} rounds, in µs            schema  conditions       both   per claim   walk/claim  ratio"
    );
    for (name, model) in [("v1", Model::V1), ("v2", Model::V2)] {
        let contract = Contract::builtin(name).expect("the contract");
        let judge = Judge::new(&contract);
        judge.measure(&format!("{name} simple"), &request(model, None));
        for claims in CLAIMS {
            let request = request(model, Some(claims));
            judge.measure(&format!("{name} complex, {claims} claims"), &request);
        }
    }
}

/// Judges one document so many times, for whoever counts instructions.
fn judge(claims: usize, times: usize) {
    let contract = Contract::builtin("v2").expect("the contract");
    let judge = Judge::new(&contract);
    let request = request(Model::V2, Some(claims));
    for _ in 0..times {
        assert_eq!(black_box(judge.schema(&request) + judge.conditions(&request)), 0);
    }
}

/// Reads every value of a document once: what no judgement of it can do without.
fn walk(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() & walk(value)).sum(),
        Value::Array(items) => items.iter().map(walk).sum(),
        Value::String(text) => text.bytes().filter(|byte| *byte == 0).count(),
        _ => 0,
    }
}

fn request(model: Model, claims: Option<usize>) -> Value {
    let order = Order {
        model,
        seed: 1,
        number: 0,
        date: DATE,
        parties: &Parties::draw(&Register::generate(1, 20, 20), 1, 0).expect("parties"),
        rates: &LatePaymentRates::builtin().expect("rates"),
        ground: None,
        attachments: &BTreeMap::new(),
    };
    claims
        .map_or_else(|| simple(&order), |claims| complex(&order, claims))
        .expect("a request")
}

/// Everybody is known, everything is uploaded: nothing is objected to, and nothing is left unasked.
struct Everything;

impl PartyRegister for Everything {
    fn party(&self, identifier: &str) -> Option<RegisteredParty> {
        let kind = if identifier.len() == 11 {
            PartyKind::Person
        } else {
            PartyKind::MainUnit
        };
        Some(RegisteredParty {
            kind,
            rules: Ruleset::New,
        })
    }
}

impl Attachments for Everything {
    fn attachment(&self, _: &str) -> Option<Attachment> {
        Some(Attachment {
            state: AttachmentState::Ready,
            kind: None,
            innsender_referanse: None,
        })
    }
}

struct Judge<'a> {
    submit: &'a Operation,
    codes: Vec<&'a str>,
}

impl<'a> Judge<'a> {
    fn new(contract: &'a Contract) -> Self {
        Self {
            submit: contract.operation("submit").expect("submit"),
            codes: contract.codes().iter().map(|entry| entry.code.as_str()).collect(),
        }
    }

    fn schema(&self, request: &Value) -> usize {
        self.submit.check_request("application/json", request).len()
    }

    fn conditions(&self, request: &Value) -> usize {
        let around = Surroundings {
            register: Some(&Everything),
            attachments: Some(&Everything),
            ..Surroundings::unknown(DATE)
        };
        check(&self.codes, Phase::New, request, &around).len()
    }

    fn measure(&self, name: &str, request: &Value) {
        let schema = median(|| self.schema(request));
        let conditions = median(|| self.conditions(request));
        let both = median(|| self.schema(request) + self.conditions(request));
        let claims = request["kravTilInnkreving"].as_array().map_or(0, Vec::len);
        let walked = median(|| walk(request));
        let claims = f64::from(u32::try_from(claims).unwrap_or(u32::MAX));
        println!(
            "{name:<34}{schema:>10.1}{conditions:>12.1}{both:>11.1}{:>12.2}{:>13.3}{:>7.1}",
            both / claims,
            walked / claims,
            both / walked
        );
    }
}

/// The median of the time of one call, in microseconds. What is judged must have no fault.
fn median(mut judge: impl FnMut() -> usize) -> f64 {
    let started = Instant::now();
    assert_eq!(judge(), 0, "the request is clean");
    let once = started.elapsed().max(Duration::from_nanos(100));
    let calls = (PATIENCE.as_nanos() / 3 / ROUNDS as u128 / once.as_nanos()).clamp(1, 100_000) as u32;
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..calls {
                black_box(judge());
            }
            started.elapsed().as_secs_f64() * 1e6 / f64::from(calls)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}
