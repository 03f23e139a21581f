//! What a plan can hardly mean: thresholds that nothing can meet, scenarios that take longer than the load.

use std::time::Duration;

use serde_json::Value;

use super::model::Plan;
use crate::load::threshold::{Metric, Operator, Threshold};
use crate::outcome::load::{Stage, StageKind, UserModel};
use crate::scenario::{StepAction, Test};
use crate::source::{Diagnostic, Diagnostics, Severity, format_duration, format_rate, parse_duration};

/// Looks for them. Where flags have `reshaped` the load, a threshold out of reach is a warning.
pub(super) fn look(plan: &Plan, reshaped: bool, problems: &mut Diagnostics) {
    for threshold in &plan.thresholds {
        if let Some(diagnostic) = out_of_reach(plan, threshold) {
            problems.push(Diagnostic {
                severity: if reshaped {
                    Severity::Warning
                } else {
                    Severity::Error
                },
                ..diagnostic
            });
        }
        let closed = matches!(plan.model, UserModel::Users { .. });
        if threshold.metric == Metric::Dropped && closed {
            problems.push(
                Diagnostic::warning("with `users` nothing is ever dropped, so this always holds")
                    .at(threshold.place.clone())
                    .help("`dropped` is for plans with a `rate`"),
            );
        }
    }
    if let Some(duration) = plan.duration {
        for mixed in &plan.mix {
            too_slow(&mixed.test, duration, problems);
        }
    }
}

/// A threshold that the plan itself rules out.
fn out_of_reach(plan: &Plan, threshold: &Threshold) -> Option<Diagnostic> {
    let measured = plan.duration?.saturating_sub(plan.warm_up);
    if threshold.abort && threshold.after >= measured {
        let message = format!(
            "the threshold waits {} before it can end the run, and only {} are measured",
            format_duration(threshold.after),
            format_duration(measured)
        );
        return Some(
            Diagnostic::error(message)
                .at(threshold.place.clone())
                .help("shorten `after`, or leave `abort` out"),
        );
    }
    let open = matches!(plan.model, UserModel::Rate { .. });
    let lower = matches!(threshold.operator, Operator::More | Operator::AtLeast);
    if threshold.metric != Metric::Rate || threshold.subject.is_some() || !open || !lower {
        return None;
    }
    let begins = plan.warm_up.as_secs_f64();
    let offered = arrivals(&plan.stages, begins) / measured.as_secs_f64();
    (threshold.bound > offered * 1.000_001).then(|| {
        let message = format!(
            "the plan offers {} on average, so the rate cannot reach {}",
            format_rate(offered),
            format_rate(threshold.bound)
        );
        Diagnostic::error(message)
            .at(threshold.place.clone())
            .help("`rate` is over the whole time measured, ramps too; lengthen the `hold`, leave the ramp to the `warm_up`, or lower the bound")
    })
}

/// How many iterations arrive after `begins`, in seconds from the start.
#[expect(
    clippy::cast_precision_loss,
    reason = "a year in microseconds is far below 2^52"
)]
fn arrivals(stages: &[Stage], begins: f64) -> f64 {
    let (mut at, mut level, mut sum) = (0.0, 0.0, 0.0);
    for stage in stages {
        let lasts = stage.over_us as f64 / 1e6;
        let skipped = (begins - at).clamp(0.0, lasts);
        let from = match stage.kind {
            StageKind::Ramp => level + (stage.to - level) * skipped / lasts,
            StageKind::Hold | StageKind::Spike => stage.to,
        };
        sum += (lasts - skipped) * (from + stage.to) / 2.0;
        if stage.kind != StageKind::Spike {
            level = stage.to;
        }
        at += lasts;
    }
    sum
}

/// Waits of a scenario that are longer than the load: under load they pass in real time.
fn too_slow(test: &Test, duration: Duration, problems: &mut Diagnostics) {
    let scripted = test.given.mock.as_ref();
    let scripted = scripted.and_then(|script| Some((script.place(), longest_path(script.constant()?))));
    if let Some((place, wait)) = scripted.filter(|(_, wait)| *wait >= duration) {
        let message = format!(
            "`{}` cannot end: the mock's script takes {}, the load {}",
            test.scenario.id.value,
            format_duration(wait),
            format_duration(duration)
        );
        problems.push(
            Diagnostic::warning(message)
                .at(place.clone())
                .help("under load everything passes in real time; choose a scenario with short waits, such as those in scenarios/load"),
        );
        return;
    }
    for step in &test.steps {
        if let StepAction::Poll(poll) = &step.action
            && poll.every.initial >= duration
        {
            let message = format!(
                "step `{}` of `{}` waits {} between two calls, the load lasts {}",
                step.id,
                test.scenario.id.value,
                format_duration(poll.every.initial),
                format_duration(duration)
            );
            problems.push(
                Diagnostic::warning(message)
                    .at(step.place.clone())
                    .help("a poll that is not done at once never ends in that time"),
            );
        }
    }
}

/// How long a script of the mock takes: the longest wait of each phase, one after the other.
fn longest_path(script: &Value) -> Duration {
    let phases = script.as_object().into_iter().flat_map(|phases| phases.values());
    phases.map(longest).sum()
}

/// The longest `after` anywhere in a phase.
fn longest(value: &Value) -> Duration {
    match value {
        Value::Object(fields) => {
            let own = fields
                .get("after")
                .and_then(Value::as_str)
                .and_then(parse_duration);
            let below = fields.values().map(longest).max();
            own.max(below).unwrap_or_default()
        }
        Value::Array(items) => items.iter().map(longest).max().unwrap_or_default(),
        _ => Duration::ZERO,
    }
}
