//! Writes the journal.

use std::io::{self, Write};

use crate::outcome::Event;
use crate::report::Reporter;

/// Writes each event as one line and flushes it, so that a killed run leaves every finished step readable.
///
/// Give it an unbuffered writer: each line is handed over whole.
pub struct JournalWriter<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> JournalWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            line: Vec::with_capacity(4096),
        }
    }
}

impl<W: Write> Reporter for JournalWriter<W> {
    fn on_event(&mut self, event: &Event) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, event)?;
        self.line.push(b'\n');
        self.out.write_all(&self.line)?;
        self.out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
