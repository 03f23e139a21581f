//! Reports of a load run: written from its [`LoadResult`](crate::outcome::load::LoadResult) and from nothing else.
//!
//! `load.json` holds that result whole, so every other form can be rendered again from it, byte for byte.

mod figures;
mod format;
mod html;
mod junit;
mod markdown;
mod overview;
mod progress;
mod stored;
mod terminal;
mod words;

pub use format::{LoadFormat, write_all};
pub use progress::LoadProgress;
pub use stored::{LoadReadError, is_load_run, read};
pub use terminal::{LoadTerminal, LoadTerminalOptions};
