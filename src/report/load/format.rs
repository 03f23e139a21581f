//! The forms in which a load run is written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{html, junit, markdown};
use crate::outcome::load::LoadResult;

/// The forms in which a load run is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LoadFormat {
    /// `load.json`, by `schema/load.schema.json`: the result whole, from which the others are written.
    Json,
    /// `report.html`, for people: one file that needs no network and no script.
    Html,
    /// `junit.xml`, for CI servers: a case for each threshold.
    Junit,
    /// `load.md`, for a pull request.
    Markdown,
}

impl LoadFormat {
    /// All of them; the first is the one the others are written from.
    pub const ALL: [Self; 4] = [Self::Json, Self::Html, Self::Junit, Self::Markdown];

    /// The file's name in a run's folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Json => "load.json",
            Self::Html => "report.html",
            Self::Junit => "junit.xml",
            Self::Markdown => "load.md",
        }
    }

    /// Writes `result` in this form.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(self, result: &LoadResult, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => {
                serde_json::to_writer_pretty(&mut *out, result)?;
                writeln!(out)
            }
            Self::Html => html::write(result, out),
            Self::Junit => junit::write(result, out),
            Self::Markdown => markdown::write(result, out),
        }
    }
}

/// Writes every form of `result` into `folder`, `load.json` first, and gives the files' paths.
///
/// # Errors
/// When a file cannot be written; the message names it. The files before it are whole.
pub fn write_all(result: &LoadResult, folder: &Path) -> io::Result<Vec<PathBuf>> {
    let write = |format: LoadFormat| {
        let path = folder.join(format.file_name());
        let written = File::create(&path).and_then(|file| {
            let mut out = BufWriter::new(file);
            format.write(result, &mut out)?;
            out.flush()
        });
        match written {
            Ok(()) => Ok(path),
            Err(error) => Err(io::Error::new(
                error.kind(),
                format!("{}: {error}", path.display()),
            )),
        }
    };
    LoadFormat::ALL.into_iter().map(write).collect()
}
