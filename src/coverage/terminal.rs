//! Coverage for a terminal of 110 columns.

use std::fmt::Write;

use super::grid::{Grid, excuses, mark, operation};
use super::report::{Counts, Matrix, ModelCoverage, Reach, Report};

const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const DIM: &str = "\u{1b}[2m";
const BOLD: &str = "\u{1b}[1m";
const RESET: &str = "\u{1b}[0m";

/// The width that is kept to.
const WIDTH: usize = 110;

/// The tables of every model; `verbose` adds the scenarios of each cell that was reached.
pub fn terminal(report: &Report, colour: bool, verbose: bool) -> String {
    let mut page = Page {
        text: String::new(),
        colour,
    };
    let run = report.run_id.as_deref().unwrap_or("a run without a beginning");
    let environment = report.environment.as_deref().unwrap_or("unknown");
    page.line(&format!(
        "coverage of {run} (environment {environment}), by the answers observed"
    ));
    page.line(
        "a number: how many scenarios reached it   MISS: none did   -: no request can   blank: not listed",
    );
    for model in &report.models {
        page.model(model, verbose);
    }
    page.line("");
    page.line(&page.painted(BOLD, &format!("in all: {}", share(report.counts))));
    page.text
}

/// `12 of 14 reached (85 %), 3 unreachable`.
fn share(counts: Counts) -> String {
    let reachable = counts.reached + counts.missed;
    if reachable == 0 {
        return format!("nothing is reachable, {} cells are not", counts.unreachable);
    }
    let mut words = format!(
        "{} of {reachable} reached ({} %)",
        counts.reached,
        counts.percent()
    );
    if counts.unreachable > 0 {
        words.push_str(&format!(", {} unreachable", counts.unreachable));
    }
    words
}

struct Page {
    text: String,
    colour: bool,
}

impl Page {
    fn model(&mut self, coverage: &ModelCoverage, verbose: bool) {
        let ModelCoverage {
            statuses,
            codes,
            gateway_codes,
            conditions,
            ..
        } = coverage;
        self.heading(&format!("model {}", coverage.model), coverage.counts);
        self.heading("operation × status", statuses.counts);
        self.grid(&Grid::by_operation(statuses));
        self.heading("operation × error code", codes.counts);
        self.grid(&Grid::by_operation(codes));
        self.heading("operation × gateway code", gateway_codes.counts);
        let touched = gateway_codes.counts.reached + gateway_codes.counts.missed;
        if touched > 0 {
            self.grid(&Grid::by_operation(gateway_codes));
        }
        self.heading("condition × operation", conditions.counts);
        let mut grid = Grid::by_answer(conditions);
        if !verbose {
            let complete = grid.take_complete();
            self.line(&format!("reached wherever they apply: {complete} conditions"));
        }
        if !grid.rows.is_empty() {
            self.grid(&grid);
        }
        self.lists(coverage);
        if verbose {
            self.scenarios(&coverage.matrices());
        }
    }

    fn heading(&mut self, words: &str, counts: Counts) {
        let heading = self.painted(BOLD, words);
        self.line("");
        self.line(&format!("{heading}: {}", share(counts)));
    }

    fn grid(&mut self, grid: &Grid<'_>) {
        let names = grid.rows.iter().map(|(name, _)| name.chars().count());
        let first = names.max().unwrap_or_default();
        let widths: Vec<usize> = grid
            .columns
            .iter()
            .map(|column| column.chars().count().max(4))
            .collect();
        let mut header = " ".repeat(first);
        for (column, width) in grid.columns.iter().zip(&widths) {
            let _ = write!(header, " {column:>width$}");
        }
        self.line(&self.painted(DIM, &header));
        for (name, cells) in &grid.rows {
            let mut line = format!("{name:first$}");
            for (cell, width) in cells.iter().zip(&widths) {
                let text = format!("{:>width$}", mark(*cell));
                let colour = match cell.map(|cell| cell.reach) {
                    Some(Reach::Reached) => GREEN,
                    Some(Reach::Missed) => RED,
                    Some(Reach::Unreachable) | None => DIM,
                };
                let _ = write!(line, " {}", self.painted(colour, &text));
            }
            self.line(line.trim_end());
        }
    }

    /// What is unreachable and why, and what was answered though the contract does not list it.
    fn lists(&mut self, coverage: &ModelCoverage) {
        let matrices = coverage.matrices();
        let excused = excuses(&matrices);
        if !excused.is_empty() {
            self.line("");
            self.line("unreachable:");
            for (reason, answers) in excused {
                self.wrapped(&format!("{}: {reason}", answers.join(", ")));
            }
        }
        if !coverage.unlisted.is_empty() {
            self.line("");
            self.line("answered, but not listed in the contract:");
            for cell in &coverage.unlisted {
                let scenarios = cell.scenarios.join(", ");
                self.wrapped(&format!("{} {}: {scenarios}", operation(cell), cell.answer));
            }
        }
    }

    fn scenarios(&mut self, matrices: &[&Matrix]) {
        self.line("");
        self.line("reached by:");
        for cell in matrices.iter().flat_map(|matrix| &matrix.cells) {
            if cell.reach == Reach::Reached {
                let scenarios = cell.scenarios.join(", ");
                self.wrapped(&format!("{} {}: {scenarios}", operation(cell), cell.answer));
            }
        }
    }

    /// An entry of a list, wrapped.
    fn wrapped(&mut self, entry: &str) {
        let mut line = " ".to_owned();
        for word in entry.split(' ') {
            if line.chars().count() + word.chars().count() + 1 > WIDTH {
                self.line(&line);
                line = " ".repeat(5);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(&line);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.colour && !text.trim().is_empty() {
            format!("{code}{text}{RESET}")
        } else {
            text.to_owned()
        }
    }
}
