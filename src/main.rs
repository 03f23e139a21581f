//! The `utlegg` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    utlegg::cli::main(std::env::args_os())
}
