//! `utlegg validate`: says offline what the service would object to in a request.

mod finding;
mod human;
mod inputs;
mod json;
mod judge;
mod place;
mod sarif;
mod unjudged;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::{FindingsFormat, PhaseWord, Validate};
use super::colour::Colour;
use super::problem::Problem;
use super::sources;
use crate::begjaering::Phase;
use crate::contract::Contract;
use crate::identity::OrganisationNumber;
use crate::report::ExitCode;
use crate::source::{Diagnostic, SourceFile, closest};
use finding::Report;
use judge::Judge;

/// Checks every input and prints what was found.
pub(super) fn main(arguments: &Validate, colour: Colour) -> Result<ExitCode, Problem> {
    let contracts = sources::contracts(
        &arguments.contract.contract,
        &BTreeMap::new(),
        Some(&arguments.model),
    )?;
    let contract = contract_for(&contracts, &arguments.model)?;
    let authenticated = arguments.authenticated.as_deref().map(organisation).transpose()?;
    let phase = phase(arguments)?;
    let previous = arguments.previous.as_deref().map(inputs::previous).transpose()?;
    let judge = Judge {
        contract,
        others: contracts
            .iter()
            .filter(|other| !Arc::ptr_eq(other, contract))
            .collect(),
        phase,
        authenticated,
        previous,
        received: arguments.received.unwrap_or_else(today),
    };
    let inputs = inputs::read(&arguments.files)?;
    let report = Report {
        model: contract.model().to_owned(),
        phase,
        files: inputs.into_iter().map(|input| judge.file(input)).collect(),
        unjudged: judge.unjudged()?,
    };
    print(&report, arguments.format, colour)
        .map_err(|error| Problem::invalid(format!("cannot print: {error}")))?;
    Ok(report.exit_code())
}

fn print(report: &Report, format: FindingsFormat, colour: Colour) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        FindingsFormat::Human => human::write(report, colour.stdout, &mut out)?,
        FindingsFormat::Json => json::write(report, &mut out)?,
        FindingsFormat::Sarif => sarif::write(report, &mut out)?,
    }
    out.flush()
}

fn contract_for<'a>(contracts: &'a [Arc<Contract>], model: &str) -> Result<&'a Arc<Contract>, Problem> {
    let names = || contracts.iter().map(|contract| contract.model());
    if let [only] = contracts {
        return Ok(only);
    }
    contracts
        .iter()
        .find(|contract| contract.model() == model)
        .ok_or_else(|| {
            let meant =
                closest(model, names()).map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
            let known = names().collect::<Vec<_>>().join(", ");
            Problem::new(
                ExitCode::Usage,
                format!("there is no model `{model}`, only {known}{meant}"),
            )
        })
}

fn organisation(text: &str) -> Result<&str, Problem> {
    match OrganisationNumber::parse(text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Problem::new(
            ExitCode::Usage,
            format!("--authenticated {text}: {error}"),
        )),
    }
}

fn phase(arguments: &Validate) -> Result<Phase, Problem> {
    match (arguments.phase, &arguments.previous) {
        (Some(PhaseWord::New), Some(_)) => Err(Problem::new(
            ExitCode::Usage,
            "a new request replaces none: leave out --previous, or say --phase change",
        )),
        (Some(PhaseWord::Change), _) | (None, Some(_)) => Ok(Phase::Change),
        (Some(PhaseWord::New) | None, None) => Ok(Phase::New),
    }
}

/// The day in the administration's time zone.
fn today() -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get("Europe/Oslo").unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::now().to_zoned(zone).date()
}

/// One thing to check: a text, or why there is none.
type Input = Result<Arc<SourceFile>, (String, Diagnostic)>;
