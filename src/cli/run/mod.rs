//! `utlegg run`.

mod consumer;
mod rerun;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::arguments::{ObligationWord, Run};
use super::colour::Colour;
use super::environment::Prepared;
use super::problem::Problem;
use super::{environment, signal, sources, threads};
use crate::http::ReqwestTransport;
use crate::outcome::{Event, RunStarted, SCHEMA_VERSION};
use crate::report::{ExitCode, RunDirectory};
use crate::runner::{self, Selection};
use crate::scenario::{Obligation, Test};
use crate::settings::Settings;

/// How many events may wait for the reports before the engine waits for them.
const EVENTS_WAITING: usize = 256;

/// Runs scenarios and gives the exit code.
pub(super) fn main(arguments: &Run, colour: Colour, command: &str) -> Result<ExitCode, Problem> {
    let settings = environment::settings(&arguments.environment)?;
    let runtime = threads::runtime()?;
    let (paths, names) = sources::paths_and_names(&arguments.what);
    let seed = arguments
        .environment
        .seed
        .unwrap_or_else(|| u64::from(rand::random::<u32>()));
    let result = runtime.block_on(async {
        let prepared = prepare(arguments, &settings, seed).await?;
        let tests = select(arguments, &prepared, &paths, names)?;
        let context = Context {
            arguments,
            settings: &settings,
            seed,
            paths: &paths,
            command,
            colour,
        };
        run(&context, prepared, tests).await
    });
    // A request that is still under way must not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_millis(200));
    result
}

/// What the parts of a run have in common.
struct Context<'a> {
    arguments: &'a Run,
    settings: &'a Settings,
    seed: u64,
    paths: &'a [PathBuf],
    command: &'a str,
    colour: Colour,
}

async fn prepare(
    arguments: &Run,
    settings: &Settings,
    seed: u64,
) -> Result<Prepared<ReqwestTransport>, Problem> {
    let arguments = &arguments.environment;
    match environment::named(arguments, settings)? {
        None => environment::embedded(arguments, settings, seed).await,
        Some(named) => environment::live(arguments, settings, named, seed, ReqwestTransport::new),
    }
}

fn select(
    arguments: &Run,
    prepared: &Prepared<ReqwestTransport>,
    paths: &[PathBuf],
    names: Vec<String>,
) -> Result<Vec<Test>, Problem> {
    let files = sources::scenarios(paths)?;
    let tests = sources::refuse_errors(sources::load(&files, &prepared.contracts()))?;
    let selection = Selection {
        names,
        tags: arguments.selection.tag.clone(),
        models: arguments.selection.model.clone(),
        obligations: arguments
            .selection
            .obligation
            .iter()
            .copied()
            .map(Into::into)
            .collect(),
    };
    let selected = selection
        .select(tests)
        .map_err(|error| Problem::new(ExitCode::Invalid, error))?;
    if selected.is_empty() {
        return Err(Problem::invalid(
            "nothing to run: no test is left by --tag, --model and --obligation together",
        ));
    }
    Ok(selected)
}

async fn run(
    context: &Context<'_>,
    prepared: Prepared<ReqwestTransport>,
    tests: Vec<Test>,
) -> Result<ExitCode, Problem> {
    let started_at = Timestamp::now();
    let reports = &context.settings.reports.value;
    let (directory, journal) =
        RunDirectory::create(reports, started_at, context.seed).map_err(Problem::invalid)?;
    let jobs = jobs(context);
    let started = Event::RunStarted(Box::new(RunStarted {
        schema_version: SCHEMA_VERSION,
        run_id: directory.id().to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at,
        environment: prepared.describe(prepared.server.is_some()),
        seed: context.seed,
        jobs,
        command: context.command.to_owned(),
        tests: tests.len(),
        guard_exceptions: environment::guard_exceptions(context.settings),
    }));
    let (sender, receiver) = tokio::sync::mpsc::channel(EVENTS_WAITING);
    let cancel = CancellationToken::new();
    let consumer = consumer::start(context, &directory, journal, receiver, cancel.clone());
    stop_on_signal(cancel.clone());
    // The consumer lives as long as the channel.
    let _ = sender.send(started).await;
    let rerun = |test: &Test| {
        rerun::command(
            &context.arguments.environment,
            !context.paths.is_empty(),
            context.seed,
            test,
        )
    };
    let world: Arc<runner::World<ReqwestTransport>> = Arc::clone(&prepared.world);
    runner::run(world, tests, jobs, Arc::new(sender), cancel, rerun).await;
    let code = tokio::task::spawn_blocking(move || consumer.join())
        .await
        .ok()
        .and_then(Result::ok)
        .unwrap_or_else(|| {
            Err(Problem::invalid(
                "the reports stopped unexpectedly; run.jsonl has what was finished",
            ))
        });
    prepared.end().await;
    code
}

fn jobs(context: &Context<'_>) -> usize {
    let configured = context.settings.jobs.as_ref().map(|jobs| jobs.value);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    context
        .arguments
        .jobs
        .map(usize::from)
        .or(configured)
        .unwrap_or(cores * 4)
}

/// The first signal ends the run in order; the second ends the process.
fn stop_on_signal(cancel: CancellationToken) {
    tokio::spawn(async move {
        signal::received().await;
        cancel.cancel();
        signal::received().await;
        std::process::exit(i32::from(ExitCode::Interrupted.code()));
    });
}

impl From<ObligationWord> for Obligation {
    fn from(word: ObligationWord) -> Self {
        match word {
            ObligationWord::Must => Self::Must,
            ObligationWord::Should => Self::Should,
            ObligationWord::May => Self::May,
        }
    }
}
