//! From what was typed to scenario files, contracts and tests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::embedded::{self, DiskAndEmbedded};
use super::problem::Problem;
use crate::contract::Contract;
use crate::scenario::{Language, Loaded, discover};
use crate::source::{Diagnostic, Diagnostics, SourceFile};

/// Where scenarios are looked for when no path is given.
const DEFAULT_FOLDER: &str = "scenarios";

/// Where load plans are looked for when no path is given.
const PLAN_FOLDER: &str = "load";

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

/// The load plans in the folder `load`, or else the bundled ones.
pub(super) fn plans() -> Result<Vec<Arc<SourceFile>>, Diagnostics> {
    if Path::new(PLAN_FOLDER).is_dir() {
        return discover(&[PathBuf::from(PLAN_FOLDER)]);
    }
    Ok(embedded::plans())
}

/// The contracts to test by: the files given (of `model`, where they do not say), or the built-in ones.
pub(super) fn contracts(
    files: &[PathBuf],
    operation_names: &BTreeMap<String, String>,
    model: Option<&str>,
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
        return Ok(vec![Arc::new(Contract::load_as(
            &sources,
            operation_names,
            model,
        )?)]);
    }
    Contract::builtin_models()
        .iter()
        .map(|model| Contract::builtin(model))
        .collect()
}

/// Loads scenario files against contracts; a file without a single document is a mistake.
pub(super) fn load(sources: &[Arc<SourceFile>], contracts: &[Arc<Contract>]) -> Loaded {
    let language = Language {
        contracts,
        files: &DiskAndEmbedded,
    };
    let mut loaded = language.load(sources);
    for file in sources.iter().filter(|file| is_blank(file.text())) {
        let empty = Diagnostic::error(format!("{} holds no scenario", file.name()));
        loaded
            .diagnostics
            .push(empty.help("a scenario begins with `scenario:`; `utlegg lint` checks it"));
    }
    loaded
}

/// Nothing but comments and document marks.
fn is_blank(text: &str) -> bool {
    text.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with('#') || line == "---")
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
