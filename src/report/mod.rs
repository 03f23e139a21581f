//! Reports: what listens to a run's events, and what is written from them.
//!
//! The journal (`run.jsonl`) is the one truth. Everything else is a [`Summary`](crate::outcome::Summary) folded from its
//! events and then rendered, so a report can be rendered again at any time and comes out the same, byte for byte.

mod chart;
pub mod comparison;
mod exit;
mod fold;
mod html;
mod journal;
mod junit;
pub mod load;
mod markdown;
mod problem;
mod render;
mod reporter;
mod run_directory;
mod run_page;
mod terminal;
mod units;

pub use exit::{Circumstances, ExitCode};
pub use fold::Fold;
pub use journal::{Journal, JournalError, JournalWriter};
pub use render::{Format, RenderError, SummaryReports, render, replay, summarise};
pub use reporter::{FanOut, Reporter};
pub use run_directory::{RunDirectory, RunDirectoryError, find_run};
pub use terminal::{Terminal, TerminalOptions, Verbosity};
