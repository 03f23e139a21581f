//! Prints a comparison, and gives its exit code.

use super::super::colour::Colour;
use super::super::printing::print;
use super::super::problem::Problem;
use super::arguments::ComparisonFormat;
use crate::outcome::comparison::Comparison;
use crate::report::ExitCode;
use crate::report::comparison::{json, markdown, terminal};

/// Prints `comparison` in this form.
///
/// # Errors
/// A problem when it cannot be printed.
pub(in crate::cli) fn show(
    comparison: &Comparison,
    format: ComparisonFormat,
    colour: Colour,
) -> Result<(), Problem> {
    print(&match format {
        ComparisonFormat::Terminal => terminal(comparison, colour.stdout),
        ComparisonFormat::Markdown => markdown(comparison),
        ComparisonFormat::Json => json(comparison).map_err(Problem::invalid)?,
    })
}

/// The exit code of a comparison.
pub(in crate::cli) fn exit_code(comparison: &Comparison) -> ExitCode {
    ExitCode::from_code(comparison.exit_code).unwrap_or(ExitCode::Inconclusive)
}
