//! Stored answers in insta's file format: read, redact, compare, write, review.

mod result;

pub use result::SnapshotResult;
