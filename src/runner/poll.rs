//! A poll: the same call until its condition holds, its fatal condition holds, or its time is up.

use std::time::Duration;

use serde_json::{Map, Value};

use super::call;
use super::done::Done;
use super::failure::StepError;
use super::listener::Listener;
use super::perform;
use super::prepare;
use super::session::Session;
use super::wait::{self, Waited};
use crate::assertion::{self, Check, CheckResult, Subject};
use crate::http::{Body, Exchange, Response, Transport};
use crate::scenario::{Backoff, Matcher, Path, Poll, Step};
use crate::source::format_duration;
use crate::template::Template;

/// Statuses that ask for patience: too many requests, temporarily unavailable.
const PATIENCE: [u16; 2] = [429, 503];

/// What one answer means for the poll.
enum Answer {
    /// Ask again; the checks say what does not hold yet.
    NotYet(Vec<Check>),
    /// It is over, one way or the other; the checks say which.
    Over(Vec<Check>),
}

/// Polls; the last answer is checked against the step's `expect` as well.
pub(super) async fn perform<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    poll: &Poll,
    listener: &impl Listener,
) -> Done {
    let began = session.elapsed();
    let mut done = Done::default();
    let mut next_wait = poll.every.initial;
    loop {
        let (exchange, parameters) = match ask(session, step, poll).await {
            Ok(asked) => asked,
            Err(error) => {
                done.error = Some(error);
                return done;
            }
        };
        done.attempts += 1;
        let spent = session.elapsed().saturating_sub(began);
        // The last call is made when the time is up, not one wait before it.
        let left = poll.within.saturating_sub(spent);
        let pause = whole_millis(next_wait.max(retry_after(&exchange)).min(left));
        let answer = match read(session, poll, &exchange) {
            Ok(Answer::NotYet(missing)) if left.is_zero() => {
                Answer::Over(timed_out(missing, poll, spent, done.attempts))
            }
            Ok(answer) => answer,
            Err(error) => {
                done.error = Some(error);
                Answer::Over(Vec::new())
            }
        };
        if let Answer::Over(checks) = answer {
            finish(session, step, poll, exchange, checks, &mut done);
            if let Some(call) = call::last(session, step, &done) {
                listener.on_call(call);
            }
            return done;
        }
        listener.on_call(call::early(session, step, &exchange));
        if let Err(error) = pause_for(session, &parameters, pause).await {
            done.error = Some(error);
            done.exchange = Some(exchange);
            return done;
        }
        next_wait = grow(&poll.every, next_wait);
    }
}

async fn ask<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    poll: &Poll,
) -> Result<(Exchange, Map<String, Value>), StepError> {
    let prepared = prepare::call(&poll.call, session.target, &session.variables);
    perform::exchange(session, step, prepared).await
}

fn finish<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    poll: &Poll,
    exchange: Exchange,
    checks: Vec<Check>,
    done: &mut Done,
) {
    done.checks.extend(checks);
    let target = session.target;
    let operation = target.operation(&poll.call.operation.value);
    let error = done.error.take();
    perform::judge(session, step, operation, exchange, done);
    done.error = error.or(done.error.take());
}

/// Reads one answer: an unexpected status ends the poll, since waiting does not mend it.
fn read<T: Transport>(
    session: &Session<'_, T>,
    poll: &Poll,
    exchange: &Exchange,
) -> Result<Answer, StepError> {
    let Ok(response) = &exchange.result else {
        return Ok(Answer::Over(Vec::new()));
    };
    let body = Body::of(response);
    let fatal = held(session, &poll.fail_if, Subject::FailIf, &body)?;
    if let Some(check) = fatal
        .into_iter()
        .find(|check| check.result == CheckResult::Passed)
    {
        return Ok(Answer::Over(vec![Check {
            result: CheckResult::Failed,
            expected: format!("not {}", check.expected),
            ..check
        }]));
    }
    let checks = held(session, &poll.until, Subject::Until, &body)?;
    let satisfied = checks.iter().all(|check| check.result == CheckResult::Passed);
    let patient = is_success(response) || PATIENCE.contains(&response.status);
    Ok(if satisfied || !patient {
        Answer::Over(checks)
    } else {
        Answer::NotYet(checks)
    })
}

fn is_success(response: &Response) -> bool {
    (200..300).contains(&response.status)
}

fn held<T: Transport>(
    session: &Session<'_, T>,
    conditions: &[(Path, Matcher<Template>)],
    subject: Subject,
    body: &Body,
) -> Result<Vec<Check>, StepError> {
    conditions
        .iter()
        .map(|(path, matcher)| {
            let matcher = matcher.resolve(&session.variables)?;
            Ok(assertion::holds(subject, path, &matcher, body))
        })
        .collect()
}

fn timed_out(missing: Vec<Check>, poll: &Poll, spent: Duration, attempts: u32) -> Vec<Check> {
    let spent = format_duration(spent);
    let allowed = format_duration(poll.within);
    missing
        .into_iter()
        .map(|check| Check {
            detail: Some(format!("gave up after {spent} of {allowed} and {attempts} calls")),
            ..check
        })
        .collect()
}

async fn pause_for<T: Transport>(
    session: &mut Session<'_, T>,
    parameters: &Map<String, Value>,
    time: Duration,
) -> Result<(), StepError> {
    let case = (parameters, session.reference.as_str());
    match wait::wait(session.clocks(), case, time, session.cancel).await {
        Ok(Waited::Really) => Ok(()),
        Ok(Waited::Virtually) => {
            session.moved_by(time);
            Ok(())
        }
        Ok(Waited::Interrupted) => {
            session.interrupted = true;
            Err(StepError::new("interrupted while waiting to poll again"))
        }
        Err(reason) => Err(StepError::new(reason)),
    }
}

/// Rounded up: a case's clock is moved by whole milliseconds, and must not fall behind what is counted here.
fn whole_millis(time: Duration) -> Duration {
    Duration::from_millis(u64::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX))
}

fn grow(every: &Backoff, wait: Duration) -> Duration {
    Duration::try_from_secs_f64(wait.as_secs_f64() * every.factor)
        .unwrap_or(every.max)
        .min(every.max)
}

/// `Retry-After` in seconds; a date form is not obeyed, since no clock is shared with the service.
fn retry_after(exchange: &Exchange) -> Duration {
    let seconds = exchange.result.as_ref().ok().and_then(|response| {
        response
            .headers
            .get(http::header::RETRY_AFTER)?
            .to_str()
            .ok()?
            .trim()
            .parse()
            .ok()
    });
    Duration::from_secs(seconds.unwrap_or(0).min(3600))
}
