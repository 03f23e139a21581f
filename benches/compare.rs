//! `utlegg compare` on simulated runs: how often it is wrong, how often it finds what is there, how long it takes.
//!
//! `cargo bench --bench compare` prints the table of `docs/compare.md`; `-- 200 line=0 line=7` takes 200 pairs for
//! identical servers (a fifth of them for each slowdown), and only these lines.
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
    let only: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.strip_prefix("line=")?.parse().ok())
        .collect();
    let options = Options {
        resamples: 2_000,
        ..Options::default()
    };
    println!("| runs | head slower by | pairs | regression | improvement | pass | inconclusive |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (number, (name, law)) in LAWS.iter().enumerate() {
        if !only.is_empty() && !only.contains(&number) {
            continue;
        }
        for slower in SLOWER {
            // A false alarm is rare and needs many pairs to be counted; a change that is found is not.
            let pairs = if slower > 1.0 { (pairs / 5).max(1) } else { pairs };
            let [regression, improvement, pass, inconclusive] = counted(law, slower, pairs, &options);
            let percent = (slower - 1.0) * 100.0;
            println!(
                "| {name} | {percent:.0} % | {pairs} | {regression} | {improvement} | {pass} | {inconclusive} |"
            );
        }
    }
    duration();
}

/// How long the largest comparison takes that one is likely to make.
fn duration() {
    let long = Law {
        seconds: 600,
        rows: 10,
        ..QUIET
    };
    let (base, head) = pair(&long, 1.0, 1);
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
