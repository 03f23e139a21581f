//! What both tables say in their cells.

use crate::outcome::comparison::{
    Change, Comparison, ComparisonVerdict, Estimate, Finding, Judgement, Micros, PerSecond, Span, Statistic,
};

/// The columns after the row's name and the statistic.
pub(super) const NUMBERS: [&str; 5] = ["base", "head", "change", "90 % interval", "corrected"];

/// The cells of [`NUMBERS`].
pub(super) fn numbers(finding: &Finding) -> [String; 5] {
    let Some(estimate) = &finding.estimate else {
        return ["-"; 5].map(str::to_owned);
    };
    let value = |value: f64| match finding.statistic {
        Statistic::Throughput => PerSecond(value).to_string(),
        Statistic::P50 | Statistic::P95 | Statistic::P99 => Micros(value).to_string(),
    };
    let Estimate {
        base,
        head,
        ratio,
        interval,
        corrected,
    } = *estimate;
    [
        value(base),
        value(head),
        Change(ratio).to_string(),
        span(interval),
        span(corrected),
    ]
}

fn span(span: Option<Span>) -> String {
    span.map_or_else(
        || "-".to_owned(),
        |Span { low, high }| {
            let low = Change(low).to_string();
            format!("{} … {}", low.trim_end_matches(" %"), Change(high))
        },
    )
}

/// A judgement as a word.
pub(super) fn word(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Pass => "pass",
        Judgement::Regression => "regression",
        Judgement::Improvement => "improvement",
        Judgement::Inconclusive => "inconclusive",
        Judgement::NotJudged => "not judged",
    }
}

/// A verdict as a word.
pub(super) fn verdict(verdict: ComparisonVerdict) -> &'static str {
    match verdict {
        ComparisonVerdict::Pass => "pass",
        ComparisonVerdict::Regression => "regression",
        ComparisonVerdict::Improvement => "improvement",
        ComparisonVerdict::Inconclusive => "inconclusive",
    }
}

/// The rules in two sentences.
pub(super) fn rules(comparison: &Comparison) -> String {
    let settings = &comparison.settings;
    let share = |share: f64| {
        let percent = format!("{:.2}", share * 100.0);
        format!("{} %", percent.trim_end_matches('0').trim_end_matches('.'))
    };
    let drift = match comparison.base.len() {
        1 => format!(
            "; runs are taken to drift by {} for no reason, which one pair cannot show",
            share(settings.drift)
        ),
        rounds => format!("; drift between runs is measured in {rounds} rounds"),
    };
    format!(
        "Looked at {} statistics, smallest change that counts {}, false alarms at most {} for all together{drift}.",
        settings.looked_at,
        share(settings.min_effect),
        share(settings.false_alarms)
    )
}

/// Reasons given once, for all the findings that share them: `submit p95 is not judged: …` of three percentiles is one.
pub(super) fn sentences(comparison: &Comparison) -> Vec<&str> {
    let wanted = |finding: &&Finding| match finding.judgement {
        Judgement::Regression | Judgement::Improvement | Judgement::Inconclusive => true,
        Judgement::NotJudged => finding.gates || finding.statistic == Statistic::Throughput,
        Judgement::Pass => false,
    };
    let findings = comparison.findings.iter().filter(wanted);
    findings.map(|finding| finding.sentence.as_str()).collect()
}
