//! Runs one test: what it needs, its preparation, its steps, its verdict.

use tokio_util::sync::CancellationToken;

use super::session::Session;
use super::world::World;
use super::{FinishedStep, Listener, given, perform};
use crate::http::Transport;
use crate::outcome::{StepOutcome, TestId, Verdict};
use crate::scenario::{Obligation, Test};

/// How a test ended.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<String>,
}

/// Why the remaining steps are not run.
enum Stop {
    Failed(String),
    Error(String),
    Interrupted,
}

/// Runs `test`, telling `listener` of every step.
pub(super) async fn run_test<T: Transport>(
    world: &World<T>,
    test: &Test,
    listener: &impl Listener,
    cancel: &CancellationToken,
) -> Judged {
    if let Some(judged) = inapplicable(world, test) {
        return judged;
    }
    let Some(target) = world.targets.get(&test.model) else {
        return not(
            Verdict::NotApplicable,
            &format!("environment `{}` does not speak {}", world.name, test.model),
        );
    };
    let mut session = Session::new(world, test, target, cancel, seed_of(world.seed, test));
    // The leases last until the test has ended.
    let provided = given::provide(&mut session).await;
    let stop = match &provided {
        Ok(_) => steps(&mut session, listener).await,
        Err(error) => Some(Stop::Error(format!("what the test needs is not there: {error}"))),
    };
    match stop {
        None => Judged {
            verdict: Verdict::Passed,
            reason: None,
        },
        Some(Stop::Failed(reason)) if test.scenario.obligation == Obligation::Must => {
            not(Verdict::Failed, &reason)
        }
        Some(Stop::Failed(reason)) => not(Verdict::Warning, &reason),
        Some(Stop::Error(reason)) => not(Verdict::Error, &reason),
        Some(Stop::Interrupted) => not(Verdict::NotRun, "the run was interrupted"),
    }
}

fn not(verdict: Verdict, reason: &str) -> Judged {
    Judged {
        verdict,
        reason: Some(crate::masking::mask(reason).into_owned()),
    }
}

fn inapplicable<T>(world: &World<T>, test: &Test) -> Option<Judged> {
    let lacking: Vec<&str> = test
        .scenario
        .requires
        .iter()
        .map(|required| required.value.as_str())
        .filter(|required| !world.capabilities.contains(*required))
        .collect();
    (!lacking.is_empty()).then(|| {
        let reason = format!("environment `{}` lacks: {}", world.name, lacking.join(", "));
        not(Verdict::NotApplicable, &reason)
    })
}

/// Runs preparation and steps until one does not pass; those after it are told of as not run.
async fn steps<T: Transport>(session: &mut Session<'_, T>, listener: &impl Listener) -> Option<Stop> {
    let test = session.test;
    let id = test_id(test);
    let mut stop = None;
    let prepared = test.preparation.len();
    for (index, step) in test.preparation.iter().chain(&test.steps).enumerate() {
        if stop.is_none() && index == prepared {
            stop = given::request(session)
                .err()
                .map(|error| Stop::Error(format!("the request cannot be made: {error}")));
        }
        if stop.is_none() && session.cancel.is_cancelled() {
            stop = Some(Stop::Interrupted);
        }
        let done = match &stop {
            Some(stop) => Err(why_not(stop)),
            None => Ok(perform::perform(session, step).await),
        };
        let finished = FinishedStep {
            test: &id,
            step,
            index,
            preparation: index < prepared,
            done: done.as_ref().map_err(String::as_str),
        };
        stop = stop.or_else(|| stopped_by(&finished));
        listener.on_step(finished).await;
    }
    stop
}

fn why_not(stop: &Stop) -> String {
    match stop {
        Stop::Failed(reason) | Stop::Error(reason) => format!("not run, since {reason}"),
        Stop::Interrupted => "not run, since the run was interrupted".to_owned(),
    }
}

fn stopped_by(finished: &FinishedStep<'_>) -> Option<Stop> {
    let id = &finished.step.id;
    match finished.outcome() {
        StepOutcome::Passed | StepOutcome::NotRun => None,
        StepOutcome::Failed => Some(Stop::Failed(format!("step `{id}` failed"))),
        StepOutcome::Error => {
            let kind = if finished.preparation {
                "preparation step"
            } else {
                "step"
            };
            let why = finished.error();
            let why = why.as_deref().unwrap_or("a check of the preparation failed");
            Some(Stop::Error(format!("{kind} `{id}` could not be judged: {why}")))
        }
    }
}

/// The test's name in events.
pub(super) fn test_id(test: &Test) -> TestId {
    TestId {
        scenario: test.scenario.id.value.clone(),
        case: test.case.as_ref().map(|case| case.value.clone()),
        model: test.model.clone(),
    }
}

/// Depends on the run's seed and the test's name only, so that a test run alone draws what it drew among others.
fn seed_of(seed: u64, test: &Test) -> u64 {
    // FNV-1a: stable between versions and platforms, which the standard library's hasher does not promise.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in test_id(test).to_string().bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
