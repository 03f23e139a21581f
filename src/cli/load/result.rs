//! A load run's result, put together from what was measured and how it ended.

use std::time::Duration;

use super::verdict;
use crate::load::engine::Ran;
use crate::load::health::Monitor;
use crate::load::measure::Recorder;
use crate::load::plan::Plan;
use crate::load::threshold;
use crate::outcome::load::{Ending, LOAD_SCHEMA_VERSION, LoadResult, LoadStarted, UserModel};

/// What came of carrying out a plan, besides what the recorder knows.
pub(super) struct Carried {
    /// How the engine ended.
    pub(super) ran: Ran,
    /// The injector's watch.
    pub(super) monitor: Monitor,
    /// Token fetches while it went on.
    pub(super) tokens: u64,
    /// The threshold that ended it, by its position.
    pub(super) aborting: Option<usize>,
}

/// Puts it together, thresholds judged.
pub(super) fn assemble(run: LoadStarted, plan: &Plan, recorder: &Recorder, carried: &Carried) -> LoadResult {
    let ran = &carried.ran;
    let measured = recorder.finish(ran.ended);
    let health = carried.monitor.health(&measured, schedule(plan, ran));
    let mut traffic = measured.traffic;
    traffic.tokens = carried.tokens;
    let mut result = LoadResult {
        schema_version: LOAD_SCHEMA_VERSION,
        run,
        ending: ran.ending,
        stopped_because: ran.stopped_because.clone(),
        measured_us: measured.measured_us,
        iterations: measured.iterations,
        traffic,
        checked: measured.checked,
        rows: measured.rows,
        merged: measured.merged,
        series: measured.series,
        failures: measured.failures,
        failures_omitted: measured.failures_omitted,
        warm_up_failures: measured.warm_up_failures,
        health,
        thresholds: Vec::new(),
        exit_code: 0,
    };
    result.thresholds = threshold::judge(&plan.thresholds, &result);
    if let (Some(position), Ending::Aborted) = (carried.aborting, result.ending)
        && let Some(threshold) = result.thresholds.get_mut(position)
    {
        threshold.aborted = true;
    }
    result.exit_code = verdict::exit_code(&result).code();
    result
}

/// Over what time arrivals were due, warm-up left out; nothing in the closed model.
fn schedule(plan: &Plan, ran: &Ran) -> Option<Duration> {
    if matches!(plan.model, UserModel::Users { .. }) {
        return None;
    }
    let went_on = ran.ended.saturating_duration_since(ran.began?);
    Some(
        plan.duration
            .map_or(went_on, |planned| planned.min(went_on))
            .saturating_sub(plan.warm_up),
    )
}
