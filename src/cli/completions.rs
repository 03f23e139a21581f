//! `utlegg completions`.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::problem::Problem;
use crate::report::ExitCode;

/// Prints the completion script.
pub(super) fn main(arguments: &Completions) -> Result<ExitCode, Problem> {
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "utlegg",
        &mut std::io::stdout(),
    );
    Ok(ExitCode::Conforms)
}
