//! The answer against the contract.

use super::{Check, CheckInput, Subject, excerpt};
use crate::contract::{Provenance, ResponseFindings, SchemaViolation};
use crate::http::Body;

/// How many violations are shown one by one.
const SHOWN: usize = 20;

/// One check when the answer is as declared, else one for each thing that is not.
pub(super) fn check(found: &ResponseFindings, input: &CheckInput) -> Vec<Check> {
    let status = input.response.status;
    let media_type = input.response.media_type();
    let mut checks = Vec::new();
    if found.undeclared_status {
        let declared = declared(input, |operation| {
            operation.statuses().map(|s| s.to_string()).collect()
        });
        checks.push(failed(
            format!("a status the contract declares{declared}"),
            status.to_string(),
            found,
        ));
    } else if found.undeclared_media_type {
        let declared = declared(input, |operation| {
            operation
                .response_media_types(status)
                .map(str::to_owned)
                .collect()
        });
        let actual = media_type.clone().unwrap_or_else(|| "no Content-Type".to_owned());
        let expected = format!("a media type the contract declares for {status}{declared}");
        checks.push(failed(expected, actual, found).path("Content-Type"));
    } else if let (true, Body::Other { why, text }) = (says_json(media_type.as_deref()), input.body) {
        let actual = format!("not JSON ({why}): {}", excerpt::text(text));
        checks.push(failed("JSON, as its Content-Type says".to_owned(), actual, found));
    } else {
        checks.extend(found.violations.iter().take(SHOWN).map(violation));
        if found.violations.len() > SHOWN {
            let more = found.violations.len() - SHOWN;
            checks.push(failed(
                "the contract's schema".to_owned(),
                format!("{more} more violations"),
                found,
            ));
        }
    }
    if checks.is_empty() {
        let mut check = Check::new(
            Subject::Schema,
            true,
            format!("the contract's schema for {status}"),
            "conforms",
        );
        check.reconstructed = found.reconstructed;
        checks.push(check);
    }
    checks
}

fn failed(expected: String, actual: String, found: &ResponseFindings) -> Check {
    let mut check = Check::new(Subject::Schema, false, expected, actual);
    check.reconstructed = found.reconstructed;
    check
}

fn violation(violation: &SchemaViolation) -> Check {
    let expected = format!("the contract's schema, {}", violation.schema);
    let mut check = Check::new(
        Subject::Schema,
        false,
        expected,
        excerpt::text(&violation.message),
    )
    .path(violation.pointer.as_str())
    .detail(format!("the rule stands at {}", violation.place));
    check.reconstructed = violation.provenance == Provenance::Reconstructed;
    check
}

fn declared(input: &CheckInput, list: impl Fn(&crate::contract::Operation) -> Vec<String>) -> String {
    let declared = input.operation.map(list).unwrap_or_default();
    if declared.is_empty() {
        String::new()
    } else {
        format!(" ({})", declared.join(", "))
    }
}

fn says_json(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|media_type| media_type.ends_with("/json") || media_type.ends_with("+json"))
}
