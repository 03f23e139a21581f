//! The mock in a process of its own, so that what it costs can be told from what the injector costs.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use super::{MockProcess, NotReady, Surroundings, fetch, world};
use crate::http::Transport;
use crate::runner::World;

/// How the child is started beyond what its [`Surroundings`] say.
#[derive(Debug, Clone, Default)]
pub struct Spawn {
    /// The program to start with `mock`; this one where none is named.
    pub program: Option<PathBuf>,
    /// The files given with `--contract`, from which the surroundings' contracts were read.
    pub contract_files: Vec<PathBuf>,
    /// Cases that the mock remembers; its own bound where none is named.
    pub retain: Option<usize>,
    /// Further arguments of `utlegg mock`.
    pub arguments: Vec<String>,
}

/// Starts the mock as a child on a free port of loopback and makes it a world, whose requests this transport carries.
///
/// # Errors
/// [`NotReady`] when the child does not start or does not answer what the world is made from; no child is left then.
pub async fn spawn<T: Transport>(
    options: &Spawn,
    surroundings: Surroundings,
    transport: Arc<T>,
) -> Result<(MockProcess, World<T>), NotReady> {
    let command = command(options, &surroundings)?;
    let started = tokio::task::spawn_blocking(move || MockProcess::start(command)).await;
    let process = started.map_err(NotReady::new)??;
    let handout = process.handout().clone();
    let parties = fetch::register(transport.as_ref(), &handout.register_url, surroundings.register).await?;
    let world = world::of(handout, parties, transport, surroundings)?;
    Ok((process, world))
}

fn command(options: &Spawn, surroundings: &Surroundings) -> Result<Command, NotReady> {
    let program = match &options.program {
        Some(program) => program.clone(),
        None => std::env::current_exe().map_err(|error| {
            NotReady::new(format!("this program cannot be found to start the mock: {error}"))
        })?,
    };
    let mut command = Command::new(program);
    command.args(["mock", "--json", "--while-stdin", "--port", "0"]);
    command.arg("--seed").arg(surroundings.seed.to_string());
    let size = surroundings.register;
    command.arg("--persons").arg(size.persons.to_string());
    command.arg("--organisations").arg(size.organisations.to_string());
    for file in &options.contract_files {
        command.arg("--contract").arg(file);
    }
    if let Some(retain) = options.retain {
        command.arg("--retain").arg(retain.to_string());
    }
    command.args(&options.arguments);
    Ok(command)
}
