//! The status code.

use super::{Check, CheckInput, Subject};
use crate::http::ErrorReading;
use crate::scenario::StatusExpectation;
use crate::source::Located;

pub(super) fn check(
    expected: &Located<StatusExpectation>,
    input: &CheckInput,
    error: Option<&ErrorReading>,
) -> Check {
    let status = input.response.status;
    let (holds, words) = match &expected.value {
        StatusExpectation::OneOf(allowed) => (allowed.contains(&status), listed(allowed)),
        StatusExpectation::Class(class) => (status / 100 == u16::from(*class), format!("{class}xx")),
        StatusExpectation::Success => success(input),
    };
    let check = Check::new(Subject::Status, holds, words, status.to_string()).at(&expected.place);
    match error.filter(|_| !holds).and_then(named) {
        Some(detail) => check.detail(detail),
        None => check,
    }
}

/// What the contract declares; where there is no contract, any 2xx.
fn success(input: &CheckInput) -> (bool, String) {
    let declared: Vec<u16> = input
        .operation
        .map(|op| op.success_statuses().collect())
        .unwrap_or_default();
    if declared.is_empty() {
        return (input.response.status / 100 == 2, "2xx (success)".to_owned());
    }
    let holds = declared.contains(&input.response.status);
    (holds, format!("{} (success)", listed(&declared)))
}

fn listed(statuses: &[u16]) -> String {
    let words: Vec<_> = statuses.iter().map(u16::to_string).collect();
    words.join(" or ")
}

/// What the answer itself says, which is the first thing somebody wants to know who expected another status.
fn named(error: &ErrorReading) -> Option<String> {
    let mut parts: Vec<String> = error.code.iter().cloned().collect();
    parts.extend(error.conditions.iter().cloned());
    let codes = parts.join(", ");
    match (codes.is_empty(), &error.message) {
        (true, None) => None,
        (true, Some(message)) => Some(format!("the answer says: {}", super::excerpt::text(message))),
        (false, None) => Some(format!("the answer names {codes}")),
        (false, Some(message)) => Some(format!(
            "the answer names {codes}: {}",
            super::excerpt::text(message)
        )),
    }
}
