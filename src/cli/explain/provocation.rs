//! The bundled scenario that provokes a code with the least effort.

use serde_json::{Map, Value};

use crate::scenario::{Call, ConditionSet, Expect, PatchOperation, Step, StepAction, Test};
use crate::source::{Located, Position};
use crate::template::Template;

/// What provokes a code.
pub(super) struct Provocation {
    /// The scenario, with its case.
    pub(super) scenario: String,
    /// Where that is written.
    pub(super) place: Position,
    /// The request file's changes (`set`), as `path: value`.
    pub(super) set: Vec<String>,
    /// The patch on the request, as JSON Patch operations; expressions as they are written.
    pub(super) patch: Vec<Value>,
}

impl Provocation {
    /// Smaller is better: fewest changes, then fewest characters, then the shortest name.
    fn size(&self) -> (usize, usize, usize, &str) {
        let set: usize = self.set.iter().map(String::len).sum();
        let patch: usize = self
            .patch
            .iter()
            .map(|operation| operation.to_string().len())
            .sum();
        (
            self.set.len() + self.patch.len(),
            set + patch,
            self.scenario.len(),
            &self.scenario,
        )
    }
}

/// The smallest provocation among `tests`, where possible one that provokes this code alone and by a changed request.
pub(super) fn smallest(code: &str, tests: &[Test]) -> Option<Provocation> {
    let provoking = tests
        .iter()
        .filter(|test| test.provokes.iter().any(|provoked| provoked == code));
    let found = provoking.flat_map(|test| {
        let steps = test.steps.iter().filter(|step| expects(&step.expect, code));
        steps.map(move |step| {
            let provocation = of(test, step);
            let alone = test.provokes.len() == 1;
            let changes = !provocation.patch.is_empty() || !provocation.set.is_empty();
            (!alone, !changes, provocation)
        })
    });
    found
        .min_by(|a, b| (a.0, a.1, a.2.size()).cmp(&(b.0, b.1, b.2.size())))
        .map(|(.., provocation)| provocation)
}

fn expects(expect: &Expect, code: &str) -> bool {
    let conditions = expect.conditions.iter().flat_map(|set| match &set.value {
        ConditionSet::Exactly(codes) | ConditionSet::Contains(codes) => codes,
    });
    let mut codes = expect.code.iter().map(|code| &code.value).chain(conditions);
    codes.any(|expected| expected == code)
}

fn of(test: &Test, step: &Step) -> Provocation {
    let request = test.given.request.as_ref();
    let set = request.iter().flat_map(|request| &request.set);
    let given = request.and_then(|request| request.patch.as_ref());
    let call = call(step).and_then(|call| call.patch.as_ref());
    let operations = |patch: Option<&Located<Vec<PatchOperation>>>| -> Vec<Value> {
        patch
            .iter()
            .flat_map(|patch| &patch.value)
            .map(operation)
            .collect()
    };
    let id = &test.scenario.id.value;
    Provocation {
        scenario: match &test.case {
            Some(case) => format!("{id}/{}", case.value),
            None => id.clone(),
        },
        place: test.place.position(),
        set: set
            .map(|(path, value)| format!("{}: {}", path.text, written(value)))
            .collect(),
        patch: [operations(given), operations(call)].concat(),
    }
}

fn call(step: &Step) -> Option<&Call> {
    match &step.action {
        StepAction::Call(call) => Some(call),
        StepAction::Poll(poll) => Some(&poll.call),
        StepAction::Raw(_) => None,
    }
}

fn operation(operation: &PatchOperation) -> Value {
    let mut members = Map::new();
    members.insert("op".to_owned(), operation.op.value.as_str().into());
    if let Some(from) = &operation.from {
        members.insert("from".to_owned(), written(&from.value.0));
    }
    members.insert("path".to_owned(), written(&operation.path.value.0));
    if let Some(value) = &operation.value {
        members.insert("value".to_owned(), written(value));
    }
    members.into()
}

/// The value, or the expressions as they are written.
fn written(template: &Template) -> Value {
    let source = || template.place().text().trim_matches('"').into();
    template.constant().cloned().unwrap_or_else(source)
}
