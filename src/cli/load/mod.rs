//! `utlegg load`.

mod arguments;
mod journal;
mod plan;
mod result;
mod rounds;
mod target;
mod verdict;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::colour::Colour;
use super::problem::Problem;
use super::{environment, selfcheck, signal};
use crate::http::HyperTransport;
use crate::load::engine::{self, Halt, Options};
use crate::load::health::{Injector, Monitor};
use crate::load::measure::{Recorder, RecorderOptions, Rows};
use crate::load::plan::Plan;
use crate::outcome::load::{Host, LoadStarted};
use crate::report::load::{LoadTerminal, LoadTerminalOptions, write_all};
use crate::report::{ExitCode, RunDirectory, Verbosity};
use crate::runner::World;
use result::Carried;
use rounds::{Done, Job};
use target::Target;

pub(super) use arguments::Load;

/// Where no line moves, a plain one this often.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Carries out a plan and gives the exit code.
pub(super) fn main(arguments: &Load, colour: Colour, command: &str) -> Result<ExitCode, Problem> {
    if let Some(format) = arguments.selfcheck {
        return selfcheck::main(format);
    }
    let settings = environment::settings(&arguments.environment)?;
    let cancel = CancellationToken::new();
    // Before goose comes to set its own, which would end the process.
    signal::cancel_on_interrupt(&cancel)?;
    let job = Job {
        arguments,
        settings: &settings,
        seed: arguments
            .environment
            .seed
            .unwrap_or_else(|| u64::from(rand::random::<u32>())),
        command,
        colour,
        cancel,
    };
    job.carry_out()
}

/// What the parts of a load run have in common.
struct Context<'a> {
    arguments: &'a Load,
    plan: &'a Plan,
    seed: u64,
    command: &'a str,
    colour: Colour,
    reports: &'a std::path::Path,
    guard_exceptions: Vec<String>,
}

async fn carry_out(
    context: &Context<'_>,
    target: Target,
    cancel: CancellationToken,
) -> Result<Done, Problem> {
    let started_at = Timestamp::now();
    let (directory, journal) =
        RunDirectory::create(context.reports, started_at, context.seed).map_err(Problem::invalid)?;
    let started = started(context, &target, directory.id(), started_at);
    let journal = journal::start(journal, &started, context.plan.mix.len());
    let mut terminal = terminal(context, &directory);
    // A terminal that nobody reads any more ends nothing.
    let _ = terminal.begin(&started);
    let recorder = Arc::new(Recorder::new(
        Rows::of(context.plan.mix.iter().map(|mixed| &mixed.test)),
        RecorderOptions {
            warm_up: context.plan.warm_up,
            folder: Some(directory.path()),
            journal: Some(journal.sender()),
        },
    ));
    let halt = Halt::default();
    let watch = watch::start(terminal, context.plan, &recorder, &halt);
    let carried = drive(context, &target, &recorder, halt, cancel).await;
    let watched = watch.end();
    let (mut carried, world) = carried?;
    carried.aborting = watched.aborting;
    let result = result::assemble(started, context.plan, &recorder, &carried);
    drop(recorder);
    journal.end(&result);
    write_all(&result, &directory.path()).map_err(Problem::invalid)?;
    let _ = watched.terminal.finish_with(&result);
    drop((world, target.mock));
    Ok(Done {
        code: ExitCode::from_code(result.exit_code).unwrap_or(ExitCode::Invalid),
        folder: directory.path(),
    })
}

/// Runs the engine, the injector's own state watched beside it.
async fn drive(
    context: &Context<'_>,
    target: &Target,
    recorder: &Arc<Recorder>,
    halt: Halt,
    cancel: CancellationToken,
) -> Result<(Carried, Arc<World<HyperTransport>>), Problem> {
    let world = Arc::clone(&target.prepared.world);
    let tokens = world.broker.fetched();
    let monitor = Monitor::start(Injector {
        warm_up: context.plan.warm_up,
        threads: usize::from(context.arguments.threads),
    });
    let mut options = Options::new(context.seed, Arc::clone(recorder));
    options.halt = halt;
    options.goose_metrics = context.arguments.goose_report.is_some();
    let ran = engine::run(Arc::clone(&world), context.plan, options, cancel)
        .await
        .map_err(Problem::invalid)?;
    if let (Some(path), Some(metrics)) = (&context.arguments.goose_report, &ran.goose) {
        journal::goose_report(path, metrics)?;
    }
    let carried = Carried {
        tokens: world.broker.fetched() - tokens,
        monitor,
        ran,
        aborting: None,
    };
    Ok((carried, world))
}

fn started(context: &Context<'_>, target: &Target, run_id: &str, started_at: Timestamp) -> LoadStarted {
    LoadStarted {
        run_id: run_id.to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at,
        environment: target.prepared.describe(target.mock.is_some()),
        seed: context.seed,
        command: context.command.to_owned(),
        plan: context.plan.record(),
        host: Host {
            os: std::env::consts::OS.to_owned(),
            architecture: std::env::consts::ARCH.to_owned(),
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        },
        guard_exceptions: context.guard_exceptions.clone(),
    }
}

fn terminal(context: &Context<'_>, directory: &RunDirectory) -> LoadTerminal<std::io::Stdout> {
    use std::io::IsTerminal;
    let moving = std::io::stdout().is_terminal() && std::io::stderr().is_terminal() && context.colour.stdout;
    let options = LoadTerminalOptions {
        colour: context.colour.stdout,
        live: moving && !context.arguments.quiet,
        plain_every: (!moving && !context.arguments.quiet).then_some(PLAIN_EVERY),
        verbosity: if context.arguments.quiet {
            Verbosity::Quiet
        } else {
            Verbosity::Normal
        },
        width: usize::from(console::Term::stdout().size().1).clamp(60, 160),
        reports: Some(directory.path().display().to_string()),
    };
    LoadTerminal::new(std::io::stdout(), options)
}
