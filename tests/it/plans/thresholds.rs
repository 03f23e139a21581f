//! The line that a threshold is written in.

use proptest::prelude::*;
use utlegg::load::threshold::{Metric, Operator, Statistic, SubjectKind, Threshold, TimeKind, Unit};
use utlegg::source::{Diagnostic, Place, SourceFile, Span, render};

fn parse(text: &str) -> Result<Threshold, Diagnostic> {
    let file = SourceFile::new("--threshold", text);
    Threshold::parse(text, &Place::new(&file, Span::new(0, text.len())))
}

/// A threshold in the words of its parts.
fn parts(text: &str) -> String {
    let threshold = parse(text).unwrap_or_else(|problem| panic!("{}", render(&problem, false)));
    let subject = threshold.subject.as_ref().map(|subject| {
        let kind = subject.kind.map_or("", SubjectKind::word);
        format!(" of {kind}:{}", subject.name)
    });
    format!(
        "{:?}{} {:?} {} {:?}",
        threshold.metric,
        subject.unwrap_or_default(),
        threshold.operator,
        threshold.bound,
        threshold.unit
    )
}

#[test]
fn every_form_is_read() {
    let all = [
        "p95 < 300ms",
        "p95<300ms",
        "p99 of submit < 1s",
        "p99.9 <= 2s",
        "median of call submit <= 1.5s",
        "p50 > 1ms",
        "min of flow >= 1ms",
        "max < 1m",
        "mean of measure to-decision < 1s",
        "submit-to-correction p90 < 30s",
        "poll messages p90 < 30s",
        "p90 of submit-to-correction < 30s",
        "service p95 < 200ms",
        "service p95 of scenario flow < 200ms",
        "errors < 0.1%",
        "errors of submit == 0",
        "errors == 0%",
        "codes[KB-001] == 0",
        "codes[BEGJÆRING_ÅPEN] of submit < 1%",
        "status[503] <= 3",
        "rate >= 45/s",
        "rate of submit > 300/m",
        "dropped == 0",
        "dropped < 1%",
        "requests >= 1000",
        "requests of submit > 10",
    ];
    let read: Vec<_> = all
        .iter()
        .map(|text| format!("{text:40} {}", parts(text)))
        .collect();
    insta::assert_snapshot!(read.join("\n"));
}

#[test]
fn every_mistake_says_where_and_what_is_allowed() {
    let all = [
        "",
        "p95",
        "< 300ms",
        "p95 <",
        "p95 < 300",
        "p95 < 300 ms",
        "p95 = 300ms",
        "p95 => 300ms",
        "p95 == 300ms",
        "rate == 45/s",
        "p95 < 300ms < 1s",
        "p85 < 300ms",
        "p95 submit < 300ms",
        "p95 of < 300ms",
        "p95 of the submit < 300ms",
        "erors < 1%",
        "submit < 300ms",
        "service errors == 0",
        "service < 1s",
        "errors < 0.1",
        "errors < 120%",
        "errors < -1",
        "codes[] == 0",
        "codes[kb-001] == 0",
        "codes == 0",
        "status[99] == 0",
        "rate >= 45",
        "dropped of submit == 0",
        "requests >= 1%",
    ];
    let told: Vec<_> = all
        .iter()
        .map(|text| match parse(text) {
            Ok(threshold) => panic!("`{text}` is read as {threshold:?}"),
            Err(problem) => render(&problem, false),
        })
        .collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn the_caret_stands_under_the_word_that_is_wrong() {
    let file = SourceFile::new("load/a.yaml", "thresholds: [\"p95 of submit < 300\"]\n");
    let text = "p95 of submit < 300";
    let place = Place::new(&file, Span::new(14, 14 + text.len()));
    let problem = Threshold::parse(text, &place).unwrap_err();
    assert_eq!(problem.place.unwrap().text(), "300");
}

#[test]
fn operators_hold_at_their_bounds() {
    for (operator, below, at, above) in [
        ("<", true, false, false),
        ("<=", true, true, false),
        (">", false, false, true),
        (">=", false, true, true),
        ("==", false, true, false),
    ] {
        let threshold = parse(&format!("requests {operator} 10")).unwrap();
        let held = [9.0, 10.0, 11.0].map(|number| threshold.holds(number));
        assert_eq!(held, [below, at, above], "{operator}");
    }
}

#[test]
fn units_are_those_of_the_numbers_of_a_run() {
    for (text, bound, unit) in [
        ("p95 < 300ms", 300_000.0, Unit::Micros),
        ("p95 < 1.5s", 1_500_000.0, Unit::Micros),
        ("p95 < 2m", 120_000_000.0, Unit::Micros),
        ("errors < 0.1%", 0.001, Unit::Share),
        ("errors < 3", 3.0, Unit::Count),
        ("rate > 90/m", 1.5, Unit::PerSecond),
    ] {
        let threshold = parse(text).unwrap();
        assert!((threshold.bound - bound).abs() < 1e-9, "{text}");
        assert_eq!(threshold.unit, unit, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_read_or_refused_with_a_place_inside_it(text in r"[ a-z0-9.<>=!%/\[\]\-æ≤\n]{0,40}") {
        if let Err(problem) = parse(&text) {
            let place = problem.place.clone().unwrap();
            prop_assert!(place.span.start <= text.len() && place.span.end <= text.len());
            prop_assert!(problem.help.is_some());
            render(&problem, false);
        }
    }

    #[test]
    fn what_is_written_is_what_is_read(
        statistic in prop::sample::select(vec![("median", Statistic::Median), ("p90", Statistic::P90), ("p99.9", Statistic::P999), ("max", Statistic::Max)]),
        operator in prop::sample::select(vec![("<", Operator::Less), ("<=", Operator::AtMost), (">", Operator::More), (">=", Operator::AtLeast)]),
        name in r"[a-z][a-z0-9-]{0,12}",
        ms in 1u32..100_000,
        service in any::<bool>(),
        space in prop::sample::select(vec!["", " ", "  "]),
    ) {
        let kind = if service { TimeKind::Service } else { TimeKind::Response };
        let word = if service { "service " } else { "" };
        let text = format!("{word}{} of {name}{space}{}{space}{ms}ms", statistic.0, operator.0);
        let threshold = parse(&text).unwrap();
        prop_assert_eq!(threshold.metric, Metric::Time(kind, statistic.1));
        prop_assert_eq!(threshold.subject.unwrap().name, name);
        prop_assert_eq!(threshold.operator, operator.1);
        prop_assert!((threshold.bound - f64::from(ms) * 1000.0).abs() < 1e-6);
    }
}
