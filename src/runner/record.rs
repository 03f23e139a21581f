//! From what came of a step to what reports see: masked here, so that nothing secret gets any further.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, header};

use super::done::Done;
use crate::http::{ErrorReading, Exchange, Request, Response, curl};
use crate::masking;
use crate::outcome::{
    ExchangeRecord, HeaderRecord, RequestRecord, ResponseRecord, StepKind, StepOutcome, StepRecord, TestId,
};
use crate::scenario::{Step, StepAction};

/// The longest body kept in a record, in bytes; longer ones are cut.
const MAX_BODY: usize = 64 * 1024;

/// The record of a step that was performed.
pub(super) fn performed(
    test: &TestId,
    step: &Step,
    index: usize,
    preparation: bool,
    done: &Done,
) -> StepRecord {
    let outcome = match done.outcome() {
        StepOutcome::Failed if preparation => StepOutcome::Error,
        outcome => outcome,
    };
    let mut checks = done.checks.clone();
    for check in &mut checks {
        check.actual = masking::mask(&check.actual).into_owned();
        check.detail = check
            .detail
            .take()
            .map(|detail| masking::mask(&detail).into_owned());
    }
    StepRecord {
        outcome,
        error: done
            .error
            .as_ref()
            .map(|error| masking::mask(&error.to_string()).into_owned()),
        checks,
        notes: done.notes.clone(),
        attempts: done.attempts,
        exchange: done
            .exchange
            .as_ref()
            .map(|exchange| exchange_record(exchange, done.reading.as_ref())),
        curl: done
            .exchange
            .as_ref()
            .map(|exchange| curl(&masked(&exchange.request))),
        elapsed_us: micros(done.elapsed),
        measure: done
            .measure
            .as_ref()
            .map(|(name, time)| (name.clone(), micros(*time))),
        ..not_run(test, step, index, preparation, "")
    }
}

/// The record of a step that was passed over.
pub(super) fn not_run(
    test: &TestId,
    step: &Step,
    index: usize,
    preparation: bool,
    reason: &str,
) -> StepRecord {
    let (kind, operation) = match &step.action {
        StepAction::Call(call) => (StepKind::Call, Some(call.operation.value.clone())),
        StepAction::Poll(poll) => (StepKind::Poll, Some(poll.call.operation.value.clone())),
        StepAction::Raw(_) => (StepKind::Raw, None),
    };
    StepRecord {
        test: test.clone(),
        step: step.id.clone(),
        index,
        kind,
        operation,
        place: step.place.position(),
        preparation,
        outcome: StepOutcome::NotRun,
        error: Some(reason.to_owned()),
        checks: Vec::new(),
        notes: Vec::new(),
        attempts: 0,
        exchange: None,
        curl: None,
        elapsed_us: 0,
        measure: None,
    }
}

/// Microseconds, as events carry them.
pub(super) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn exchange_record(exchange: &Exchange, reading: Option<&ErrorReading>) -> ExchangeRecord {
    ExchangeRecord {
        request: request_record(&exchange.request),
        response: exchange
            .result
            .as_ref()
            .ok()
            .map(|response| response_record(response, reading)),
        failure: exchange
            .result
            .as_ref()
            .err()
            .map(|error| masking::mask(&error.to_string()).into_owned()),
        started_at: exchange.timing.started_at,
        total_us: micros(exchange.timing.total),
        korrelasjonsid: exchange
            .request
            .headers
            .get("korrelasjonsid")
            .and_then(|value| Some(value.to_str().ok()?.to_owned())),
    }
}

fn request_record(request: &Request) -> RequestRecord {
    RequestRecord {
        method: request.method.to_string(),
        url: masking::mask(&request.url).into_owned(),
        headers: headers(&request.headers),
        body: body(&request.body),
        body_bytes: request.body.len(),
    }
}

fn response_record(response: &Response, reading: Option<&ErrorReading>) -> ResponseRecord {
    ResponseRecord {
        status: response.status,
        headers: headers(&response.headers),
        body: body(&response.body),
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
    let body = match std::str::from_utf8(&request.body) {
        Ok(text) => Bytes::from(masking::mask(text).into_owned()),
        Err(_) => request.body.clone(),
    };
    Request {
        url: masking::mask(&request.url).into_owned(),
        body,
        ..request.clone()
    }
}

fn headers(headers: &HeaderMap) -> Vec<HeaderRecord> {
    headers
        .iter()
        .map(|(name, value)| {
            let shown = String::from_utf8_lossy(value.as_bytes());
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

/// The body as text, masked before it is cut so that no half of a secret escapes the mask.
fn body(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let masked = masking::mask(&text);
    if masked.len() <= MAX_BODY {
        return masked.into_owned();
    }
    let cut = masked.floor_char_boundary(MAX_BODY);
    format!("{}… ({} bytes in all)", &masked[..cut], bytes.len())
}
