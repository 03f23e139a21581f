//! `utlegg lint`.

use std::collections::BTreeMap;

use super::arguments::Lint;
use super::colour::Colour;
use super::printing::print;
use super::problem::Problem;
use super::sources;
use crate::report::ExitCode;
use crate::source::{Diagnostic, Diagnostics, Place, Severity, SourceFile, Span, render_all};

/// Shows every mistake at once.
pub(super) fn main(arguments: &Lint, colour: Colour) -> Result<ExitCode, Problem> {
    let files = sources::scenarios(&arguments.paths)?;
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut diagnostics = real_identifiers(&files);
    let loaded = sources::load(&files, &contracts);
    diagnostics.extend(loaded.diagnostics);
    if !diagnostics.0.is_empty() {
        print(&render_all(&diagnostics, colour.stdout))?;
    }
    let severe = |d: &Diagnostic| arguments.strict || d.severity == Severity::Error;
    if diagnostics.0.iter().any(severe) {
        return Ok(ExitCode::Invalid);
    }
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (files, tests) = (files.len(), loaded.tests.len());
    print(&format!(
        "{files} file{} with {tests} test{}: no errors\n",
        plural(files),
        plural(tests),
    ))?;
    Ok(ExitCode::Conforms)
}

/// Identifiers that could belong to somebody, wherever they stand in a file.
fn real_identifiers(files: &[std::sync::Arc<SourceFile>]) -> Diagnostics {
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
