//! `utlegg report`.

use std::io::{self, Write};

use super::arguments::{Report, ReportFormat};
use super::colour::Colour;
use super::problem::Problem;
use crate::report::{
    ExitCode, Format, RenderError, SummaryReports, Terminal, TerminalOptions, Verbosity, find_run, render,
    replay,
};

/// Renders a stored run again, from its journal alone.
pub(super) fn main(arguments: &Report, colour: Colour) -> Result<ExitCode, Problem> {
    let journal = find_run(&arguments.reports, &arguments.run).map_err(Problem::invalid)?;
    let mut out = io::stdout().lock();
    let result = match arguments.format {
        Some(ReportFormat::Json) => render(&journal, Format::Json, &mut out),
        Some(ReportFormat::Junit) => render(&journal, Format::Junit, &mut out),
        Some(ReportFormat::Markdown) => render(&journal, Format::Markdown, &mut out),
        Some(ReportFormat::Terminal) => {
            let options = TerminalOptions {
                colour: colour.stdout,
                live: false,
                verbosity: Verbosity::Normal,
                reports: journal.parent().map(|folder| folder.display().to_string()),
            };
            replay(&journal, &mut Terminal::new(&mut out, options))
        }
        None => {
            let folder = journal
                .parent()
                .map_or_else(|| ".".into(), std::path::Path::to_path_buf);
            replay(&journal, &mut SummaryReports::new(&folder)).and_then(|()| {
                writeln!(out, "rendered again from {}", journal.display())?;
                for format in Format::ALL {
                    writeln!(out, "  {}", folder.join(format.file_name()).display())?;
                }
                Ok(())
            })
        }
    };
    match result {
        // Its reader has left, which is the reader's choice.
        Err(RenderError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
        result => result.map_err(Problem::invalid)?,
    }
    Ok(ExitCode::Conforms)
}
