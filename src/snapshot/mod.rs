//! Stored answers in insta's file format: read, redact, compare, write, review.

mod content;
mod difference;
mod file;
mod key;
mod redaction;
mod result;
mod review;
mod store;
mod variable_text;

pub use file::Metadata;
pub use key::SnapshotKey;
pub use result::SnapshotResult;
pub use review::Pending;
pub use store::{Comparison, Mode, Store};
pub use variable_text::{Form, VariableText};
