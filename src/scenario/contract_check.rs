//! Holds steps against the contract: operations, parameters, statuses, codes.

use regex::Regex;

use super::problems::{MODELS, Problems};
use super::{Call, ConditionSet, Expect, Raw, StatusExpectation, Step, StepAction};
use crate::contract::{CodeKind, Contract, Location, Operation, Parameter, Route};
use crate::source::{Diagnostic, Located, Place, Span};

/// Checks one step.
pub(super) fn check(step: &Step, contract: &Contract, problems: &mut Problems) {
    let call = match &step.action {
        StepAction::Call(call) => Some(call.as_ref()),
        StepAction::Poll(poll) => Some(&poll.call),
        StepAction::Raw(raw) => {
            known_path(raw, step, contract, problems);
            None
        }
    };
    let Some(call) = call else { return };
    match contract.operation(&call.operation.value) {
        Some(operation) => {
            parameters(call, operation, problems);
            statuses(&step.expect, operation, problems);
            codes(&step.expect, (operation, contract), problems);
        }
        None => problems.push_for_model(contract.model(), unknown_operation(&call.operation, contract)),
    }
}

fn unknown_operation(name: &Located<String>, contract: &Contract) -> Diagnostic {
    let known: Vec<&str> = contract.operations().map(Operation::name).collect();
    let diagnostic = Diagnostic::error(format!(
        "`{}` is no operation in the contract of {MODELS}",
        name.value
    ))
    .at(name.place.clone())
    .label("not an operation")
    .help(format!("the operations are {}", known.join(", ")))
    .suggest(&name.value, known.iter().copied());
    let Some(file) = contract.files().first() else {
        return diagnostic;
    };
    let first_line = file.text().lines().next().map_or(0, str::len);
    diagnostic.related(Place::new(file, Span::new(0, first_line)), "the contract")
}

fn parameters(call: &Call, operation: &Operation, problems: &mut Problems) {
    let in_path_or_query =
        |parameter: &&Parameter| matches!(parameter.location(), Location::Path | Location::Query);
    let known: Vec<&Parameter> = operation.parameters().iter().filter(in_path_or_query).collect();
    let names: Vec<&str> = known.iter().map(|parameter| parameter.name()).collect();
    for (name, _) in call
        .with
        .iter()
        .filter(|(name, _)| !names.contains(&name.value.as_str()))
    {
        problems.push(unknown_parameter(name, &names, operation));
    }
    for parameter in known.iter().filter(|parameter| parameter.required()) {
        let is_it = |name: &Located<String>| name.value == parameter.name();
        if call.with.iter().any(|(name, _)| is_it(name)) || call.query.iter().any(|(name, _)| is_it(name)) {
            continue;
        }
        problems.push(
            Diagnostic::error(format!("`{}` needs `{}`", operation.name(), parameter.name()))
                .at(call.operation.place.clone())
                .related(operation.place().clone(), "the operation")
                .help(format!("add `with: {{ {}: … }}`", parameter.name())),
        );
    }
}

fn unknown_parameter(name: &Located<String>, known: &[&str], operation: &Operation) -> Diagnostic {
    let help = if known.is_empty() {
        "it has none".to_owned()
    } else {
        format!(
            "it has {}; further ones go under `query` or `headers`",
            known.join(", ")
        )
    };
    Diagnostic::error(format!(
        "`{}` has no parameter `{}`",
        operation.name(),
        name.value
    ))
    .at(name.place.clone())
    .related(operation.place().clone(), "the operation")
    .help(help)
    .suggest(&name.value, known.iter().copied())
}

fn statuses(expect: &Expect, operation: &Operation, problems: &mut Problems) {
    let Some(Located {
        value: StatusExpectation::OneOf(wanted),
        place,
    }) = &expect.status
    else {
        return;
    };
    for status in wanted
        .iter()
        .filter(|status| operation.status_provenance(**status).is_none())
    {
        let declared: Vec<String> = operation.statuses().map(|status| status.to_string()).collect();
        problems.push(
            Diagnostic::warning(format!(
                "the contract does not declare status {status} for `{}`",
                operation.name()
            ))
            .at(place.clone())
            .related(operation.place().clone(), "the operation")
            .help(format!("it declares {}", declared.join(", "))),
        );
    }
}

/// Warns of codes that the contract knows, but not from this operation.
fn codes(expect: &Expect, (operation, contract): (&Operation, &Contract), problems: &mut Problems) {
    let code = expect.code.iter().map(|code| (code.value.as_str(), &code.place));
    let conditions = expect.conditions.iter().flat_map(|set| {
        let (ConditionSet::Exactly(listed) | ConditionSet::Contains(listed)) = &set.value;
        listed.iter().map(|code| (code.as_str(), &set.place))
    });
    for (code, place) in code.chain(conditions) {
        let Some(entry) = contract.code(code) else {
            continue;
        };
        if entry.operations.iter().any(|name| name == operation.name()) {
            continue;
        }
        problems.push(
            Diagnostic::warning(format!(
                "the contract does not list `{code}` for `{}`",
                operation.name()
            ))
            .at(place.clone())
            .related(entry.place.clone(), "the code")
            .help(format!("it may come from {}", entry.operations.join(", "))),
        );
    }
}

/// Checks a condition that an answer is expected to name.
pub(super) fn condition(code: &Located<String>, contract: &Contract, problems: &mut Problems) {
    match contract.code(&code.value) {
        Some(entry) if entry.kind == CodeKind::Condition => {
            if !knows(&entry.models, contract) {
                problems.push_for_model(contract.model(), other_model(code, &entry.models));
            }
        }
        _ => {
            let known = contract
                .codes()
                .iter()
                .filter(|entry| entry.kind == CodeKind::Condition);
            problems.push_for_model(
                contract.model(),
                Diagnostic::error(format!("`{}` is no condition of {MODELS}", code.value))
                    .at(code.place.clone())
                    .help("the contract lists conditions under `x-utlegg-codes`")
                    .suggest(&code.value, known.map(|entry| entry.code.as_str())),
            );
        }
    }
}

/// Checks an error code that an answer is expected to have.
pub(super) fn error_code(code: &Located<String>, contract: &Contract, problems: &mut Problems) {
    let Located { value, place } = code;
    match contract.code(value) {
        Some(entry) if entry.kind == CodeKind::Condition => problems.push(
            Diagnostic::error(format!("`{value}` is a condition"))
                .at(place.clone())
                .help(format!("write `conditions: [{value}]`")),
        ),
        Some(entry) if !knows(&entry.models, contract) => {
            problems.push_for_model(contract.model(), other_model(code, &entry.models));
        }
        None if !has_foreign_prefix(value, contract) => problems.push_for_model(
            contract.model(),
            Diagnostic::error(format!("`{value}` is no code of {MODELS}"))
                .at(place.clone())
                .help("the contract lists codes under `x-utlegg-codes`; one with another prefix looks like `XXX-006`")
                .suggest(value, contract.codes().iter().map(|entry| entry.code.as_str())),
        ),
        _ => {}
    }
}

/// Whether a code looks like an error code of a service with a prefix that the contract does not use.
fn has_foreign_prefix(code: &str, contract: &Contract) -> bool {
    let looks_right = Regex::new(r"^[A-Z]{2,4}-\d{3}$").is_ok_and(|form| form.is_match(code));
    let prefix = code.split('-').next().unwrap_or_default();
    let known = contract
        .codes()
        .iter()
        .filter(|entry| entry.kind != CodeKind::Condition);
    looks_right
        && !known
            .filter_map(|entry| entry.code.split('-').next())
            .any(|known| known == prefix)
}

fn knows(models: &[String], contract: &Contract) -> bool {
    models.is_empty() || models.iter().any(|model| model == contract.model())
}

fn other_model(code: &Located<String>, models: &[String]) -> Diagnostic {
    Diagnostic::error(format!("`{}` is no code of {MODELS}", code.value))
        .at(code.place.clone())
        .help(format!(
            "it belongs to {}: name the scenario's `models`",
            models.join(", ")
        ))
}

fn known_path(raw: &Raw, step: &Step, contract: &Contract, problems: &mut Problems) {
    let (Some(method), Some(path)) = (raw.method.0.constant(), raw.path.0.constant()) else {
        return;
    };
    let method = method
        .as_str()
        .and_then(|method| http::Method::try_from(method).ok());
    let (Some(method), Some(path)) = (method, path.as_str()) else {
        return;
    };
    let path = path.split('?').next().unwrap_or_default();
    let sends_bytes =
        raw.body.is_some() || raw.bytes.is_some() || !raw.headers.is_empty() || step.identity.is_some();
    if let (Route::Found { operation, .. }, false) = (contract.route(&method, path), sends_bytes) {
        problems.push(
            Diagnostic::warning(format!(
                "the contract knows this address as `{}`",
                operation.name()
            ))
            .at(raw.path.0.place().clone())
            .help(format!(
                "write `call: {}`; `raw` is for what no client should send",
                operation.name()
            )),
        );
    }
}
