//! Coverage as Markdown: the tables, and the scenarios behind each cell.

use super::grid::{Grid, excuses, mark, operation};
use super::report::{Counts, Matrix, ModelCoverage, Reach, Report};

/// The whole report as GitHub-flavoured Markdown.
pub fn markdown(report: &Report) -> String {
    let run = report.run_id.as_deref().unwrap_or("a run without a beginning");
    let environment = report.environment.as_deref().unwrap_or("unknown");
    let mut text = format!(
        "# Coverage of {run}\n\nEnvironment {environment}; only answers that were observed count.\n\n\
         A number says how many scenarios reached the cell, **MISS** that none did, – that no request can. \
         An empty cell is not in the contract.\n\n"
    );
    text.push_str("| Model | | Reached | Missed | Unreachable | Share |\n|---|---|--:|--:|--:|--:|\n");
    for model in &report.models {
        for (name, counts) in [
            ("operation × status", model.statuses.counts),
            ("operation × error code", model.codes.counts),
            ("operation × gateway code", model.gateway_codes.counts),
            ("condition × operation", model.conditions.counts),
        ] {
            text.push_str(&total(&model.model, name, counts));
        }
    }
    text.push_str(&total("all", "", report.counts));
    for coverage in &report.models {
        model(coverage, &mut text);
    }
    text
}

fn total(model: &str, name: &str, counts: Counts) -> String {
    format!(
        "| {model} | {name} | {} | {} | {} | {} % |\n",
        counts.reached,
        counts.missed,
        counts.unreachable,
        counts.percent()
    )
}

fn model(coverage: &ModelCoverage, text: &mut String) {
    let matrices = coverage.matrices();
    text.push_str(&format!("\n## Model {}\n", coverage.model));
    grid(
        "Operation × status",
        &Grid::by_operation(&coverage.statuses),
        text,
    );
    grid(
        "Operation × error code",
        &Grid::by_operation(&coverage.codes),
        text,
    );
    grid(
        "Operation × gateway code",
        &Grid::by_operation(&coverage.gateway_codes),
        text,
    );
    grid(
        "Condition × operation",
        &Grid::by_answer(&coverage.conditions),
        text,
    );
    let excused = excuses(&matrices);
    if !excused.is_empty() {
        text.push_str("\n### Unreachable\n\n");
        for (reason, answers) in excused {
            text.push_str(&format!("- {}: {reason}\n", answers.join(", ")));
        }
    }
    if !coverage.unlisted.is_empty() {
        text.push_str("\n### Answered, but not in the contract\n\n");
        for cell in &coverage.unlisted {
            let scenarios = cell.scenarios.join(", ");
            text.push_str(&format!("- {} {}: {scenarios}\n", operation(cell), cell.answer));
        }
    }
    reached(&matrices, text);
}

fn grid(title: &str, grid: &Grid<'_>, text: &mut String) {
    text.push_str(&format!("\n### {title}\n\n| |"));
    for column in &grid.columns {
        text.push_str(&format!(" {column} |"));
    }
    text.push_str(&format!("\n|---|{}\n", "--:|".repeat(grid.columns.len())));
    for (name, cells) in &grid.rows {
        text.push_str(&format!("| {name} |"));
        for cell in cells {
            let mark = match cell.map(|cell| cell.reach) {
                Some(Reach::Missed) => "**MISS**".to_owned(),
                Some(Reach::Unreachable) => "–".to_owned(),
                Some(Reach::Reached) | None => mark(*cell),
            };
            text.push_str(&format!(" {mark} |"));
        }
        text.push('\n');
    }
}

fn reached(matrices: &[&Matrix], text: &mut String) {
    text.push_str("\n<details><summary>Which scenarios reached what</summary>\n\n");
    text.push_str("| Operation | Answer | Scenarios |\n|---|---|---|\n");
    for cell in matrices.iter().flat_map(|matrix| &matrix.cells) {
        if cell.reach == Reach::Reached {
            let scenarios = cell.scenarios.join(", ");
            text.push_str(&format!(
                "| {} | {} | {scenarios} |\n",
                operation(cell),
                cell.answer
            ));
        }
    }
    text.push_str("\n</details>\n");
}
