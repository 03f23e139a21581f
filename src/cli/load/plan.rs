//! From what was typed to a plan.

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::Load;
use crate::cli::colour::Colour;
use crate::cli::embedded::DiskAndEmbedded;
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::contract::Contract;
use crate::load::plan::{Loaded, Plan, Plans};
use crate::report::ExitCode;
use crate::runner::Selection;
use crate::scenario::{Files, Test, is_plan};
use crate::source::{SourceFile, render_all};

/// The plan in the file that was named, or one of the scenarios that were.
pub(super) fn resolve(
    arguments: &Load,
    contracts: &[Arc<Contract>],
    colour: Colour,
) -> Result<Plan, Problem> {
    let flags = arguments.plan.overrides();
    let (paths, names) = sources::paths_and_names(&arguments.what);
    let loaded = match plan_file(&paths)? {
        Some(file) if paths.len() + names.len() > 1 => {
            return Err(Problem::new(
                ExitCode::Usage,
                format!(
                    "{} is a load plan, which says itself what is run; name it alone",
                    file.name()
                ),
            ));
        }
        Some(file) => plans(contracts, &tests(contracts, &[])?).load(&file, &flags),
        None => {
            let selected = select(arguments, tests(contracts, &paths)?, names)?;
            plans(contracts, &selected).of_tests(&flags)
        }
    };
    finished(loaded, colour)
}

fn finished(loaded: Loaded, colour: Colour) -> Result<Plan, Problem> {
    match loaded.plan {
        Some(plan) if !loaded.diagnostics.has_errors() => {
            if !loaded.diagnostics.0.is_empty() {
                // Doubts are told and do not stop anything.
                let text = render_all(&loaded.diagnostics, colour.stderr);
                let _ = std::io::Write::write_all(&mut std::io::stderr().lock(), text.as_bytes());
            }
            Ok(plan)
        }
        _ => Err(loaded.diagnostics.into()),
    }
}

fn plans<'a>(contracts: &'a [Arc<Contract>], tests: &'a [Test]) -> Plans<'a> {
    Plans {
        contracts,
        files: &DiskAndEmbedded,
        tests,
    }
}

/// The first path that is a plan: a file, or one of the bundled ones.
fn plan_file(paths: &[PathBuf]) -> Result<Option<Arc<SourceFile>>, Problem> {
    for path in paths.iter().filter(|path| !path.is_dir()) {
        let file = match DiskAndEmbedded.read(path) {
            Some(read) => read?,
            // Says what the system says.
            None => SourceFile::read(path)?,
        };
        if is_plan(&file) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

fn tests(contracts: &[Arc<Contract>], paths: &[PathBuf]) -> Result<Vec<Test>, Problem> {
    let files = sources::scenarios(paths)?;
    sources::refuse_errors(sources::load(&files, contracts))
}

fn select(arguments: &Load, tests: Vec<Test>, names: Vec<String>) -> Result<Vec<Test>, Problem> {
    let selection = Selection {
        names,
        tags: Vec::new(),
        models: arguments.model.clone(),
        obligations: Vec::new(),
    };
    let selected = selection.select(tests).map_err(Problem::invalid)?;
    if selected.is_empty() {
        return Err(Problem::invalid("nothing to run: no test is left by --model"));
    }
    Ok(selected)
}
