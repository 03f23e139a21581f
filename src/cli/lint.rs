//! `utlegg lint`.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::Lint;
use super::colour::Colour;
use super::embedded::DiskAndEmbedded;
use super::printing::print;
use super::problem::Problem;
use super::sources;
use crate::contract::Contract;
use crate::load::plan::{Overrides, Plans};
use crate::report::ExitCode;
use crate::scenario::{Test, is_plan};
use crate::source::{Diagnostic, Diagnostics, Place, Severity, SourceFile, Span, render_all};

/// Shows every mistake at once.
pub(super) fn main(arguments: &Lint, colour: Colour) -> Result<ExitCode, Problem> {
    let (plans, files) = files(&arguments.paths)?;
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut diagnostics = real_identifiers(plans.iter().chain(&files));
    let loaded = sources::load(&files, &contracts);
    let tests = loaded.tests.len();
    diagnostics.extend(loaded.diagnostics);
    if !plans.is_empty() {
        let tests = if files.is_empty() {
            sources::load(&sources::scenarios(&[])?, &contracts).tests
        } else {
            loaded.tests
        };
        diagnostics.extend(of_plans(&plans, &contracts, &tests));
    }
    let diagnostics = once_each(diagnostics);
    if !diagnostics.0.is_empty() {
        print(&render_all(&diagnostics, colour.stdout))?;
    }
    let severe = |d: &Diagnostic| arguments.strict || d.severity == Severity::Error;
    if diagnostics.0.iter().any(severe) {
        return Ok(ExitCode::Invalid);
    }
    print(&format!(
        "{}: no errors\n",
        counted(plans.len(), files.len(), tests)
    ))?;
    Ok(ExitCode::Conforms)
}

/// Files, as they are read.
type Sources = Vec<Arc<SourceFile>>;

/// Load plans, and the files with scenarios.
fn files(paths: &[PathBuf]) -> Result<(Sources, Sources), Problem> {
    let all = sources::scenarios(paths)?;
    if paths.is_empty() {
        return Ok((sources::plans()?, all));
    }
    Ok(all.into_iter().partition(is_plan))
}

/// What is wrong with load plans. One without files of its own chooses from `tests`.
fn of_plans(plans: &[Arc<SourceFile>], contracts: &[Arc<Contract>], tests: &[Test]) -> Diagnostics {
    let reader = Plans {
        contracts,
        files: &DiskAndEmbedded,
        tests,
    };
    let mut diagnostics = Diagnostics::default();
    for plan in plans {
        diagnostics.extend(reader.load(plan, &Overrides::default()).diagnostics);
    }
    diagnostics
}

/// A scenario that is linted and that plans name too is read more than once.
fn once_each(mut diagnostics: Diagnostics) -> Diagnostics {
    let mut seen = HashSet::new();
    diagnostics.0.retain(|found| {
        let place = found.place.as_ref().map(|place| place.position().to_string());
        seen.insert((found.message.clone(), place))
    });
    diagnostics
}

/// What was read, in words.
fn counted(plans: usize, files: usize, tests: usize) -> String {
    let of = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let scenarios = format!("{} with {}", of(files, "file"), of(tests, "test"));
    match (plans, files) {
        (0, _) => scenarios,
        (_, 0) => of(plans, "load plan"),
        _ => format!("{scenarios}, {}", of(plans, "load plan")),
    }
}

/// Identifiers that could belong to somebody, wherever they stand in a file.
fn real_identifiers<'a>(files: impl Iterator<Item = &'a Arc<SourceFile>>) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for file in files {
        for found in crate::identity::find_real(file.text()) {
            let place = Place::new(file, Span::new(found.span.start, found.span.end));
            diagnostics.push(
                Diagnostic::error("possible real person or organisation")
                    .at(place)
                    .help("use a synthetic identifier; `given:` leases synthetic parties"),
            );
        }
    }
    diagnostics
}
