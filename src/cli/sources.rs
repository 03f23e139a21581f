//! From what was typed to scenario files, contracts and tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::embedded::{self, DiskAndEmbedded};
use super::problem::Problem;
use crate::contract::Contract;
use crate::scenario::{Language, Loaded, discover};
use crate::source::{Diagnostics, SourceFile};

/// Where scenarios are looked for when no path is given.
const DEFAULT_FOLDER: &str = "scenarios";

/// The scenario files at `paths`; without any, those of the folder `scenarios`, or else the bundled ones.
pub(super) fn scenarios(paths: &[PathBuf]) -> Result<Vec<Arc<SourceFile>>, Diagnostics> {
    if !paths.is_empty() {
        return discover(paths);
    }
    if Path::new(DEFAULT_FOLDER).is_dir() {
        return discover(&[PathBuf::from(DEFAULT_FOLDER)]);
    }
    Ok(embedded::scenarios())
}

/// The contracts to test by: the files given, or the built-in ones.
pub(super) fn contracts(
    files: &[PathBuf],
    operation_names: &BTreeMap<String, String>,
) -> Result<Vec<Arc<Contract>>, Diagnostics> {
    if !files.is_empty() {
        let mut problems = Diagnostics::default();
        let mut sources = Vec::new();
        for file in files {
            match SourceFile::read(file) {
                Ok(source) => sources.push(source),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.has_errors() {
            return Err(problems);
        }
        return Ok(vec![Arc::new(Contract::load(&sources, operation_names)?)]);
    }
    Contract::builtin_models()
        .iter()
        .map(|model| Contract::builtin(model))
        .collect()
}

/// Loads scenario files against contracts.
pub(super) fn load(sources: &[Arc<SourceFile>], contracts: &[Arc<Contract>]) -> Loaded {
    let language = Language {
        contracts,
        files: &DiskAndEmbedded,
    };
    language.load(sources)
}

/// Splits what was typed into paths (what exists, or looks like a path) and names.
pub(super) fn paths_and_names(typed: &[String]) -> (Vec<PathBuf>, Vec<String>) {
    let is_path = |text: &String| {
        let path = Path::new(text);
        path.exists()
            || text.ends_with('/')
            || path
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "yml")
    };
    let (paths, names): (Vec<&String>, Vec<&String>) = typed.iter().partition(|text| is_path(text));
    (
        paths.into_iter().map(PathBuf::from).collect(),
        names.into_iter().cloned().collect(),
    )
}

/// Refuses what has errors; warnings pass.
pub(super) fn refuse_errors(loaded: Loaded) -> Result<Vec<crate::scenario::Test>, Problem> {
    if loaded.diagnostics.has_errors() {
        return Err(loaded.diagnostics.into());
    }
    Ok(loaded.tests)
}
