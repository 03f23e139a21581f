//! The forms of a comparison, whole.

use insta::assert_snapshot;
use utlegg::outcome::comparison::{Comparison, ComparisonVerdict};
use utlegg::report::comparison::{markdown, terminal};

use super::STEADY;
use super::compared;
use super::simulated::{Law, pair};

fn comparison(slower: f64, seed: u64, law: &Law) -> Comparison {
    let (mut base, mut head) = pair(law, slower, seed);
    head[0].result.run.seed = 8;
    compared(&base.remove(0), &head.remove(0)).unwrap()
}

const TWO: Law = Law { rows: 2, ..STEADY };

#[test]
fn a_regression() {
    let comparison = comparison(1.15, 1, &TWO);
    assert_eq!(comparison.verdict, ComparisonVerdict::Regression);
    assert_snapshot!("regression_terminal", terminal(&comparison, false));
    assert_snapshot!("regression_markdown", markdown(&comparison));
    let coloured = terminal(&comparison, true);
    assert!(coloured.contains("\u{1b}[1m\u{1b}[31mREGRESSION"), "{coloured}");
    assert_eq!(
        anstream::adapter::strip_str(&coloured).to_string(),
        terminal(&comparison, false)
    );
}

#[test]
fn a_pass() {
    let comparison = comparison(1.0, 3, &TWO);
    assert_eq!(comparison.verdict, ComparisonVerdict::Pass);
    assert_snapshot!("pass_terminal", terminal(&comparison, false));
}

#[test]
fn an_inconclusive_one_with_a_percentile_not_judged() {
    let law = Law {
        per_second: 12,
        spread: 1.2,
        ..TWO
    };
    let comparison = comparison(1.06, 2, &law);
    assert_eq!(comparison.verdict, ComparisonVerdict::Inconclusive);
    assert_snapshot!("inconclusive_terminal", terminal(&comparison, false));
    assert_snapshot!("inconclusive_markdown", markdown(&comparison));
}

#[test]
fn names_cannot_move_the_cursor_or_mark_up_a_page() {
    let (mut base, mut head) = pair(&Law { rows: 1, ..STEADY }, 1.2, 1);
    for run in [&mut base[0], &mut head[0]] {
        run.result.rows[0].name = "a|b\u{1b}[2J<script>".to_owned();
    }
    let comparison = compared(&base[0], &head[0]).unwrap();
    assert!(!terminal(&comparison, false).contains('\u{1b}'));
    let page = markdown(&comparison);
    assert!(
        page.contains("a\\|b \\[2J&lt;script&gt;") && !page.contains("<script>"),
        "{page}"
    );
}
