//! The embedded mock as the environment of a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::environment::{self, Prepared};
use crate::cli::arguments::Run;
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::cli::stand_in;
use crate::mock::{Keys, Options};
use crate::settings::Settings;

/// Starts the mock and makes it the environment.
pub(super) async fn prepare(arguments: &Run, settings: &Settings, seed: u64) -> Result<Prepared, Problem> {
    // Making the keys takes longest, so it begins first and goes on beside everything else.
    let keys = Keys::start();
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut options = Options::new(contracts);
    options.keys = Some(keys);
    options.seed = seed;
    let snapshots = environment::snapshots(arguments, settings);
    let (server, world) = stand_in::start(options, snapshots, environment::guard(settings))
        .await
        .map_err(Problem::invalid)?;
    Ok(Prepared {
        world: Arc::new(world),
        server: Some(server),
    })
}
