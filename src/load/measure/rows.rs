//! The lines of the table, known before the first call: one for each step, scenario and `measure:` of the mix.

use std::collections::HashMap;

use crate::outcome::load::RowKind;
use crate::runner::test_id;
use crate::scenario::{Step, StepAction, Test};

/// A line of the table. Only the [`Rows`] that gave it know which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowId(u32);

impl RowId {
    /// Its position among the rows.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a line of the table is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowName {
    /// What is timed.
    pub kind: RowKind,
    /// Its name, unique within its kind.
    pub name: String,
    /// The scenario's id; a measurement belongs to none.
    pub scenario: Option<String>,
    /// The step's id within its scenario.
    pub step: Option<String>,
    /// The logical operation, where a step calls one.
    pub operation: Option<String>,
}

/// The lines of the table.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    names: Vec<RowName>,
    by_name: HashMap<(RowKind, String), RowId>,
    tests: Vec<TestRows>,
}

#[derive(Debug, Clone)]
struct TestRows {
    scenario: RowId,
    steps: Vec<(RowId, Option<RowId>)>,
}

impl Rows {
    /// The rows of a mix, in its order. A test that stands in it twice has its rows once.
    pub fn of<'a>(tests: impl IntoIterator<Item = &'a Test>) -> Self {
        let mut rows = Self::default();
        for test in tests {
            let of_test = rows.of_test(test);
            rows.tests.push(of_test);
        }
        rows
    }

    fn of_test(&mut self, test: &Test) -> TestRows {
        let scenario = self.add(RowName {
            kind: RowKind::Scenario,
            name: test_id(test).to_string(),
            scenario: Some(test.scenario.id.value.clone()),
            step: None,
            operation: None,
        });
        let preparation = test.preparation.iter().map(|step| (step, true));
        let steps = preparation.chain(test.steps.iter().map(|step| (step, false)));
        TestRows {
            scenario,
            steps: steps
                .map(|(step, prepares)| self.of_step(test, step, prepares))
                .collect(),
        }
    }

    fn of_step(&mut self, test: &Test, step: &Step, prepares: bool) -> (RowId, Option<RowId>) {
        let (kind, operation) = match &step.action {
            StepAction::Call(call) => (RowKind::Step, Some(&call.operation)),
            StepAction::Poll(poll) => (RowKind::Poll, Some(&poll.call.operation)),
            StepAction::Raw(_) => (RowKind::Step, None),
        };
        let kind = if prepares { RowKind::Preparation } else { kind };
        let mut id = test_id(test);
        // `scenario/step (v2)` or `scenario/case/step (v2)`.
        id.case = Some(match id.case {
            Some(case) => format!("{case}/{}", step.id),
            None => step.id.clone(),
        });
        let row = self.add(RowName {
            kind,
            name: id.to_string(),
            scenario: Some(id.scenario),
            step: Some(step.id.clone()),
            operation: operation.map(|operation| operation.value.clone()),
        });
        let measure = step.measure.as_ref().map(|name| {
            self.add(RowName {
                kind: RowKind::Measure,
                name: name.value.clone(),
                scenario: None,
                step: None,
                operation: None,
            })
        });
        (row, measure)
    }

    /// Adds a row, or finds the one of this kind and name.
    pub fn add(&mut self, name: RowName) -> RowId {
        let key = (name.kind, name.name.clone());
        let next = RowId(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        let id = *self.by_name.entry(key).or_insert(next);
        if id == next {
            self.names.push(name);
        }
        id
    }

    /// The row of a step's calls: the test's position in the mix, and the step's in the test, preparation first.
    pub fn step(&self, test: usize, step: usize) -> Option<RowId> {
        Some(self.tests.get(test)?.steps.get(step)?.0)
    }

    /// The row of what a step measures by name, if it does.
    pub fn measure(&self, test: usize, step: usize) -> Option<RowId> {
        self.tests.get(test)?.steps.get(step)?.1
    }

    /// The row of a whole iteration of a test.
    pub fn scenario(&self, test: usize) -> Option<RowId> {
        Some(self.tests.get(test)?.scenario)
    }

    /// What the rows are called, in the order of their ids.
    pub fn names(&self) -> &[RowName] {
        &self.names
    }
}
