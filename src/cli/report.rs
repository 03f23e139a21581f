//! `utlegg report`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::arguments::{Report, ReportFormat};
use super::colour::Colour;
use super::problem::Problem;
use crate::report::load::{
    LoadFormat, LoadTerminal, LoadTerminalOptions, is_load_run, read as read_load, write_all,
};
use crate::report::{
    ExitCode, Format, RenderError, SummaryReports, Terminal, TerminalOptions, Verbosity, find_run, render,
    replay,
};

/// Renders a stored run again: a load run from its `load.json` alone, another from its journal alone.
pub(super) fn main(arguments: &Report, colour: Colour) -> Result<ExitCode, Problem> {
    let found = find_run(&arguments.reports, &arguments.run).map_err(Problem::invalid)?;
    let mut out = io::stdout().lock();
    let result = match is_load_run(&found) {
        Some(load) => render_load(&load, arguments.format, colour, &mut out)?,
        None => render_run(&found, arguments.format, colour, &mut out),
    };
    match result {
        // Its reader has left, which is the reader's choice.
        Err(RenderError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
        result => result.map_err(Problem::invalid)?,
    }
    Ok(ExitCode::Conforms)
}

fn render_run(
    journal: &Path,
    format: Option<ReportFormat>,
    colour: Colour,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    match format {
        Some(ReportFormat::Json) => render(journal, Format::Json, out),
        Some(ReportFormat::Html) => render(journal, Format::Html, out),
        Some(ReportFormat::Junit) => render(journal, Format::Junit, out),
        Some(ReportFormat::Markdown) => render(journal, Format::Markdown, out),
        Some(ReportFormat::Terminal) => {
            let options = TerminalOptions {
                colour: colour.stdout,
                live: false,
                verbosity: Verbosity::Normal,
                reports: Some(folder_of(journal).display().to_string()),
            };
            replay(journal, &mut Terminal::new(out, options))
        }
        None => {
            let folder = folder_of(journal);
            replay(journal, &mut SummaryReports::new(&folder))?;
            let files = Format::ALL.map(|format| folder.join(format.file_name()));
            Ok(say_rendered(journal, &files, out)?)
        }
    }
}

/// The outer error is a `load.json` that cannot be read, the inner one an output that cannot be written.
fn render_load(
    path: &Path,
    format: Option<ReportFormat>,
    colour: Colour,
    out: &mut dyn Write,
) -> Result<Result<(), RenderError>, Problem> {
    let result = read_load(path).map_err(Problem::invalid)?;
    let folder = folder_of(path);
    let written = match format {
        Some(ReportFormat::Json) => LoadFormat::Json.write(&result, out),
        Some(ReportFormat::Html) => LoadFormat::Html.write(&result, out),
        Some(ReportFormat::Junit) => LoadFormat::Junit.write(&result, out),
        Some(ReportFormat::Markdown) => LoadFormat::Markdown.write(&result, out),
        Some(ReportFormat::Terminal) => {
            let options = LoadTerminalOptions {
                colour: colour.stdout,
                width: width(),
                reports: Some(folder.display().to_string()),
                ..LoadTerminalOptions::default()
            };
            let mut terminal = LoadTerminal::new(out, options);
            terminal
                .begin(&result.run)
                .and_then(|()| terminal.finish(&result))
        }
        None => write_all(&result, &folder).and_then(|files| say_rendered(path, &files, out)),
    };
    Ok(written.map_err(RenderError::Write))
}

/// How many columns the terminal has; 100 where the output is none.
fn width() -> usize {
    let columns = || usize::from(console::Term::stdout().size().1);
    if io::stdout().is_terminal() {
        columns()
    } else {
        100
    }
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().map_or_else(|| ".".into(), Path::to_path_buf)
}

fn say_rendered(from: &Path, files: &[PathBuf], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "rendered again from {}", from.display())?;
    for file in files {
        writeln!(out, "  {}", file.display())?;
    }
    Ok(())
}
