//! How much and how long: users or arrivals, stages, the end; and whether that can be.

use std::time::Duration;

use super::model::micros;
use super::written::{Level, StageWritten, Written};
use crate::outcome::load::{Arrivals, Stage, StageKind, UserModel};
use crate::source::{Diagnostic, Diagnostics, Located, Place, format_duration};

/// Users at work at once where the plan does not say: so many seconds' arrivals, within these bounds.
const SECONDS_AT_WORK: f64 = 10.0;
const LEAST_USERS: f64 = 50.0;
const MOST_USERS: f64 = 2000.0;

/// How much and how long.
#[derive(Debug)]
pub(super) struct Levels {
    pub model: UserModel,
    pub stages: Vec<Stage>,
    pub duration: Option<Duration>,
}

/// Reads them; nothing when they contradict each other. `at` is where the plan's name stands.
pub(super) fn read(written: &Written, at: Option<&Place>, problems: &mut Diagnostics) -> Option<Levels> {
    let before = problems.0.len();
    let open = is_open(written, at, problems)?;
    exclusive(written, open, problems);
    let first = if open {
        written.rate.as_ref().map(|rate| rate.value)?
    } else {
        written.users.as_ref().map(|users| as_level(users.value))?
    };
    let (mut stages, highest) = stages(written, first, open, problems);
    let duration = ending(written, &mut stages, first, at, problems);
    if problems.0[before..]
        .iter()
        .any(|found| found.severity == crate::source::Severity::Error)
    {
        return None;
    }
    Some(Levels {
        model: model(written, highest, open),
        stages,
        duration,
    })
}

/// Whether arrivals come on their own.
fn is_open(written: &Written, at: Option<&Place>, problems: &mut Diagnostics) -> Option<bool> {
    let message = "a load is driven by `users` or by `rate`";
    match (&written.users, &written.rate) {
        (Some(_), None) => Some(false),
        (None, Some(rate)) if rate.value > 0.0 => Some(true),
        (None, Some(rate)) => {
            problems.push(Diagnostic::error("at this rate nothing ever arrives").at(rate.place.clone()));
            None
        }
        (Some(users), Some(rate)) => {
            problems.push(
                Diagnostic::error(format!("{message}, not both"))
                    .at(rate.place.clone())
                    .related(users.place.clone(), "and here")
                    .help("`users` begin again when they have ended; at a `rate` iterations begin whether or not earlier ones have ended"),
            );
            None
        }
        (None, None) => {
            let diagnostic = Diagnostic::error(format!("{message}, and neither is given"));
            let help = if at.is_some() {
                "add `users: 20` or `rate: 50/s`; or `--users`, `--rate` on the command line"
            } else {
                "add `--users 20` or `--rate 50/s`"
            };
            problems.push(placed(diagnostic.help(help), at));
            None
        }
    }
}

/// Words that belong to the other model.
fn exclusive(written: &Written, open: bool, problems: &mut Diagnostics) {
    let mut refuse = |place: &Place, word: &str, with: &str, why: &str| {
        problems.push(
            Diagnostic::error(format!("`{word}` goes with `{with}` only"))
                .at(place.clone())
                .help(why),
        );
    };
    if open {
        if let Some(think) = &written.think {
            let why = "at a rate arrivals decide when an iteration begins, not users who wait";
            refuse(&think.place, "think", "users", why);
        }
        return;
    }
    let why = "users begin when they have ended; there are no arrivals";
    if let Some(arrivals) = &written.arrivals {
        refuse(&arrivals.place, "arrivals", "rate", why);
    }
    if let Some(most) = &written.max_users {
        refuse(&most.place, "max_users", "rate", why);
    }
}

/// The stages in numbers, and the highest level of the load.
fn stages(written: &Written, first: f64, open: bool, problems: &mut Diagnostics) -> (Vec<Stage>, f64) {
    let before = problems.0.len();
    let mut level = match written.stages.first().map(|stage| &stage.value) {
        Some(StageWritten::Ramp(..)) => 0.0,
        _ => first,
    };
    let mut highest: f64 = level;
    let mut stages = Vec::new();
    for (at, stage) in written.stages.iter().enumerate() {
        if stage.value.lasts().is_zero() {
            let message = "a stage lasts no time";
            problems.push(
                Diagnostic::error(message)
                    .at(stage.place.clone())
                    .help("give it a time above zero"),
            );
        }
        let (kind, to) = match &stage.value {
            StageWritten::Hold(_) => (StageKind::Hold, level),
            StageWritten::Ramp(to, _) => {
                level = in_unit(to, open, problems);
                (StageKind::Ramp, level)
            }
            StageWritten::Spike(to, _) => {
                if at == 0 {
                    problems.push(
                        Diagnostic::error("a spike cannot come first: it rises from a level")
                            .at(stage.place.clone())
                            .help("put a `hold` or a `ramp` before it"),
                    );
                }
                (StageKind::Spike, in_unit(to, open, problems))
            }
        };
        highest = highest.max(to);
        stages.push(Stage {
            kind,
            to,
            over_us: micros(stage.value.lasts()),
        });
    }
    if highest == 0.0
        && problems.0.len() == before
        && let Some(stage) = written.stages.first()
    {
        problems
            .push(Diagnostic::error("all stages are at 0, so nothing is ever run").at(stage.place.clone()));
    }
    (stages, highest)
}

/// A stage's level in the unit of the model.
fn in_unit(level: &Located<Level>, open: bool, problems: &mut Diagnostics) -> f64 {
    match (level.value, open) {
        (Level::Users(users), false) => as_level(users),
        (Level::PerSecond(rate), true) => rate,
        (Level::Users(users), true) => {
            problems.push(
                Diagnostic::error("the plan has a `rate`, so a level is a rate")
                    .at(level.place.clone())
                    .help(format!("write `{users}/s`")),
            );
            0.0
        }
        (Level::PerSecond(_), false) => {
            problems.push(
                Diagnostic::error("the plan has `users`, so a level is a number of users")
                    .at(level.place.clone())
                    .help("write a whole number; or give the plan a `rate` in place of `users`"),
            );
            0.0
        }
    }
}

/// When the load ends; a last level is kept until then.
fn ending(
    written: &Written,
    stages: &mut Vec<Stage>,
    first: f64,
    at: Option<&Place>,
    problems: &mut Diagnostics,
) -> Option<Duration> {
    let planned: Duration = written.stages.iter().map(|stage| stage.value.lasts()).sum();
    let duration = match &written.duration {
        Some(whole) if whole.value.is_zero() => {
            problems.push(Diagnostic::error("the load lasts no time").at(whole.place.clone()));
            return None;
        }
        Some(whole) if whole.value < planned => {
            problems.push(too_long(whole, planned, written));
            return None;
        }
        Some(whole) => whole.value,
        None if !planned.is_zero() => planned,
        None => {
            if written.iterations.is_none() {
                let help = if at.is_some() {
                    "add `for: 30s`, `iterations: 1000` or `stages`"
                } else {
                    "add `--for 30s` or `--iterations 1000`"
                };
                let message = "nothing says when the load ends";
                problems.push(placed(Diagnostic::error(message).help(help), at));
            }
            return None;
        }
    };
    if let Some(warm_up) = written.warm_up.as_ref().filter(|time| time.value >= duration) {
        let message = format!(
            "the warm-up takes all of the {} that the load lasts",
            format_duration(duration)
        );
        problems.push(
            Diagnostic::error(message)
                .at(warm_up.place.clone())
                .help("what happens in the warm-up is in no number; leave time to measure"),
        );
    }
    if duration > planned {
        let after_spike = |stages: &[Stage]| {
            let levels = stages.iter().rev().find(|stage| stage.kind != StageKind::Spike);
            levels.map_or(first, |stage| stage.to)
        };
        stages.push(Stage {
            kind: StageKind::Hold,
            to: after_spike(stages),
            over_us: micros(duration.saturating_sub(planned)),
        });
    }
    Some(duration)
}

fn too_long(whole: &Located<Duration>, staged: Duration, written: &Written) -> Diagnostic {
    let message = format!(
        "the stages last {}, longer than the {} of the load",
        format_duration(staged),
        format_duration(whole.value)
    );
    let diagnostic = Diagnostic::error(message).at(whole.place.clone());
    let diagnostic = match written.stages.first() {
        Some(stage) => diagnostic.related(stage.place.clone(), "the stages begin here"),
        None => diagnostic,
    };
    if whole.place.file.name().starts_with("--") {
        diagnostic.help("add `--users` or `--rate`, which take the place of the stages; or leave `--for` out")
    } else {
        diagnostic.help("leave `for` out, or make it at least as long as the stages")
    }
}

fn model(written: &Written, highest: f64, open: bool) -> UserModel {
    if !open {
        return UserModel::Users {
            users: as_count(highest),
        };
    }
    let usual = (highest * SECONDS_AT_WORK).ceil().clamp(LEAST_USERS, MOST_USERS);
    UserModel::Rate {
        per_second: highest,
        arrivals: written
            .arrivals
            .as_ref()
            .map_or(Arrivals::Constant, |arrivals| arrivals.value),
        max_users: written
            .max_users
            .as_ref()
            .map_or(as_count(usual), |most| most.value),
    }
}

/// A mistake at a place, where there is one.
fn placed(diagnostic: Diagnostic, at: Option<&Place>) -> Diagnostic {
    match at {
        Some(place) => diagnostic.at(place.clone()),
        None => diagnostic,
    }
}

#[expect(clippy::cast_precision_loss, reason = "users are far fewer than 2^52")]
fn as_level(users: u64) -> f64 {
    users as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of users, from 0 to 10,000 and whole"
)]
fn as_count(level: f64) -> u64 {
    level as u64
}
