//! Reads a stored load run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::outcome::load::{LOAD_SCHEMA_VERSION, LoadResult};

use super::LoadFormat;

/// Why a stored load run cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadReadError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// The cause.
        source: io::Error,
    },
    /// The file holds no result of a load run, or a damaged one.
    #[error(
        "{path}:{line}:{column}: is not the result of a load run: {what}; `load.json` is written whole at a run's end, so take another run"
    )]
    Damaged {
        /// The file.
        path: String,
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// A later version wrote it.
    #[error(
        "{path}: was written in form {found}, and this version reads form {LOAD_SCHEMA_VERSION}; use the utlegg that wrote it"
    )]
    Version {
        /// The file.
        path: String,
        /// Its form.
        found: u64,
    },
}

/// The `load.json` of the run that `found` belongs to (its folder, or any file in it), where it has one: then it is a
/// load run.
pub fn is_load_run(found: &Path) -> Option<PathBuf> {
    let folder = if found.is_dir() { found } else { found.parent()? };
    let named = found
        .file_name()
        .is_some_and(|name| name == LoadFormat::Json.file_name());
    let path = if named && found.is_file() {
        found.to_owned()
    } else {
        folder.join(LoadFormat::Json.file_name())
    };
    path.is_file().then_some(path)
}

/// Reads a `load.json`.
///
/// # Errors
/// [`LoadReadError`], with the place in the file where it is damaged.
pub fn read(path: &Path) -> Result<LoadResult, LoadReadError> {
    let name = || path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|source| LoadReadError::Unreadable { path: name(), source })?;
    if let Some(found) = version(&text).filter(|found| *found != u64::from(LOAD_SCHEMA_VERSION)) {
        return Err(LoadReadError::Version { path: name(), found });
    }
    serde_json::from_str(&text).map_err(|error| LoadReadError::Damaged {
        path: name(),
        line: error.line(),
        column: error.column(),
        what: reason(&error),
    })
}

/// The form's version, read before anything else, since another form may hold other things.
fn version(text: &str) -> Option<u64> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema_version: u64,
    }
    Some(serde_json::from_str::<Head>(text).ok()?.schema_version)
}

/// The error without its place, which stands before it.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
