//! `utlegg compare` on simulated runs: how often it is wrong, how often it finds what is there, how long it takes.
//!
//! `cargo bench --bench compare` prints the tables of `docs/compare.md`; `-- PAIRS` sets the number of pairs in a line.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/it/compare/simulated.rs"]
mod simulated;

use std::time::Instant;

use simulated::{Law, QUIET, pair};
use utlegg::compare::{Options, compare};
use utlegg::outcome::comparison::ComparisonVerdict;

/// What is drawn from.
const LAWS: &[(&str, Law)] = &[
    ("1 min, 50/s, quiet", QUIET),
    (
        "1 min, 20/s, quiet",
        Law {
            per_second: 20,
            ..QUIET
        },
    ),
    (
        "5 min, 50/s, quiet",
        Law {
            seconds: 300,
            ..QUIET
        },
    ),
    (
        "1 min, 50/s, wanders 10 %, keeps 0.8",
        Law {
            wander: 0.1,
            keeps: 0.8,
            ..QUIET
        },
    ),
    (
        "5 min, 50/s, wanders 10 %, keeps 0.8",
        Law {
            seconds: 300,
            wander: 0.1,
            keeps: 0.8,
            ..QUIET
        },
    ),
    ("1 min, 50/s, long tail", Law { spread: 1.0, ..QUIET }),
    ("1 min, 50/s, 10 rows", Law { rows: 10, ..QUIET }),
    ("1 min, 50/s, drift 1 %", Law { drift: 0.01, ..QUIET }),
    ("1 min, 50/s, drift 2 %", Law { drift: 0.02, ..QUIET }),
    ("1 min, 50/s, drift 3 %", Law { drift: 0.03, ..QUIET }),
    (
        "3 rounds of 30 s, drift 3 %",
        Law {
            seconds: 30,
            drift: 0.03,
            rounds: 3,
            ..QUIET
        },
    ),
    (
        "5 rounds of 30 s, drift 1 %",
        Law {
            seconds: 30,
            drift: 0.01,
            rounds: 5,
            ..QUIET
        },
    ),
    (
        "5 rounds of 30 s, drift 3 %",
        Law {
            seconds: 30,
            drift: 0.03,
            rounds: 5,
            ..QUIET
        },
    ),
    (
        "10 rounds of 30 s, drift 3 %",
        Law {
            seconds: 30,
            drift: 0.03,
            rounds: 10,
            ..QUIET
        },
    ),
];
const SLOWER: [f64; 4] = [1.0, 1.05, 1.1, 1.2];

fn main() {
    let pairs = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1_000);
    let options = Options {
        resamples: 2_000,
        ..Options::default()
    };
    println!(
        "{pairs} pairs a line, {} resamples, min effect {:.0} %, false alarms {:.0} %",
        options.resamples,
        options.min_effect * 100.0,
        options.false_alarms * 100.0
    );
    println!(
        "\n| runs | head slower by | regression | improvement | pass | inconclusive |\n|---|--:|--:|--:|--:|--:|"
    );
    for (name, law) in LAWS {
        for slower in SLOWER {
            let counts = counted(law, slower, pairs, &options);
            println!(
                "| {name} | {:.0} % | {} | {} | {} | {} |",
                (slower - 1.0) * 100.0,
                counts[0],
                counts[1],
                counts[2],
                counts[3]
            );
        }
    }
    let (base, head) = pair(
        &Law {
            seconds: 600,
            rows: 10,
            ..QUIET
        },
        1.0,
        1,
    );
    let began = Instant::now();
    compare(&base, &head, &Options::default()).unwrap();
    println!(
        "\n10,000 resamples of 10 rows over 600 seconds: {} ms",
        began.elapsed().as_millis()
    );
}

fn counted(law: &Law, slower: f64, pairs: u64, options: &Options) -> [u64; 4] {
    let mut counts = [0; 4];
    for seed in 0..pairs {
        let (base, head) = pair(law, slower, seed);
        let place = match compare(&base, &head, options).unwrap().verdict {
            ComparisonVerdict::Regression => 0,
            ComparisonVerdict::Improvement => 1,
            ComparisonVerdict::Pass => 2,
            ComparisonVerdict::Inconclusive => 3,
        };
        counts[place] += 1;
    }
    counts
}
