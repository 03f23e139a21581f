//! `utlegg compare`: whether one load run is slower than another.

mod arguments;
mod outcome;

use std::path::{Path, PathBuf};

pub(super) use arguments::{Compare, ComparisonFormat, RuleArguments};
pub(super) use outcome::{exit_code, show};

use super::colour::Colour;
use super::problem::Problem;
use crate::compare::compare_folders;
use crate::report::{ExitCode, find_run};

/// The result's name within a load run's folder.
const RESULT: &str = "load.json";

/// Compares stored runs.
pub(super) fn main(arguments: &Compare, colour: Colour) -> Result<ExitCode, Problem> {
    let folders = |runs: &str| -> Result<Vec<PathBuf>, Problem> {
        runs.split(',')
            .map(|run| folder(&arguments.reports, run.trim()))
            .collect()
    };
    let (base, head) = (folders(&arguments.base)?, folders(&arguments.head)?);
    let options = arguments.rules.options(arguments.other_target);
    let comparison = compare_folders(&base, &head, &options).map_err(Problem::invalid)?;
    show(&comparison, arguments.format, colour)?;
    Ok(exit_code(&comparison))
}

/// The folder of a load run: as a path, or by the run's name, or `latest`.
///
/// # Errors
/// A problem when there is no such run; a folder that is no load run's is found out when it is read.
pub(super) fn folder(reports: &Path, run: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(run);
    if path.join(RESULT).is_file() {
        return Ok(path);
    }
    if path.is_file() && path.ends_with(RESULT) {
        return Ok(path.parent().map_or_else(PathBuf::new, Path::to_path_buf));
    }
    // A folder kept as a baseline may have lost its journal, which a comparison does not need.
    let named = reports.join(run);
    if named.join(RESULT).is_file() {
        return Ok(named);
    }
    let journal = find_run(reports, run).map_err(Problem::invalid)?;
    Ok(journal.parent().map_or_else(PathBuf::new, Path::to_path_buf))
}
