//! Renders what a run came to: at its end, and again whenever somebody asks.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Fold, Journal, JournalError, Reporter, junit, markdown, run_page};
use crate::outcome::Summary;

/// The forms in which a run's summary is written. A new report is a new variant and a module that writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// `summary.json`, by `schema/summary.schema.json`.
    Json,
    /// `report.html`, for people: one file that needs no network and no script.
    Html,
    /// `junit.xml`, for CI servers.
    Junit,
    /// `summary.md`, for people.
    Markdown,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Html, Self::Junit, Self::Markdown];

    /// The file's name in a run's folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Json => "summary.json",
            Self::Html => "report.html",
            Self::Junit => "junit.xml",
            Self::Markdown => "summary.md",
        }
    }

    /// Writes `summary` in this form.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => {
                serde_json::to_writer_pretty(&mut *out, summary)?;
                writeln!(out)
            }
            Self::Html => run_page::write(summary, out),
            Self::Junit => junit::write(summary, out),
            Self::Markdown => markdown::write(summary, out),
        }
    }
}

/// The reporter that writes every [`Format`] into a run's folder at the end.
pub struct SummaryReports {
    folder: PathBuf,
    fold: Fold,
}

impl SummaryReports {
    /// Writes into `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            fold: Fold::new(),
        }
    }
}

impl Reporter for SummaryReports {
    fn on_event(&mut self, event: &crate::outcome::Event) -> io::Result<()> {
        self.fold.on_event(event);
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        let Some(summary) = self.fold.summary() else {
            return Ok(());
        };
        for format in Format::ALL {
            let path = self.folder.join(format.file_name());
            let write = || {
                let mut out = BufWriter::new(File::create(&path)?);
                format.write(&summary, &mut out)?;
                out.flush()
            };
            write().map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        }
        Ok(())
    }
}

/// Why a stored run could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The journal is damaged or cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The report could not be written.
    #[error("cannot write the report: {0}")]
    Write(#[from] io::Error),
}

/// Gives a stored run's events to `reporter`, as the run itself did, and lets it finish.
///
/// With [`Terminal`](super::Terminal) this prints the run once more, with [`SummaryReports`] it writes its files again.
///
/// # Errors
/// [`RenderError`]; a journal that is merely cut at its end is not an error.
pub fn replay(journal: &Path, reporter: &mut dyn Reporter) -> Result<(), RenderError> {
    for event in Journal::open(journal)? {
        reporter.on_event(&event?)?;
    }
    Ok(reporter.finish()?)
}

/// Writes a stored run in `format`: the same bytes that the run wrote.
///
/// # Errors
/// [`RenderError`]; nothing is written before the whole journal has been read.
pub fn render(journal: &Path, format: Format, out: &mut dyn Write) -> Result<(), RenderError> {
    Ok(format.write(&summarise(journal)?, out)?)
}

/// What a stored run came to. Memory does not grow with the number of its steps.
///
/// # Errors
/// [`JournalError`]; a journal that is merely cut at its end is not an error.
pub fn summarise(journal: &Path) -> Result<Summary, JournalError> {
    let mut fold = Fold::new();
    for event in Journal::open(journal)? {
        fold.on_event(&event?);
    }
    // A journal that was read to its end has a first event, so there is a summary.
    fold.summary().ok_or_else(|| JournalError::Empty {
        name: journal.display().to_string(),
    })
}
