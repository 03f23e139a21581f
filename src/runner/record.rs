//! From what came of a step to what reports see: masked here, so that nothing secret gets any further.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde_json::Value;

use super::done::Done;
use super::finished_step::FinishedStep;
use crate::assertion::Check;
use crate::http::{ErrorReading, Exchange, Request, Response, curl, text_of};
use crate::masking;
use crate::outcome::{
    ExchangeRecord, HeaderRecord, Note, NoteKind, RequestRecord, ResponseRecord, StepKind, StepRecord,
};
use crate::scenario::StepAction;

/// The longest body kept in a record, in bytes; longer ones are cut.
const MAX_BODY: usize = 64 * 1024;

/// The record of a step.
pub(super) fn step(finished: &FinishedStep<'_>) -> StepRecord {
    let (kind, operation) = match &finished.step.action {
        StepAction::Call(call) => (StepKind::Call, Some(&call.operation)),
        StepAction::Poll(poll) => (StepKind::Poll, Some(&poll.call.operation)),
        StepAction::Raw(_) => (StepKind::Raw, None),
    };
    let done = finished.done.ok();
    let exchange = done.and_then(|done| done.exchange.as_ref());
    let request = exchange.map(|exchange| masked(&exchange.request));
    StepRecord {
        test: finished.test.clone(),
        step: finished.step.id.clone(),
        index: finished.index,
        kind,
        operation: operation.map(|operation| operation.value.clone()),
        place: finished.step.place.position(),
        preparation: finished.preparation,
        outcome: finished.outcome(),
        error: finished.error().map(|error| mask(&error)),
        checks: done.map(checks).unwrap_or_default(),
        notes: notes(finished, exchange),
        attempts: done.map_or(0, |done| done.attempts),
        curl: request.as_ref().map(curl),
        exchange: exchange.zip(request.as_ref()).map(|(exchange, request)| {
            exchange_record(exchange, request, done.and_then(|done| done.reading.as_ref()))
        }),
        elapsed_us: micros(finished.elapsed()),
        measure: done
            .and_then(|done| done.measure.as_ref())
            .map(|(name, time)| (name.clone(), micros(*time))),
    }
}

/// What was noted on the way, and the fields that the receiver will not read.
fn notes(finished: &FinishedStep<'_>, exchange: Option<&Exchange>) -> Vec<Note> {
    let mut notes = finished.done.map(|done| done.notes.clone()).unwrap_or_default();
    let unread = exchange.and_then(|exchange| unknown_request_fields(finished, &exchange.request));
    notes.extend(unread.into_iter().flatten().map(|pointer| Note {
        kind: NoteKind::UnknownRequestField,
        text: mask(&pointer),
    }));
    notes
}

/// Looked for here, and not before sending, so that nothing is searched where nobody asks for a record.
fn unknown_request_fields(finished: &FinishedStep<'_>, request: &Request) -> Option<Vec<String>> {
    let operation = finished.operation?;
    let sent = request.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let body: Value = serde_json::from_slice(&request.body).ok()?;
    Some(operation.unknown_request_fields(sent, &body))
}

fn checks(done: &Done) -> Vec<Check> {
    let masked = |check: &Check| Check {
        actual: mask(&check.actual),
        detail: check.detail.as_deref().map(mask),
        ..check.clone()
    };
    done.checks().iter().map(masked).collect()
}

fn mask(text: &str) -> String {
    masking::mask(text).into_owned()
}

/// Microseconds, as events carry them.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn exchange_record(exchange: &Exchange, masked: &Request, reading: Option<&ErrorReading>) -> ExchangeRecord {
    let answer = exchange.result.as_ref();
    ExchangeRecord {
        request: RequestRecord {
            method: masked.method.to_string(),
            url: masked.url.clone(),
            headers: headers(&masked.headers),
            body: cut(&text_of(&masked.body), exchange.request.body.len()),
            body_bytes: exchange.request.body.len(),
        },
        response: answer.ok().map(|response| response_record(response, reading)),
        failure: answer.err().map(|error| mask(&error.to_string())),
        started_at: exchange.timing.started_at,
        total_us: micros(exchange.timing.total),
        korrelasjonsid: exchange
            .request
            .headers
            .get("korrelasjonsid")
            .and_then(|value| Some(value.to_str().ok()?.to_owned())),
    }
}

fn response_record(response: &Response, reading: Option<&ErrorReading>) -> ResponseRecord {
    ResponseRecord {
        status: response.status,
        headers: headers(&response.headers),
        body: cut(&masking::mask(&text_of(&response.body)), response.body.len()),
        body_bytes: response.body.len(),
        code: reading.and_then(|reading| reading.code.clone()),
        conditions: reading
            .map(|reading| reading.conditions.clone())
            .unwrap_or_default(),
        error_shape: reading.map(|reading| reading.shape.as_str().to_owned()),
    }
}

/// The request as a command may show it; the token is left to `curl`, which puts a variable in its place.
fn masked(request: &Request) -> Request {
    let text = text_of(&request.body);
    let body = match masking::mask(&text) {
        Cow::Borrowed(same) if same.len() == request.body.len() => request.body.clone(),
        masked => Bytes::from(masked.into_owned()),
    };
    Request {
        url: mask(&request.url),
        body,
        ..request.clone()
    }
}

fn headers(headers: &HeaderMap) -> Vec<HeaderRecord> {
    headers
        .iter()
        .map(|(name, value)| {
            let shown = text_of(value.as_bytes());
            let value = if *name == header::AUTHORIZATION {
                "Bearer ***".to_owned()
            } else {
                masking::mask_header(name.as_str(), &shown).into_owned()
            };
            HeaderRecord {
                name: name.as_str().to_owned(),
                value,
            }
        })
        .collect()
}

/// A masked body, cut; masked first, so that no half of a secret escapes the mask.
fn cut(masked: &str, bytes: usize) -> String {
    if masked.len() <= MAX_BODY {
        return masked.to_owned();
    }
    let cut = masked.floor_char_boundary(MAX_BODY);
    format!("{}… ({bytes} bytes in all)", &masked[..cut])
}
