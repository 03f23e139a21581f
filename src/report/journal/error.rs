//! What can be wrong with a journal.

use std::io;

use crate::outcome::SCHEMA_VERSION;

/// Why a journal cannot be read. Lines count from 1.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// It could not be opened or read.
    #[error("{name}: cannot be read: {source}")]
    Io {
        /// The journal's name.
        name: String,
        /// The cause.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("{name}: is empty; the run was killed before it began, so there is nothing to report")]
    Empty {
        /// The journal's name.
        name: String,
    },
    /// Its first line is not that of a journal.
    #[error("{name}:1: is not a journal of a run: {reason}; name a run's folder or its run.jsonl")]
    NotAJournal {
        /// The journal's name.
        name: String,
        /// What is there instead.
        reason: String,
    },
    /// It was written by a version whose form this one does not know.
    #[error(
        "{name}:1: has schema_version {found}, this version of utlegg reads {SCHEMA_VERSION}; \
         use the version that wrote it ({writer})"
    )]
    Version {
        /// The journal's name.
        name: String,
        /// Its schema version.
        found: u64,
        /// The version of the tool that wrote it.
        writer: String,
    },
    /// A line in it is damaged, and it is not just the end that is missing.
    #[error(
        "{name}:{line}: {reason}; the lines before it can be rendered if this one and the rest are removed"
    )]
    Malformed {
        /// The journal's name.
        name: String,
        /// Which line.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
}
