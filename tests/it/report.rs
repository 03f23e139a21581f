//! Reports: what is written from a run's events, and what of it survives when the run does not.

mod folding;
mod journal;
pub mod load;
mod pages;
mod rendering;
pub mod sample;
pub mod schemas;
mod terminal;
mod twelve;
