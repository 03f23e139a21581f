//! `utlegg data`: synthetic parties, numbers and whole requests.

mod arguments;
mod format;
mod numbers;
mod parties;
mod request;

pub(super) use arguments::Data;
use arguments::DataCommand;

use super::problem::Problem;
use crate::mock::{ORGANISATIONS, PERSONS};
use crate::report::ExitCode;
use crate::testdata::Register;

/// Prints what was asked for.
pub(super) fn main(arguments: &Data) -> Result<ExitCode, Problem> {
    match &arguments.what {
        DataCommand::Person(person) => parties::persons(person),
        DataCommand::Organisation(organisation) => parties::organisations(organisation),
        DataCommand::Kid(kid) => numbers::kids(kid),
        DataCommand::Account(account) => numbers::accounts(account),
        DataCommand::Request(request) => request::main(request),
    }?;
    Ok(ExitCode::Conforms)
}

/// The register that a mock with this seed has.
fn register(seed: u64) -> Register {
    Register::generate(seed, PERSONS, ORGANISATIONS)
}
