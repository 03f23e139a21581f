//! Everything that is expected of one answer, held against it.

use std::time::Duration;

use serde_json::Value;

use super::{Check, Subject, body, codes, header, schema, snapshot, status};
use crate::contract::{Operation, ResponseFindings};
use crate::http::{Body, ErrorReading, Response, error_code};
use crate::scenario::Expect;
use crate::snapshot::SnapshotResult;
use crate::source::Located;

/// An answer and what is expected of it.
#[derive(Debug, Clone, Copy)]
pub struct CheckInput<'a> {
    /// What is expected, every template evaluated.
    pub expect: &'a Expect<Value>,
    /// The answer.
    pub response: &'a Response,
    /// Its body, parsed.
    pub body: &'a Body,
    /// The time from the start of sending to the last byte.
    pub elapsed: Duration,
    /// The operation called; `None` for a raw step.
    pub operation: Option<&'a Operation>,
    /// What the contract says of the answer (`Operation::check_response`); `None` for a raw step.
    pub contract: Option<&'a ResponseFindings>,
    /// How the answer compares with its snapshot, where one is asked for.
    pub snapshot: Option<&'a SnapshotResult>,
}

/// What checking gave.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// Every check, in the order of the fields of [`Expect`], passed ones too.
    pub checks: Vec<Check>,
    /// RFC 6901 pointers of the fields in the answer that the contract does not know: worth a note, never wrong.
    pub unknown_fields: Vec<String>,
    /// The error that was read from the answer, where its status (400 and above) or an expectation asks for one.
    pub error: Option<ErrorReading>,
}

/// Holds every expectation against the answer. A failed one does not end the others.
pub fn check(input: &CheckInput) -> Findings {
    let expect = input.expect;
    let error = error_of(input);
    let mut checks = Vec::new();
    if let Some(expected) = &expect.status {
        checks.push(status::check(expected, input, error.as_ref()));
    }
    if let (Some(expected), Some(error)) = (&expect.code, &error) {
        checks.push(codes::check_code(expected, error));
    }
    if let (Some(expected), Some(error)) = (&expect.conditions, &error) {
        checks.push(codes::check_conditions(expected, error));
    }
    let headers = &input.response.headers;
    checks.extend(
        expect
            .headers
            .iter()
            .map(|(name, matcher)| header::check(name, matcher, headers)),
    );
    checks.extend(
        expect
            .body
            .iter()
            .map(|expected| body::holds(Subject::Body, &expected.path, &expected.matcher, input.body)),
    );
    if let (true, Some(found)) = (expect.schema, input.contract) {
        checks.extend(schema::check(found, input));
    }
    if let (Some(spec), Some(result)) = (&expect.snapshot, input.snapshot) {
        checks.push(snapshot::check(spec, result));
    }
    checks.extend(
        expect
            .within
            .as_ref()
            .map(|limit| check_within(limit, input.elapsed)),
    );
    Findings {
        checks,
        unknown_fields: input
            .contract
            .map(|found| found.unknown_fields.clone())
            .unwrap_or_default(),
        error,
    }
}

fn error_of(input: &CheckInput) -> Option<ErrorReading> {
    let wanted = input.expect.code.is_some() || input.expect.conditions.is_some();
    (wanted || input.response.status >= 400).then(|| error_code::read_parsed(input.response, input.body))
}

fn check_within(limit: &Located<Duration>, elapsed: Duration) -> Check {
    Check::new(
        Subject::Within,
        elapsed <= limit.value,
        format!("at most {:?}", limit.value),
        format!("{elapsed:.1?}"),
    )
    .at(&limit.place)
}
