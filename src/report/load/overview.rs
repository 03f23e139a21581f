//! What a load run came to, in a word and a sentence.

use super::figures::time;
use crate::outcome::load::{Ending, LoadResult, ThresholdOutcome};
use crate::report::ExitCode;

/// How a load run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Everything that was asked for was kept.
    Good,
    /// Something was not.
    Bad,
    /// Nothing is concluded.
    Open,
}

/// The verdict on a load run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Overview {
    /// Good, bad or open.
    pub(super) standing: Standing,
    /// In a word or two: `passed`.
    pub(super) word: &'static str,
    /// Why, as a sentence without its full stop.
    pub(super) reason: String,
}

/// The verdict that `result`'s exit code stands for.
pub(super) fn overview(result: &LoadResult) -> Overview {
    let missed = missed(result);
    let (standing, word, reason) = match ExitCode::from_code(result.exit_code) {
        Some(ExitCode::Conforms) => (
            Standing::Good,
            "passed",
            "every threshold is met, and the injector kept its own limits".to_owned(),
        ),
        Some(ExitCode::ThresholdMissed) => (
            Standing::Bad,
            "threshold missed",
            format!("{missed} of {} thresholds missed", result.thresholds.len()),
        ),
        Some(ExitCode::Regression) => (
            Standing::Bad,
            "regression",
            "it is slower than the baseline".to_owned(),
        ),
        Some(ExitCode::DoesNotConform) => (
            Standing::Bad,
            "does not conform",
            "checks failed that the plan does not allow to fail".to_owned(),
        ),
        Some(ExitCode::Inconclusive) => (
            Standing::Open,
            "inconclusive",
            "the injector did not keep its own limits, so nothing is concluded about the service".to_owned(),
        ),
        Some(ExitCode::Interrupted) => (
            Standing::Open,
            "interrupted",
            format!("a signal ended the run after {}", time(result.measured_us)),
        ),
        Some(ExitCode::NotJudged) => (
            Standing::Open,
            "not judged",
            "the environment did not answer; that says nothing about its speed".to_owned(),
        ),
        Some(ExitCode::Invalid) => (
            Standing::Open,
            "nothing measured",
            "not a single call was measured".to_owned(),
        ),
        Some(ExitCode::Usage) | None => (
            Standing::Open,
            "unknown",
            "the exit code has no known meaning".to_owned(),
        ),
    };
    let reason = match early(result) {
        Some(cause) => format!("{reason}; {cause}"),
        None => reason,
    };
    Overview {
        standing,
        word,
        reason,
    }
}

/// How many thresholds do not hold.
pub(super) fn missed(result: &LoadResult) -> usize {
    let missed = result
        .thresholds
        .iter()
        .filter(|it| it.outcome != ThresholdOutcome::Met);
    missed.count()
}

/// Why the run ended before its time, where it did and not by a signal alone.
pub(super) fn early(result: &LoadResult) -> Option<String> {
    let cause = result.stopped_because.as_deref();
    match (result.ending, cause) {
        (Ending::Finished, _) | (Ending::Interrupted, None) => None,
        (_, Some(cause)) => Some(format!("ended early: {cause}")),
        (Ending::Aborted, None) => Some("ended early".to_owned()),
    }
}
