//! The error code and the violated conditions.

use std::collections::BTreeSet;

use super::equality::composed;
use super::{Check, Subject};
use crate::http::ErrorReading;
use crate::scenario::ConditionSet;
use crate::source::Located;

pub(super) fn check_code(expected: &Located<String>, error: &ErrorReading) -> Check {
    let holds = error.code.as_deref() == Some(composed(&expected.value).as_str());
    let actual = match &error.code {
        Some(code) => code.clone(),
        None => format!("no code (the body is {})", shape_words(error)),
    };
    Check::new(Subject::Code, holds, expected.value.clone(), actual).at(&expected.place)
}

pub(super) fn check_conditions(expected: &Located<ConditionSet>, error: &ErrorReading) -> Check {
    let (wanted, exactly) = match &expected.value {
        ConditionSet::Exactly(codes) => (codes, true),
        ConditionSet::Contains(codes) => (codes, false),
    };
    let wanted: BTreeSet<String> = wanted.iter().map(|code| composed(code)).collect();
    let named: BTreeSet<String> = error.conditions.iter().cloned().collect();
    let missing: Vec<_> = wanted.difference(&named).cloned().collect();
    let unexpected: Vec<_> = named.difference(&wanted).filter(|_| exactly).cloned().collect();
    let words = format!(
        "{} {}",
        if exactly { "exactly" } else { "at least" },
        listed(&wanted)
    );
    let actual = match error.conditions.is_empty() {
        true if error.shape.is_documented() => "no conditions".to_owned(),
        true => format!("no conditions (the body is {})", shape_words(error)),
        false => listed(&named),
    };
    let holds = missing.is_empty() && unexpected.is_empty();
    let check = Check::new(Subject::Conditions, holds, words, actual).at(&expected.place);
    match differences(&missing, &unexpected) {
        Some(detail) => check.detail(detail),
        None => check,
    }
}

fn differences(missing: &[String], unexpected: &[String]) -> Option<String> {
    let parts: Vec<_> = [("missing", missing), ("unexpected", unexpected)]
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(word, codes)| format!("{word}: {}", codes.join(", ")))
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn listed(codes: &BTreeSet<String>) -> String {
    if codes.is_empty() {
        return "none".to_owned();
    }
    codes.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn shape_words(error: &ErrorReading) -> &'static str {
    use crate::http::ErrorShape;
    match error.shape {
        ErrorShape::KbJson => "a KB error",
        ErrorShape::KbXml => "a KB error in XML",
        ErrorShape::ProblemWithKontrollutslag => "problem details with kontrollutslag",
        ErrorShape::ProblemWithFeilkode => "problem details with feilkode",
        ErrorShape::PlainText => "plain text",
        ErrorShape::Html => "an HTML page",
        ErrorShape::Empty => "empty",
        ErrorShape::Unknown => "of no known error shape",
    }
}
