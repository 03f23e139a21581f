//! How often the comparison is wrong, on few pairs; `cargo bench --bench compare` counts a thousand of each.

use utlegg::compare::compare;
use utlegg::outcome::comparison::ComparisonVerdict;

use super::options;
use super::simulated::{Law, QUIET, pair};

const SMALL: Law = Law {
    seconds: 30,
    per_second: 40,
    rows: 2,
    drift: 0.01,
    ..QUIET
};

fn verdicts(slower: f64) -> Vec<ComparisonVerdict> {
    let verdict = |seed| {
        let (base, head) = pair(&SMALL, slower, seed);
        compare(&base, &head, &options()).unwrap().verdict
    };
    (100..112).map(verdict).collect()
}

#[test]
fn identical_servers_are_no_false_alarm() {
    use ComparisonVerdict::{Improvement, Regression};
    let verdicts = verdicts(1.0);
    assert!(
        !verdicts
            .iter()
            .any(|verdict| matches!(verdict, Improvement | Regression)),
        "{verdicts:?}"
    );
}

#[test]
fn a_fifth_slower_is_found() {
    let verdicts = verdicts(1.2);
    let regressions = verdicts
        .iter()
        .filter(|verdict| **verdict == ComparisonVerdict::Regression);
    assert!(regressions.count() >= 10, "{verdicts:?}");
}
