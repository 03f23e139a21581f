//! Reports of load runs.

mod files;
pub mod sample;
mod schema;
mod terminal;
