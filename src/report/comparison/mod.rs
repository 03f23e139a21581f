//! A comparison of load runs, for people and programs.

mod cells;
mod markdown;
mod terminal;

use crate::outcome::comparison::Comparison;

pub use markdown::markdown;
pub use terminal::terminal;

/// By `schema/comparison.schema.json`.
///
/// # Errors
/// Never in practice: a comparison holds nothing that JSON has no form for.
pub fn json(comparison: &Comparison) -> serde_json::Result<String> {
    serde_json::to_string_pretty(comparison).map(|text| text + "\n")
}
