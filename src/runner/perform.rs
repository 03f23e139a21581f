//! Performs one step: prepare, send, check, keep.

use std::time::Duration;

use serde_json::{Map, Value};

use super::call;
use super::done::Done;
use super::failure::StepError;
use super::iteration::Depth;
use super::known::Checked;
use super::listener::Listener;
use super::prepare::{self, Prepared};
use super::session::Session;
use super::{poll, send};
use crate::assertion::{self, CheckInput, CheckResult, Findings};
use crate::contract::Operation;
use crate::http::{Body, Exchange, Response, Transport};
use crate::outcome::{Note, NoteKind, StepOutcome};
use crate::scenario::{Call, SnapshotSpec, Step, StepAction};
use crate::snapshot::{Comparison, Metadata, SnapshotKey, SnapshotResult};

/// Performs `step`; everything that can go wrong stands in what is returned.
pub(super) async fn perform<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    listener: &impl Listener,
) -> Done {
    let began = session.elapsed();
    let mut done = match &step.action {
        StepAction::Call(call) => {
            session.call_began();
            let prepared = prepare::call(call, session.target, &session.variables);
            once(session, step, prepared, Some(call), listener).await
        }
        StepAction::Raw(raw) => {
            session.call_began();
            let prepared = prepare::raw(raw, session.target, &session.variables);
            once(session, step, prepared, None, listener).await
        }
        StepAction::Poll(poll) => poll::perform(session, step, poll, listener).await,
    };
    done.elapsed = session.elapsed().saturating_sub(began);
    if let (Some(name), StepOutcome::Passed) = (&step.measure, done.outcome()) {
        done.measure = Some((name.value.clone(), session.since_call()));
    }
    done
}

async fn once<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    prepared: Result<Prepared, StepError>,
    call: Option<&Call>,
    listener: &impl Listener,
) -> Done {
    let exchange = match exchange(session, step, prepared).await {
        Ok((exchange, _)) => exchange,
        Err(error) => return Done::failed_with(error),
    };
    let mut done = Done {
        attempts: 1,
        ..Done::default()
    };
    let operation = call.and_then(|call| session.target.operation(&call.operation.value));
    judge(session, step, operation, exchange, &mut done);
    if let Some(call) = call::last(session, step, &done) {
        listener.on_call(call);
    }
    done
}

/// Sends what was prepared; the parameters come back for whoever has to wait on the case.
pub(super) async fn exchange<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    prepared: Result<Prepared, StepError>,
) -> Result<(Exchange, Map<String, Value>), StepError> {
    let prepared = prepared?;
    let principal = session.principal(step)?;
    let exchange = send::send(session, &principal.identity, prepared.request).await?;
    Ok((exchange, prepared.parameters))
}

/// Checks an exchange and keeps what the step captures. The exchange itself ends up in `done`.
pub(super) fn judge<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    operation: Option<&Operation>,
    exchange: Exchange,
    done: &mut Done,
) {
    match &exchange.result {
        Ok(response) => {
            if !is_known(session, step, response, done) {
                let elapsed = exchange.timing.total;
                let judged = in_full(session, step, operation, (response, elapsed), done);
                done.error = judged.err().or(done.error.take());
            }
        }
        Err(error) => done.error = Some(StepError::new(error.to_string())),
    }
    done.exchange = Some(exchange);
}

/// Whether the answer is one that was checked before, but for what does not matter; keeps what the step captures then.
fn is_known<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    response: &Response,
    done: &mut Done,
) -> bool {
    let index = session.step;
    let known = session.known.as_ref().and_then(|known| known.step(index));
    let Some(known) = known.and_then(|step| step.recognise(response)) else {
        return false;
    };
    for (capture, value) in step.capture.iter().zip(known.captured) {
        session.variables.set(&capture.name.value, value);
    }
    done.known = Some(known.checks);
    session.world.known.count();
    true
}

/// Checks an answer in full, keeps what the step captures, and remembers the answer where it was as expected.
fn in_full<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    operation: Option<&Operation>,
    (response, elapsed): (&Response, Duration),
    done: &mut Done,
) -> Result<(), StepError> {
    let body = if needs_body(session.load, step, response) {
        Body::of(response)
    } else {
        Body::Empty
    };
    check(session, step, operation, (response, &body, elapsed), done)?;
    keep(session, step, response, &body, done)?;
    let index = session.step;
    if let (Some(known), Some(operation), Some(depth), true) = (
        session.known.as_ref().and_then(|known| known.step(index)),
        operation,
        session.load,
        done.notes.is_empty() && done.outcome() == StepOutcome::Passed,
    ) {
        known.learn(&Checked {
            step,
            depth,
            operation,
            response,
            body: &body,
            checks: &done.checks,
            snapshots: &session.world.snapshots,
        });
    }
    Ok(())
}

/// Whether anything looks into the body.
fn needs_body(load: Option<Depth>, step: &Step, response: &Response) -> bool {
    load != Some(Depth::Status)
        || response.status >= 400
        || step.expect.code.is_some()
        || step.expect.conditions.is_some()
        || !step.capture.is_empty()
}

fn check<T: Transport>(
    session: &Session<'_, T>,
    step: &Step,
    operation: Option<&Operation>,
    (response, body, elapsed): (&Response, &Body, Duration),
    done: &mut Done,
) -> Result<(), StepError> {
    let expect = match session.load {
        Some(Depth::Status) => step.expect.status_only(),
        _ => step.expect.resolve(&session.variables)?,
    };
    let media_type = response.media_type();
    let contract = operation.filter(|_| expect.schema).map(|operation| {
        operation.check_response(response.status, media_type.as_deref(), body.json_or_null())
    });
    let snapshot = match &expect.snapshot {
        Some(spec) => {
            let unknown = contract.as_ref().map_or(&[][..], |found| &found.unknown_fields);
            Some(compare(session, step, (response, body), unknown, spec)?)
        }
        None => None,
    };
    let found = assertion::check(&CheckInput {
        expect: &expect,
        response,
        body,
        elapsed,
        operation,
        contract: contract.as_ref(),
        snapshot: snapshot.as_ref(),
    });
    note(&found, done);
    done.checks.extend(found.checks);
    done.reading = found.error;
    Ok(())
}

fn compare<T: Transport>(
    session: &Session<'_, T>,
    step: &Step,
    (response, body): (&Response, &Body),
    unknown_fields: &[String],
    spec: &SnapshotSpec,
) -> Result<SnapshotResult, StepError> {
    let test = session.test;
    let key = SnapshotKey {
        model: test.model.clone(),
        scenario: test.scenario.id.value.clone(),
        case: test.case.as_ref().map(|case| case.value.clone()),
        step: step.id.clone(),
    };
    let metadata = Metadata {
        source: Some(test.place.file.name().to_owned()),
        description: step.title.clone(),
        expression: Some(step.id.clone()),
    };
    let redact: Vec<_> = spec.redact.iter().map(|path| &path.compiled).collect();
    let comparison = Comparison {
        key: &key,
        metadata: &metadata,
        status: response.status,
        body,
        unknown_fields,
        redact: &redact,
    };
    let compared = session.world.snapshots.compare(&comparison);
    compared.map_err(|problem| StepError::at(&spec.place, problem.to_string()))
}

fn note(found: &Findings, done: &mut Done) {
    let unknown = found.unknown_fields.iter().map(|pointer| Note {
        kind: NoteKind::UnknownField,
        text: pointer.clone(),
    });
    done.notes.extend(unknown);
    if let Some(reading) = found
        .error
        .as_ref()
        .filter(|reading| !reading.shape.is_documented())
    {
        done.notes.push(Note {
            kind: NoteKind::ErrorShape,
            text: format!(
                "the error came as {}, which the service is not known to send",
                reading.shape.as_str()
            ),
        });
    }
    let decomposed = found.error.iter().flat_map(|reading| &reading.decomposed);
    done.notes.extend(decomposed.map(|code| Note {
        kind: NoteKind::ErrorShape,
        text: format!("{code} came in a decomposed Unicode form: compare codes in NFC, as this check did"),
    }));
}

/// Keeps what the step captures, once it has passed. A value that is not there is a failure of the service only if a
/// check says so; here it means that the steps after this one cannot be judged.
fn keep<T: Transport>(
    session: &mut Session<'_, T>,
    step: &Step,
    response: &Response,
    body: &Body,
    done: &Done,
) -> Result<(), StepError> {
    if done
        .checks
        .iter()
        .any(|check| check.result == CheckResult::Failed)
    {
        return Ok(());
    }
    for capture in &step.capture {
        let value = assertion::extract(&capture.from, response, body).map_err(|reason| {
            let message = format!("`{}` cannot be captured: {reason}", capture.name.value);
            StepError::at(&capture.name.place, message)
        })?;
        session.variables.set(&capture.name.value, value);
    }
    Ok(())
}
