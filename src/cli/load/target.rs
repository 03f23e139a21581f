//! What the load goes to: the mock in a process of its own, or an environment that may be put under load.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::arguments::Load;
use crate::cli::environment::{self, Prepared};
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::cli::stand_in::{self, MockProcess, Spawn, Surroundings};
use crate::contract::Contract;
use crate::http::{HyperTransport, TransportOptions};
use crate::load::plan::Plan;
use crate::mock::RegisterSize;
use crate::outcome::load::UserModel;
use crate::settings::{EnvironmentSettings, Settings};
use crate::snapshot::Mode;

/// How long one exchange with the mock may take.
const MOCK_TIMEOUT: Duration = Duration::from_secs(30);

/// The environment under load.
pub(super) struct Target {
    /// What the engine runs against, and how it is described.
    pub(super) prepared: Prepared<HyperTransport>,
    /// The mock, where it is the environment.
    pub(super) mock: Option<MockProcess>,
}

/// The contracts that the environment speaks; known before anything is started, so that a plan's mistakes come first.
pub(super) fn contracts(
    arguments: &Load,
    live: Option<&EnvironmentSettings>,
) -> Result<Vec<Arc<Contract>>, Problem> {
    match live {
        Some(live) => Ok(vec![environment::contract(&arguments.environment, live)?]),
        None => Ok(sources::contracts(
            &arguments.environment.contract.contract,
            &BTreeMap::new(),
            None,
        )?),
    }
}

/// Makes the environment ready, or says why it must not be put under load.
pub(super) async fn prepare(
    arguments: &Load,
    settings: &Settings,
    contracts: Vec<Arc<Contract>>,
    plan: &Plan,
    seed: u64,
) -> Result<Target, Problem> {
    let Some(live) = environment::named(&arguments.environment, settings)? else {
        return embedded(arguments, settings, contracts, seed).await;
    };
    refuse(live, plan)?;
    let prepared = environment::live(&arguments.environment, settings, live, seed, HyperTransport::new)?;
    Ok(Target { prepared, mock: None })
}

/// Load on anything but this machine needs an agreement that covers it.
fn refuse(live: &EnvironmentSettings, plan: &Plan) -> Result<(), Problem> {
    let now = Timestamp::now();
    // A plan that iterations end has no end by the clock; a day is more than any agreement's window.
    let lasts = plan.duration.unwrap_or(Duration::from_hours(24));
    let until = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
    let per_second = match plan.model {
        UserModel::Rate { per_second, .. } => Some(per_second),
        UserModel::Users { .. } => None,
    };
    match live.load_refusal(now, until, per_second) {
        Some(reason) => Err(Problem::invalid(reason)),
        None => Ok(()),
    }
}

async fn embedded(
    arguments: &Load,
    settings: &Settings,
    contracts: Vec<Arc<Contract>>,
    seed: u64,
) -> Result<Target, Problem> {
    let transport = HyperTransport::new(TransportOptions {
        timeout: MOCK_TIMEOUT,
        ..TransportOptions::default()
    });
    let transport = Arc::new(transport.map_err(Problem::invalid)?);
    let spawn = Spawn {
        contract_files: arguments.environment.contract.contract.clone(),
        ..Spawn::default()
    };
    let surroundings = Surroundings {
        contracts,
        seed,
        register: RegisterSize::default(),
        // Thousands of iterations must not write the same new snapshot.
        snapshots: environment::snapshots(settings, Mode::Check),
        guard: environment::guard(settings),
    };
    let (mock, world) = stand_in::spawn(&spawn, surroundings, transport)
        .await
        .map_err(Problem::invalid)?;
    Ok(Target {
        prepared: Prepared {
            world: Arc::new(world),
            server: None,
        },
        mock: Some(mock),
    })
}
