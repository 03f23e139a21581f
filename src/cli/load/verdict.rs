//! What a load run's exit code is.

use crate::outcome::load::{Ending, LoadResult, ThresholdOutcome};
use crate::report::ExitCode;

/// The exit code, by the precedence that all commands share.
pub(super) fn exit_code(result: &LoadResult) -> ExitCode {
    let ended = result.iterations.passed + result.iterations.failed + result.iterations.errors;
    let missed = result
        .thresholds
        .iter()
        .any(|threshold| threshold.outcome != ThresholdOutcome::Met);
    let by_threshold = result.thresholds.iter().any(|threshold| threshold.aborted);
    let applying = [
        (result.ending == Ending::Interrupted, ExitCode::Interrupted),
        (
            result.ending == Ending::Aborted && !by_threshold,
            ExitCode::NotJudged,
        ),
        (ended == 0 && result.ending == Ending::Finished, ExitCode::Invalid),
        (missed, ExitCode::ThresholdMissed),
        (!result.health.healthy, ExitCode::Inconclusive),
    ];
    ExitCode::strongest(
        applying
            .into_iter()
            .filter_map(|(applies, code)| applies.then_some(code)),
    )
}
