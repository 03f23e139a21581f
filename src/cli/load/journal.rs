//! The journal of a load run: its first failures of each shape, in full, as they come.

use std::fs::File;
use std::path::Path;
use std::thread::JoinHandle;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::cli::problem::Problem;
use crate::outcome::load::{Ending, LoadResult, LoadStarted};
use crate::outcome::{Event, Interruption, RunFinished, RunStarted, SCHEMA_VERSION};
use crate::report::{JournalWriter, Reporter};

/// The thread that writes `run.jsonl`.
pub(super) struct LoadJournal {
    sender: UnboundedSender<Event>,
    writer: JoinHandle<()>,
}

/// Starts the thread; the first line is written at once.
pub(super) fn start(file: File, started: &LoadStarted, tests: usize) -> LoadJournal {
    let (sender, mut receiver) = unbounded_channel();
    let first = Event::RunStarted(Box::new(RunStarted {
        schema_version: SCHEMA_VERSION,
        run_id: started.run_id.clone(),
        tool_version: started.tool_version.clone(),
        started_at: started.started_at,
        environment: started.environment.clone(),
        seed: started.seed,
        jobs: 1,
        command: started.command.clone(),
        tests,
        guard_exceptions: started.guard_exceptions.clone(),
    }));
    let writer = std::thread::spawn(move || {
        let mut journal = JournalWriter::new(file);
        let mut write = |event: &Event| {
            // load.json has an example of each failure too: a full disk is told when that one is written.
            let _ = journal.on_event(event);
        };
        write(&first);
        while let Some(event) = receiver.blocking_recv() {
            write(&event);
        }
        let _ = journal.finish();
    });
    LoadJournal { sender, writer }
}

impl LoadJournal {
    /// Where failures go. Bounded in number by whoever sends.
    pub(super) fn sender(&self) -> UnboundedSender<Event> {
        self.sender.clone()
    }

    /// Writes the last line and waits until all is written. Every other sender must be gone.
    pub(super) fn end(self, result: &LoadResult) {
        let finished = Event::RunFinished(RunFinished {
            finished_at: Timestamp::now(),
            elapsed_us: result.measured_us,
            interruption: (result.ending == Ending::Interrupted).then_some(Interruption::Signal),
            exit_code: result.exit_code,
        });
        let _ = self.sender.send(finished);
        drop(self.sender);
        let _ = self.writer.join();
    }
}

/// Writes what goose made of the same calls.
pub(super) fn goose_report(path: &Path, metrics: &goose::metrics::GooseMetrics) -> Result<(), Problem> {
    let failed = |error: &dyn std::fmt::Display| {
        Problem::invalid(format!("cannot write goose's report {}: {error}", path.display()))
    };
    let text = serde_json::to_vec_pretty(metrics).map_err(|error| failed(&error))?;
    std::fs::write(path, text).map_err(|error| failed(&error))
}
