//! The command line: arguments in, exit code out. The only module that prints.

mod arguments;
mod colour;
mod compare;
mod completions;
mod coverage;
mod data;
mod embedded;
mod environment;
mod explain;
mod lint;
mod load;
mod mock;
mod printing;
mod problem;
mod quoting;
mod report;
mod run;
mod schema;
mod selfcheck;
mod signal;
mod snapshots;
mod sources;
pub mod stand_in;
mod threads;
mod token;
mod validate;

use std::ffi::OsString;
use std::process;

use clap::Parser;

use crate::report::ExitCode;
use arguments::{Arguments, Command};
use quoting::quoted;

/// Runs the command line and gives the process's exit code.
pub fn main(typed: impl IntoIterator<Item = OsString>) -> process::ExitCode {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&typed) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; a closed pipe is nobody's business.
            let _ = error.print();
            let code = if error.use_stderr() {
                ExitCode::Usage
            } else {
                ExitCode::Conforms
            };
            return code.code().into();
        }
    };
    let colour = colour::Colour::of(arguments.color);
    start_tracing(colour.stderr);
    let command_line = shown(&typed);
    let result = match arguments.command {
        Command::Run(run) => run::main(&run, colour, &command_line),
        Command::Load(load) => load::main(&load, colour, &command_line),
        Command::Lint(lint) => lint::main(&lint, colour),
        Command::Validate(validate) => validate::main(&validate, colour),
        Command::Explain(explain) => explain::main(&explain, colour),
        Command::Coverage(coverage) => coverage::main(&coverage, colour),
        Command::Compare(compare) => compare::main(&compare, colour),
        Command::Mock(mock) => mock::main(&mock),
        Command::Report(report) => report::main(&report, colour),
        Command::Snapshots(snapshots) => snapshots::main(&snapshots, colour),
        Command::Token(token) => token::main(&token),
        Command::Data(data) => data::main(&data),
        Command::Schema(schema) => schema::main(&schema),
        Command::Completions(completions) => completions::main(&completions),
    };
    let code = result.unwrap_or_else(|problem| problem.print(colour));
    code.code().into()
}

/// What was typed, for the journal: the program's name without its folder, arguments quoted where a shell needs it.
fn shown(typed: &[OsString]) -> String {
    let arguments = typed.iter().skip(1);
    std::iter::once("utlegg".to_owned())
        .chain(arguments.map(|argument| quoted(&argument.to_string_lossy())))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Diagnostics of the tool itself, off unless `UTLEGG_LOG` asks for them (`UTLEGG_LOG=debug`).
fn start_tracing(colour: bool) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("UTLEGG_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colour)
        .try_init();
}
