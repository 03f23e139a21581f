//! `utlegg explain`: what a code means, when it fires, where, how sure we are, and what provokes it.

mod lookup;
mod provocation;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::arguments::Explain;
use super::colour::Colour;
use super::problem::Problem;
use super::{embedded, sources};
use crate::report::ExitCode;
use crate::source::closest;

/// Explains one code.
pub(super) fn main(arguments: &Explain, colour: Colour) -> Result<ExitCode, Problem> {
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let entries = || contracts.iter().rev().flat_map(|contract| contract.codes());
    let Some(entry) = entries().find(|entry| lookup::means(&arguments.code, &entry.code)) else {
        let codes = || entries().map(|entry| entry.code.as_str());
        let meant = closest(&arguments.code, codes())
            .map_or_else(String::new, |code| format!("; did you mean `{code}`?"));
        let message = format!("no contract lists the code `{}`{meant}", arguments.code);
        return Err(Problem::new(ExitCode::Usage, message));
    };
    // What the scenarios need besides is no matter here: those that do not load provoke nothing.
    let loaded = sources::load(&embedded::scenarios(), &contracts);
    let provocation = provocation::smallest(&entry.code, &loaded.tests);
    let text = text::explanation(entry, provocation.as_ref(), colour.stdout);
    io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .map_err(|error| Problem::invalid(format!("cannot print: {error}")))?;
    Ok(ExitCode::Conforms)
}
