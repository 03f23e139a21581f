//! A matrix as rows and columns, which terminal and Markdown both draw.

use super::report::{Cell, Matrix, Reach};

/// What stands for requests that belong to no operation.
const NO_OPERATION: &str = "(no operation)";

/// Rows and columns of a matrix, in the order in which the contract lists them.
pub(super) struct Grid<'a> {
    /// What the columns are.
    pub(super) columns: Vec<&'a str>,
    /// What each row is, and its cells; `None` where the contract lists nothing.
    pub(super) rows: Vec<(&'a str, Vec<Option<&'a Cell>>)>,
}

impl<'a> Grid<'a> {
    /// A row for each operation, a column for each answer.
    pub(super) fn by_operation(matrix: &'a Matrix) -> Self {
        let cells = matrix.cells.iter();
        let mut grid = Self::of(cells.map(|cell| (operation(cell), cell.answer.as_str(), cell)));
        grid.sort_columns();
        grid
    }

    /// A row for each answer, a column for each operation.
    pub(super) fn by_answer(matrix: &'a Matrix) -> Self {
        let cells = matrix.cells.iter();
        Self::of(cells.map(|cell| (cell.answer.as_str(), operation(cell), cell)))
    }

    /// Statuses and codes by number, since each operation lists others.
    fn sort_columns(&mut self) {
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|&index| self.columns[index]);
        self.columns = order.iter().map(|&index| self.columns[index]).collect();
        for (_, cells) in &mut self.rows {
            *cells = order.iter().map(|&index| cells[index]).collect();
        }
    }

    /// Takes out the rows whose every cell was reached, or can not be, and says how many there were.
    pub(super) fn take_complete(&mut self) -> usize {
        let before = self.rows.len();
        let missed = |cell: &&Cell| cell.reach == Reach::Missed;
        self.rows.retain(|(_, cells)| cells.iter().flatten().any(missed));
        before - self.rows.len()
    }

    fn of(cells: impl Iterator<Item = (&'a str, &'a str, &'a Cell)>) -> Self {
        let cells: Vec<_> = cells.collect();
        let mut columns: Vec<&str> = Vec::new();
        for (_, column, _) in &cells {
            if !columns.contains(column) {
                columns.push(column);
            }
        }
        let mut rows: Vec<(&str, Vec<Option<&Cell>>)> = Vec::new();
        for (row, column, cell) in cells {
            let index = rows.iter().position(|(name, _)| *name == row).unwrap_or_else(|| {
                rows.push((row, vec![None; columns.len()]));
                rows.len() - 1
            });
            if let Some(at) = columns.iter().position(|name| *name == column) {
                rows[index].1[at] = Some(cell);
            }
        }
        Self { columns, rows }
    }
}

/// The operation of a cell, in words.
pub(super) fn operation(cell: &Cell) -> &str {
    cell.operation.as_deref().unwrap_or(NO_OPERATION)
}

/// A cell in a few characters: how many scenarios reached it, `MISS`, `-` for unreachable, nothing where nothing is listed.
pub(super) fn mark(cell: Option<&Cell>) -> String {
    match cell {
        None => String::new(),
        Some(cell) => match cell.reach {
            Reach::Reached => cell.scenarios.len().to_string(),
            Reach::Missed => "MISS".to_owned(),
            Reach::Unreachable => "-".to_owned(),
        },
    }
}

/// The reasons for which cells are unreachable, each once, with its cells by answer.
pub(super) fn excuses<'a>(matrices: &[&'a Matrix]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut excuses: Vec<(&str, Vec<&str>)> = Vec::new();
    for cell in matrices.iter().flat_map(|matrix| &matrix.cells) {
        let (Reach::Unreachable, Some(reason)) = (cell.reach, &cell.reason) else {
            continue;
        };
        let index = excuses
            .iter()
            .position(|(known, _)| known == reason)
            .unwrap_or_else(|| {
                excuses.push((reason, Vec::new()));
                excuses.len() - 1
            });
        if !excuses[index].1.contains(&cell.answer.as_str()) {
            excuses[index].1.push(&cell.answer);
        }
    }
    excuses
}
