//! `utlegg coverage`: what a run's answers reached of what the contract lists.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::{Coverage, CoverageFormat};
use super::colour::Colour;
use super::problem::Problem;
use super::sources;
use crate::contract::Contract;
use crate::coverage::{Collector, Report, markdown, terminal};
use crate::report::{ExitCode, Journal, find_run};

/// Prints the coverage of a stored run, and fails below what `--require` demands.
pub(super) fn main(arguments: &Coverage, colour: Colour) -> Result<ExitCode, Problem> {
    let contracts = contracts(arguments)?;
    let journal = find_run(&arguments.reports, &arguments.run).map_err(Problem::invalid)?;
    let mut collector = Collector::new(contracts.iter().map(AsRef::as_ref));
    for event in Journal::open(&journal).map_err(Problem::invalid)? {
        collector.on_event(&event.map_err(Problem::invalid)?);
    }
    let report = collector.report();
    if report.models.is_empty() {
        let message =
            "the run was for none of these models; leave out --model, or name the contract it was run with";
        return Err(Problem::invalid(message));
    }
    print(&report, arguments, colour).map_err(|error| Problem::invalid(format!("cannot print: {error}")))?;
    required(&report, arguments.require)
}

fn contracts(arguments: &Coverage) -> Result<Vec<Arc<Contract>>, Problem> {
    let mut contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    if let Some(unknown) = arguments
        .model
        .iter()
        .find(|model| contracts.iter().all(|contract| contract.model() != *model))
    {
        let known: Vec<&str> = contracts.iter().map(|contract| contract.model()).collect();
        let message = format!("there is no model `{unknown}`, only {}", known.join(", "));
        return Err(Problem::new(ExitCode::Usage, message));
    }
    if !arguments.model.is_empty() {
        contracts.retain(|contract| arguments.model.iter().any(|model| model == contract.model()));
    }
    Ok(contracts)
}

fn print(report: &Report, arguments: &Coverage, colour: Colour) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match arguments.format {
        CoverageFormat::Terminal => {
            out.write_all(terminal(report, colour.stdout, arguments.verbose).as_bytes())
        }
        CoverageFormat::Markdown => out.write_all(markdown(report).as_bytes()),
        CoverageFormat::Json => {
            serde_json::to_writer_pretty(&mut out, report)?;
            writeln!(out)
        }
    }
}

/// The share is rounded down, so 100 % demands every cell.
fn required(report: &Report, required: Option<u8>) -> Result<ExitCode, Problem> {
    let reached = report.counts.percent();
    match required.map(usize::from) {
        Some(required) if reached < required => Err(Problem::new(
            ExitCode::DoesNotConform,
            format!(
                "{reached} % of what is reachable was reached, {required} % is required; {} are missing",
                report.counts.missed
            ),
        )),
        _ => Ok(ExitCode::Conforms),
    }
}
