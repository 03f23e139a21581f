//! The command that runs one test again, with the data it had.

use std::path::Path;

use crate::cli::environment::{EnvironmentArguments, MOCK};
use crate::cli::quoting::quoted;
use crate::scenario::Test;

/// The command for `test`: its file where files were named, its name, and every argument that decides what it meets.
///
/// `--ci` is left out: whoever repeats a test by hand wants to see the new snapshot.
pub(super) fn command(
    arguments: &EnvironmentArguments,
    files_were_named: bool,
    seed: u64,
    test: &Test,
) -> String {
    let scenario = &test.scenario.id;
    let mut words = vec!["utlegg".to_owned(), "run".to_owned()];
    if files_were_named {
        words.push(quoted(scenario.place.file.name()));
    }
    words.push(match &test.case {
        Some(case) => format!("{}/{}", scenario.value, case.value),
        None => scenario.value.clone(),
    });
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), quoted(value)]);
    if arguments.env != MOCK {
        option("--env", &arguments.env);
    }
    let shown = |path: &Path| path.display().to_string();
    for contract in &arguments.contract.contract {
        option("--contract", &shown(contract));
    }
    if let Some(settings) = &arguments.settings {
        option("--settings", &shown(settings));
    }
    if let Some(snapshots) = &arguments.snapshots {
        option("--snapshots", &shown(snapshots));
    }
    if let Some(reports) = &arguments.reports {
        option("--reports", &shown(reports));
    }
    option("--model", &test.model);
    option("--seed", &seed.to_string());
    words.join(" ")
}
