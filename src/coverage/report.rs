//! The result, as `schema/coverage.schema.json` describes it.

use serde::{Deserialize, Serialize};

/// The version of the JSON form; raised when a reader of the old form would be misled.
pub const SCHEMA_VERSION: u32 = 1;

/// What a run reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// Version of this tool.
    pub tool_version: String,
    /// The run's name; `None` for a journal without a first event.
    pub run_id: Option<String>,
    /// The environment's name.
    pub environment: Option<String>,
    /// All models together.
    pub counts: Counts,
    /// The models, in the order of their contracts.
    pub models: Vec<ModelCoverage>,
}

/// What a run reached of one model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelCoverage {
    /// The model.
    pub model: String,
    /// Its matrices together.
    pub counts: Counts,
    /// Operation × status.
    pub statuses: Matrix,
    /// Operation × error code of the service (KB).
    pub codes: Matrix,
    /// Operation × error code of the gateway in front of it (DAS).
    pub gateway_codes: Matrix,
    /// Operation × condition.
    pub conditions: Matrix,
    /// What was answered although the contract does not list it: no part of any count.
    pub unlisted: Vec<Cell>,
}

/// One matrix, as the list of its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matrix {
    /// The sum of its cells.
    pub counts: Counts,
    /// What the contract lists, operation by operation.
    pub cells: Vec<Cell>,
}

/// One thing an operation may answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The operation's logical name; `None` for answers to requests that belong to no operation.
    pub operation: Option<String>,
    /// The status, the error code or the condition.
    pub answer: String,
    /// Whether an answer reached it.
    pub reach: Reach,
    /// Why no request provokes it, where the contract says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The scenarios (`scenario/case`) that reached it, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<String>,
}

/// Whether an answer reached a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// At least one did.
    Reached,
    /// None did.
    Missed,
    /// None did, and the contract says why none is to be expected.
    Unreachable,
}

/// How many cells are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Reached, whatever the contract says.
    pub reached: usize,
    /// Not reached, and nothing excuses it.
    pub missed: usize,
    /// Not reached, for a stated reason; no part of the share.
    pub unreachable: usize,
}

impl Counts {
    /// The share of what is reachable that was reached, in whole percent, rounded down; 100 where nothing is reachable.
    pub fn percent(&self) -> usize {
        match self.reached + self.missed {
            0 => 100,
            reachable => self.reached * 100 / reachable,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.reached += other.reached;
        self.missed += other.missed;
        self.unreachable += other.unreachable;
    }
}

impl ModelCoverage {
    /// Its matrices, in the order in which they are shown.
    pub fn matrices(&self) -> [&Matrix; 4] {
        [&self.statuses, &self.codes, &self.gateway_codes, &self.conditions]
    }
}

impl Matrix {
    pub(super) fn new(cells: Vec<Cell>) -> Self {
        let mut counts = Counts::default();
        for cell in &cells {
            match cell.reach {
                Reach::Reached => counts.reached += 1,
                Reach::Missed => counts.missed += 1,
                Reach::Unreachable => counts.unreachable += 1,
            }
        }
        Self { counts, cells }
    }

    /// The cell of an operation and an answer, where the contract lists one.
    pub fn cell(&self, operation: Option<&str>, answer: &str) -> Option<&Cell> {
        let mut cells = self.cells.iter();
        cells.find(|cell| cell.operation.as_deref() == operation && cell.answer == answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_rounded_down_so_that_a_hundred_means_all() {
        let counts = |reached, missed| Counts {
            reached,
            missed,
            unreachable: 7,
        };
        assert_eq!(counts(999, 1).percent(), 99);
        assert_eq!(counts(3, 0).percent(), 100);
        assert_eq!(counts(0, 3).percent(), 0);
        assert_eq!(counts(0, 0).percent(), 100);
    }
}
