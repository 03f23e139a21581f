//! Takes the engine's events off their channel and hands them to the reports, on a thread of its own.

use std::fs::File;
use std::io::IsTerminal;
use std::thread::JoinHandle;
use std::time::Instant;

use jiff::Timestamp;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

use super::Context;
use crate::cli::problem::Problem;
use crate::outcome::{Event, Interruption, RunFinished};
use crate::report::{
    Circumstances, ExitCode, FanOut, Fold, JournalWriter, Reporter, RunDirectory, SummaryReports, Terminal,
    TerminalOptions, Verbosity,
};

/// The thread that writes the reports; it gives the exit code when the channel has closed.
pub(super) type Consumer = JoinHandle<Result<ExitCode, Problem>>;

/// Starts the thread.
pub(super) fn start(
    context: &Context<'_>,
    directory: &RunDirectory,
    journal: File,
    mut events: Receiver<Event>,
    cancel: CancellationToken,
) -> Consumer {
    let options = TerminalOptions {
        colour: context.colour.stdout,
        live: std::io::stdout().is_terminal() && std::io::stderr().is_terminal() && context.colour.stdout,
        verbosity: match (context.arguments.quiet, context.arguments.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, 0) => Verbosity::Normal,
            (false, 1) => Verbosity::Steps,
            (false, _) => Verbosity::Checks,
        },
        reports: Some(directory.path().display().to_string()),
    };
    let folder = directory.path();
    std::thread::spawn(move || {
        let mut reporters = FanOut::new()
            .with("journal", JournalWriter::new(journal))
            .with("reports", SummaryReports::new(folder))
            .with("terminal", Terminal::new(std::io::stdout(), options));
        let mut fold = Fold::new();
        let began = Instant::now();
        // Each reporter fails once and is dropped; a terminal that nobody reads any more is no failure.
        let mut failures = Vec::new();
        while let Some(event) = events.blocking_recv() {
            fold.on_event(&event);
            failures.extend(reporters.on_event(&event).err());
        }
        let interrupted = cancel.is_cancelled();
        let circumstances = Circumstances {
            interrupted,
            invalid: false,
        };
        let code = ExitCode::of_run(&fold.counts(), circumstances);
        let finished = Event::RunFinished(RunFinished {
            finished_at: Timestamp::now(),
            elapsed_us: u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
            interruption: interrupted.then_some(Interruption::Signal),
            exit_code: code.code(),
        });
        failures.extend(reporters.on_event(&finished).err());
        failures.extend(reporters.finish().err());
        if failures.is_empty() {
            return Ok(code);
        }
        let failures: Vec<String> = failures.iter().map(ToString::to_string).collect();
        Err(Problem::invalid(format!(
            "a report could not be written: {}",
            failures.join("; ")
        )))
    })
}
