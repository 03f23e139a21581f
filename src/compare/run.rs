//! A stored load run: `load.json` and the interval logs beside it.

use std::fs;
use std::io;
use std::path::Path;

use super::interval_log;
use super::timeline::Timeline;
use crate::outcome::load::{LOAD_SCHEMA_VERSION, LoadResult, Row};

/// The result's name within a run's folder.
const RESULT: &str = "load.json";

/// Why a run cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The folder has no `load.json`.
    #[error("{folder} is not the folder of a load run: there is no {RESULT} in it")]
    NoLoadRun {
        /// The folder.
        folder: String,
    },
    /// A file cannot be read.
    #[error(
        "cannot read {file}: {source}; a comparison needs {RESULT} and the interval logs in hdr/ as the run wrote them"
    )]
    Unreadable {
        /// The file.
        file: String,
        /// The cause.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{file} is damaged: {why}; repeat the run, or compare with another one")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// `load.json` is of another form than this version reads.
    #[error(
        "{file} has form {found}, this version of utlegg reads form {LOAD_SCHEMA_VERSION}; repeat the run with this version"
    )]
    OtherForm {
        /// The file.
        file: String,
        /// The form's version.
        found: u64,
    },
}

/// A stored load run.
#[derive(Debug, Clone)]
pub struct Run {
    /// What it came to.
    pub result: LoadResult,
    /// The response times of each row of `result.rows`.
    pub(super) timelines: Vec<Timeline>,
}

impl Run {
    /// Of a result and the response times of each of its rows.
    pub fn new(result: LoadResult, timelines: Vec<Timeline>) -> Self {
        Self { result, timelines }
    }

    /// Reads a run's folder.
    ///
    /// # Errors
    /// [`RunError`], each with the file.
    pub fn read(folder: &Path) -> Result<Self, RunError> {
        let result = read_result(folder)?;
        let timelines = result.rows.iter().map(|row| read_row(folder, row));
        let timelines = timelines.collect::<Result<_, _>>()?;
        Ok(Self { result, timelines })
    }

    /// The row of this kind and name, with its samples.
    pub(super) fn row(&self, like: &Row) -> Option<(&Row, &Timeline)> {
        let mut rows = self.result.rows.iter().zip(&self.timelines);
        rows.find(|(row, _)| row.kind == like.kind && row.name == like.name)
    }
}

fn read_result(folder: &Path) -> Result<LoadResult, RunError> {
    let path = folder.join(RESULT);
    let file = path.display().to_string();
    if !path.is_file() {
        let folder = folder.display().to_string();
        return Err(RunError::NoLoadRun { folder });
    }
    let text = fs::read_to_string(&path).map_err(|source| RunError::Unreadable {
        file: file.clone(),
        source,
    })?;
    let damaged = |error: serde_json::Error| RunError::Damaged {
        file: file.clone(),
        why: error.to_string(),
    };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(damaged)?;
    let form = value.get("schema_version").and_then(serde_json::Value::as_u64);
    if let Some(found) = form.filter(|&found| found != u64::from(LOAD_SCHEMA_VERSION)) {
        return Err(RunError::OtherForm { file, found });
    }
    serde_json::from_value(value).map_err(damaged)
}

/// The response times of a row. Their number must be that of the result: a log that was cut at the end of a line, or
/// is another run's, would go unnoticed otherwise.
fn read_row(folder: &Path, row: &Row) -> Result<Timeline, RunError> {
    let told = row.response.as_ref().map_or(0, |response| response.count);
    let Some(log) = &row.response_log else {
        if told == 0 {
            return Ok(Timeline::default());
        }
        return Err(RunError::Damaged {
            file: folder.join(RESULT).display().to_string(),
            why: format!("it names no interval log for {}", row.name),
        });
    };
    let file = folder.join(log);
    let timeline = interval_log::read(&file)?;
    if timeline.count() != told {
        return Err(RunError::Damaged {
            file: file.display().to_string(),
            why: format!(
                "it holds {} samples of {}, {RESULT} says {told}",
                timeline.count(),
                row.name
            ),
        });
    }
    Ok(timeline)
}
