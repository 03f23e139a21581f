//! Prints what a command gives; a reader that has gone away (`utlegg lint | head -1`) is no error.

use std::io::{self, ErrorKind, Write};

use super::problem::Problem;

/// Prints to standard output.
///
/// # Errors
/// A problem when the output takes nothing more, as on a full disk; not when its reader has left.
pub(super) fn print(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    unless_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// A write that failed because nobody reads any more counts as done.
pub(super) fn unless_closed(result: io::Result<()>) -> Result<(), Problem> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Problem::invalid(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}
