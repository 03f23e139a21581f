//! How a comparison ended.

use std::path::PathBuf;

/// How an answer compares with its snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SnapshotResult {
    /// They are alike.
    Matches,
    /// There is no snapshot yet.
    Missing {
        /// The `.snap.new` that was written; `None` where nothing may be written.
        written: Option<PathBuf>,
    },
    /// They differ.
    Differs {
        /// What differs: a unified diff without colour, from the snapshot to the answer.
        diff: String,
        /// The `.snap.new` that was written; `None` where nothing may be written.
        written: Option<PathBuf>,
    },
}
