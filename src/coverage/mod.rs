//! What the answers of a run reached of what the contract lists: operation × status, operation × error code, condition ×
//! operation, each with the scenarios that reached it.
//!
//! Only observed answers count, never what a scenario expected: a scenario that expects a condition and gets another one
//! reaches the other one.

mod cells;
mod collector;
mod grid;
mod markdown;
mod report;
mod terminal;

pub use collector::Collector;
pub use markdown::markdown;
pub use report::{Cell, Counts, Matrix, ModelCoverage, Reach, Report, SCHEMA_VERSION};
pub use terminal::terminal;
