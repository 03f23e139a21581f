//! Reports of load runs.

mod files;
mod pages;
pub mod sample;
mod schema;
mod terminal;
