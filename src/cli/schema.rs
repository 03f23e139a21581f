//! `utlegg schema`.

use super::arguments::{Schema, SchemaName};
use super::problem::Problem;
use crate::report::ExitCode;

/// Prints the committed schema.
#[expect(clippy::print_stdout, reason = "this is the command's result")]
pub(super) fn main(arguments: &Schema) -> Result<ExitCode, Problem> {
    let text = match arguments.which {
        SchemaName::Scenario => include_str!("../../schema/scenario.schema.json"),
        SchemaName::Summary => include_str!("../../schema/summary.schema.json"),
        SchemaName::Journal => include_str!("../../schema/journal.schema.json"),
    };
    print!("{text}");
    Ok(ExitCode::Conforms)
}
