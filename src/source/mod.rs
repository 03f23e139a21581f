//! File text, spans and diagnostics: everything that lets a message point at a line the user wrote.

mod diagnostic;
mod duration;
mod file;
mod json;
mod node;
mod place;
mod rate;
mod render;
mod suggest;
mod yaml;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use duration::{format_duration, parse_duration};
pub use file::SourceFile;
pub use json::{JsonDocument, parse_json};
pub use node::{Entry, Node, Value};
pub use place::{Located, Place, Position, Span};
pub use rate::{format_rate, parse_rate};
pub use render::{render, render_all};
pub use suggest::closest;
pub use yaml::{MAX_BYTES, parse_documents, read_documents};
