//! What is kept of a step that failed or could not be judged: enough to see why, and no more.

use super::units::cut;
use crate::outcome::{Check, CheckResult, ExchangeRecord, Problem, StepRecord};

/// How many failed checks of one step are kept.
const MAX_CHECKS: usize = 40;
/// How many bytes of an expected or actual value, or an error's text.
const MAX_VALUE: usize = 2 << 10;
/// How many bytes of a diff or a curl command.
const MAX_TEXT: usize = 16 << 10;

/// The problem that a failed or unjudged step is.
pub(super) fn problem_of(step: &StepRecord) -> Problem {
    let failed = step
        .checks
        .iter()
        .filter(|check| check.result == CheckResult::Failed);
    let (failed_count, exchange) = (failed.clone().count(), step.exchange.as_ref());
    Problem {
        step: step.step.clone(),
        kind: step.kind,
        operation: step.operation.clone(),
        place: step.place.clone(),
        preparation: step.preparation,
        outcome: step.outcome,
        error: step.error.as_deref().map(|text| cut(text, MAX_VALUE)),
        failed_checks: failed.take(MAX_CHECKS).map(shortened).collect(),
        failed_checks_omitted: failed_count.saturating_sub(MAX_CHECKS) as u64,
        passed_checks: (step.checks.len() - failed_count) as u64,
        request: exchange.map(|it| cut(&format!("{} {}", it.request.method, it.request.url), MAX_VALUE)),
        answer: exchange.and_then(answer),
        korrelasjonsid: exchange.and_then(|it| it.korrelasjonsid.clone()),
        curl: step.curl.as_deref().map(|text| cut(text, MAX_TEXT)),
        attempts: step.attempts,
    }
}

/// About how many bytes a problem takes.
pub(super) fn size(problem: &Problem) -> usize {
    let long = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let checks = problem
        .failed_checks
        .iter()
        .map(|it| 256 + it.expected.len() + it.actual.len() + long(&it.detail));
    1024 + long(&problem.error) + long(&problem.curl) + checks.sum::<usize>()
}

fn shortened(check: &Check) -> Check {
    Check {
        expected: cut(&check.expected, MAX_VALUE),
        actual: cut(&check.actual, MAX_VALUE),
        detail: check.detail.as_deref().map(|text| cut(text, MAX_TEXT)),
        ..check.clone()
    }
}

/// `422 KB-006 (KRAV_DUPLIKATE_REFERANSER)`, or why nothing came back.
fn answer(exchange: &ExchangeRecord) -> Option<String> {
    let Some(response) = &exchange.response else {
        return exchange
            .failure
            .as_deref()
            .map(|text| format!("none: {}", cut(text, MAX_VALUE)));
    };
    let mut text = response.status.to_string();
    if let Some(code) = &response.code {
        text.push(' ');
        text.push_str(code);
    }
    if !response.conditions.is_empty() {
        text.push_str(&format!(" ({})", response.conditions.join(", ")));
    }
    Some(cut(&text, MAX_VALUE))
}
