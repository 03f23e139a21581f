//! Reads the journal back, line by line.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;

use super::JournalError;
use crate::outcome::{Event, SCHEMA_VERSION};

/// No line of ours is longer (bodies are cut when captured); guards against reading something endless into memory.
const LONGEST_LINE: u64 = 16 << 20;

/// An iterator over a journal's events. Holds one line at a time.
///
/// A cut last line is what a killed run leaves: it ends the iteration, and [`Journal::was_cut`] tells. A line damaged
/// elsewhere is an error, after which the iteration is over.
#[derive(Debug)]
pub struct Journal<R> {
    name: String,
    input: R,
    buffer: Vec<u8>,
    line: u64,
    cut: bool,
    over: bool,
}

/// What the first line must say before the rest of it is looked at.
#[derive(Deserialize)]
struct Opening {
    #[serde(default)]
    event: String,
    #[serde(default)]
    schema_version: u64,
    #[serde(default)]
    tool_version: String,
}

impl Journal<BufReader<File>> {
    /// Opens the journal `path`.
    ///
    /// # Errors
    /// [`JournalError::Io`] when it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let name = path.display().to_string();
        match File::open(path) {
            Ok(file) => Ok(Self::new(name, BufReader::new(file))),
            Err(source) => Err(JournalError::Io { name, source }),
        }
    }
}

impl<R: BufRead> Journal<R> {
    /// Reads from `input`; `name` stands in messages.
    pub fn new(name: impl Into<String>, input: R) -> Self {
        Self {
            name: name.into(),
            input,
            buffer: Vec::new(),
            line: 0,
            cut: false,
            over: false,
        }
    }

    /// Whether the last line was cut; known once the iteration has ended.
    pub fn was_cut(&self) -> bool {
        self.cut
    }

    /// The next event, `None` at the end.
    fn read(&mut self) -> Result<Option<Event>, JournalError> {
        self.buffer.clear();
        let read = (&mut self.input)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut self.buffer);
        read.map_err(|source| JournalError::Io {
            name: self.name.clone(),
            source,
        })?;
        self.line += 1;
        if self.buffer.is_empty() {
            return if self.line == 1 {
                Err(JournalError::Empty {
                    name: self.name.clone(),
                })
            } else {
                Ok(None)
            };
        }
        if self.line == 1 {
            self.check_opening()?;
        }
        match serde_json::from_slice(&self.buffer) {
            Ok(Event::RunStarted(_)) if self.line > 1 => {
                Err(self.malformed("a second run begins here".to_owned()))
            }
            Ok(event) => Ok(Some(event)),
            Err(_) if !self.buffer.ends_with(b"\n") && self.at_end() => {
                self.cut = true;
                Ok(None)
            }
            Err(error) => Err(self.malformed(reason(&error))),
        }
    }

    /// Whether the first line opens a journal that this version can read.
    fn check_opening(&self) -> Result<(), JournalError> {
        let not_a_journal = |reason: String| JournalError::NotAJournal {
            name: self.name.clone(),
            reason,
        };
        let opening: Opening =
            serde_json::from_slice(&self.buffer).map_err(|error| match error.classify() {
                serde_json::error::Category::Eof
                    if self.buffer.starts_with(b"{\"event\":\"run-started\"") =>
                {
                    not_a_journal("its first line is cut, the run was killed before it began".to_owned())
                }
                _ => not_a_journal(reason(&error)),
            })?;
        if opening.event != "run-started" {
            return Err(not_a_journal(
                "its first line is not the event `run-started`".to_owned(),
            ));
        }
        if opening.schema_version != u64::from(SCHEMA_VERSION) {
            return Err(JournalError::Version {
                name: self.name.clone(),
                found: opening.schema_version,
                writer: opening.tool_version,
            });
        }
        Ok(())
    }

    /// Whether nothing follows: a line longer than the limit lacks its newline, too, but is not cut.
    fn at_end(&mut self) -> bool {
        self.input.fill_buf().is_ok_and(<[u8]>::is_empty)
    }

    fn malformed(&self, reason: String) -> JournalError {
        JournalError::Malformed {
            name: self.name.clone(),
            line: self.line,
            reason,
        }
    }
}

/// The JSON error's message without its line number, which counts within our one line and would mislead.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    match error.classify() {
        serde_json::error::Category::Data => format!("not an event this version knows ({text})"),
        _ => format!("not JSON at column {} ({text})", error.column()),
    }
}

impl<R: BufRead> Iterator for Journal<R> {
    type Item = Result<Event, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.read().transpose();
        self.over = !matches!(next, Some(Ok(_)));
        next
    }
}
