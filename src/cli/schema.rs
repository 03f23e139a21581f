//! `utlegg schema`.

use super::arguments::{Schema, SchemaName};
use super::printing::print;
use super::problem::Problem;
use crate::report::ExitCode;

/// Prints the committed schema.
pub(super) fn main(arguments: &Schema) -> Result<ExitCode, Problem> {
    let text = match arguments.which {
        SchemaName::Scenario => include_str!("../../schema/scenario.schema.json"),
        SchemaName::LoadPlan => include_str!("../../schema/load-plan.schema.json"),
        SchemaName::Summary => include_str!("../../schema/summary.schema.json"),
        SchemaName::Journal => include_str!("../../schema/journal.schema.json"),
        SchemaName::Coverage => include_str!("../../schema/coverage.schema.json"),
        SchemaName::Comparison => include_str!("../../schema/comparison.schema.json"),
        SchemaName::Load => include_str!("../../schema/load.schema.json"),
    };
    print(text)?;
    Ok(ExitCode::Conforms)
}
