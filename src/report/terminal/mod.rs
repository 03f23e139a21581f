//! What a person sees while a run goes on, and at its end.

mod block;
mod closing;
mod palette;
mod progress;
mod reporter;
mod step;

pub(super) use block::{headline, problem_text, subject};
pub(super) use closing::note_kind;
pub(super) use palette::{Palette, Tone};
pub use reporter::{Terminal, TerminalOptions, Verbosity};
