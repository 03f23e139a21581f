//! The journal `run.jsonl`: one event per line, written as it happens; the one truth every other report is rendered from.

mod error;
mod reader;
mod writer;

pub use error::JournalError;
pub use reader::Journal;
pub use writer::JournalWriter;
