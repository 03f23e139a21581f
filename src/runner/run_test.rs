//! Runs one test: what it needs, its preparation, its steps, its verdict.

use tokio_util::sync::CancellationToken;

use super::session::Session;
use super::world::{Target, World};
use super::{FinishedStep, Listener, given, perform};
use crate::http::Transport;
use crate::outcome::{StepOutcome, TestId, Verdict};
use crate::scenario::{Obligation, Step, StepAction, Test};

/// How a test ended.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reason: Option<String>,
}

/// Why the remaining steps are not run.
pub(super) enum Stop {
    Failed(String),
    Error(String),
    Interrupted,
}

impl Stop {
    /// What the test comes to.
    pub(super) fn verdict(&self, obligation: Obligation) -> Verdict {
        match self {
            Self::Failed(_) if obligation == Obligation::Must => Verdict::Failed,
            Self::Failed(_) => Verdict::Warning,
            Self::Error(_) => Verdict::Error,
            Self::Interrupted => Verdict::NotRun,
        }
    }

    /// The reason, in words.
    pub(super) fn reason(self) -> Option<String> {
        match self {
            Self::Failed(reason) | Self::Error(reason) => Some(reason),
            Self::Interrupted => None,
        }
    }
}

/// Runs `test`, telling `listener` of every step.
pub(super) async fn run_test<T: Transport>(
    world: &World<T>,
    test: &Test,
    listener: &impl Listener,
    cancel: &CancellationToken,
) -> Judged {
    let target = match applicable(world, test) {
        Ok(target) => target,
        Err(reason) => return not(Verdict::NotApplicable, &reason),
    };
    let mut session = Session::new(world, test, target, cancel, seed_of(world.seed, test));
    let stop = conduct(&mut session, &test_id(test), listener).await;
    let Some(stop) = stop else {
        return Judged {
            verdict: Verdict::Passed,
            reason: None,
        };
    };
    let verdict = stop.verdict(test.scenario.obligation);
    let reason = stop.reason();
    not(verdict, reason.as_deref().unwrap_or("the run was interrupted"))
}

/// Gets what the test needs, then runs its steps; why it stopped, if it did.
pub(super) async fn conduct<T: Transport>(
    session: &mut Session<'_, T>,
    id: &TestId,
    listener: &impl Listener,
) -> Option<Stop> {
    // The leases last until the test has ended.
    let provided = given::provide(session).await;
    match &provided {
        Ok(_) => steps(session, id, listener).await,
        Err(error) => Some(Stop::Error(format!("what the test needs is not there: {error}"))),
    }
}

fn not(verdict: Verdict, reason: &str) -> Judged {
    Judged {
        verdict,
        reason: Some(crate::masking::mask(reason).into_owned()),
    }
}

/// Where `test` is run; or why it does not apply to this environment.
///
/// # Errors
/// The reason, for a person: a capability or a model that the environment does not have.
pub fn applicable<'a, T>(world: &'a World<T>, test: &Test) -> Result<&'a Target, String> {
    let lacking: Vec<&str> = test
        .scenario
        .requires
        .iter()
        .map(|required| required.value.as_str())
        .filter(|required| !world.capabilities.contains(*required))
        .collect();
    if !lacking.is_empty() {
        return Err(format!(
            "environment `{}` lacks: {}",
            world.name,
            lacking.join(", ")
        ));
    }
    world
        .targets
        .get(&test.model)
        .ok_or_else(|| format!("environment `{}` does not speak {}", world.name, test.model))
}

/// Runs preparation and steps until one does not pass; those after it are told of as not run.
async fn steps<T: Transport>(
    session: &mut Session<'_, T>,
    id: &TestId,
    listener: &impl Listener,
) -> Option<Stop> {
    let test = session.test;
    let mut stop = None;
    let prepared = test.preparation.len();
    for (index, step) in test.preparation.iter().chain(&test.steps).enumerate() {
        if stop.is_none() && index == prepared {
            stop = given::request(session)
                .err()
                .map(|error| Stop::Error(format!("the request cannot be made: {error}")));
            session.restart_clock();
        }
        if stop.is_none() && session.cancel.is_cancelled() {
            session.interrupted = true;
            stop = Some(Stop::Interrupted);
        }
        session.step = index;
        let done = match &stop {
            Some(stop) => Err(why_not(stop)),
            None => Ok(perform::perform(session, step, listener).await),
        };
        let finished = FinishedStep {
            test: id,
            step,
            index,
            preparation: index < prepared,
            operation: operation_of(step).and_then(|name| session.target.operation(name)),
            done: done.as_ref().map_err(String::as_str),
        };
        if stop.is_none() {
            stop = stopped_by(&finished);
            session.stopped_by_step = stop.is_some();
        }
        listener.on_step(finished).await;
    }
    stop
}

/// The logical name of the operation that a step calls.
fn operation_of(step: &Step) -> Option<&str> {
    match &step.action {
        StepAction::Call(call) => Some(&call.operation.value),
        StepAction::Poll(poll) => Some(&poll.call.operation.value),
        StepAction::Raw(_) => None,
    }
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
pub fn test_id(test: &Test) -> TestId {
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
