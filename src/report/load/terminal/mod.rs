//! What a person sees while a load run goes on, and at its end.

mod closing;
mod live;
mod reporter;
mod table;

pub use reporter::{LoadTerminal, LoadTerminalOptions};
