//! `utlegg completions`.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::printing::print;
use super::problem::Problem;
use crate::report::ExitCode;

/// Prints the completion script.
pub(super) fn main(arguments: &Completions) -> Result<ExitCode, Problem> {
    // Not to standard output at once: the generator panics where that is closed.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "utlegg", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::Conforms)
}
