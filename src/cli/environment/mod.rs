//! From a name to an environment ready to be tested: the embedded mock, or one of the settings.

mod arguments;
pub(super) mod client;
mod live;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::problem::Problem;
use super::{sources, stand_in};
use crate::contract::Contract;
use crate::http::{ReqwestTransport, Transport, TransportError, TransportOptions};
use crate::identity::{Allowed, Guard};
use crate::mock::{Keys, Options, Server};
use crate::outcome::Environment;
use crate::runner::World;
use crate::settings::{self, EnvironmentSettings, Settings};
use crate::snapshot::{Mode, Store};
use crate::source::closest;

pub(super) use arguments::EnvironmentArguments;
pub(super) use live::identity;

/// The name of the embedded mock.
pub(super) const MOCK: &str = "mock";

/// JSON keys whose values are account and KID numbers, which can look like anybody's identifier.
const EXEMPT_KEYS: [&str; 4] = ["kontonummer", "kidnummer", "iban", "norskKontonummer"];

/// An environment ready to be tested, and what must be ended after it.
pub(super) struct Prepared<T> {
    /// What the engine runs against.
    pub(super) world: Arc<World<T>>,
    /// The embedded mock, where it is the environment.
    pub(super) server: Option<Server>,
}

impl<T: Transport> Prepared<T> {
    /// The contracts of all models.
    pub(super) fn contracts(&self) -> Vec<Arc<Contract>> {
        let targets = self.world.targets.values();
        targets.map(|target| Arc::clone(&target.contract)).collect()
    }

    /// As reports name it; `mock` says whether it is the mock.
    pub(super) fn describe(&self, mock: bool) -> Environment {
        let targets = &self.world.targets;
        Environment {
            name: self.world.name.clone(),
            models: targets.keys().cloned().collect(),
            base_urls: targets
                .iter()
                .flat_map(|(model, target)| {
                    target.base_urls.iter().map(move |(api, url)| match api.as_str() {
                        "" => (model.clone(), url.clone()),
                        api => (format!("{model} {api}"), url.clone()),
                    })
                })
                .collect(),
            contracts: targets
                .values()
                .flat_map(|target| target.contract.files())
                .map(|file| (file.name().to_owned(), fingerprint(file.text())))
                .collect(),
            mock,
        }
    }

    /// Ends the mock, if it was started.
    pub(super) async fn end(self) {
        drop(self.world);
        if let Some(server) = self.server {
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), server.shutdown()).await;
        }
    }
}

/// SHA-256, in hexadecimal.
fn fingerprint(text: &str) -> String {
    use sha2::Digest;
    let digest = sha2::Sha256::digest(text.as_bytes());
    digest
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The settings as flags, variables and file make them.
pub(super) fn settings(arguments: &EnvironmentArguments) -> Result<Settings, Problem> {
    let mut settings = settings_in(arguments.settings.as_deref())?;
    settings.reports = settings.reports.or_flag("--reports", arguments.reports.clone());
    settings.snapshots = settings
        .snapshots
        .or_flag("--snapshots", arguments.snapshots.clone());
    Ok(settings)
}

/// The settings as variables and `file` make them, or the nearest file.
pub(super) fn settings_in(file: Option<&Path>) -> Result<Settings, Problem> {
    let file = file.map(Path::to_owned).or_else(settings::find);
    let variables: BTreeMap<String, String> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with(settings::VARIABLE_PREFIX))
        .collect();
    Ok(settings::load(file.as_deref(), &variables)?)
}

/// The live environment that the arguments name; nothing for the embedded mock.
pub(super) fn named<'a>(
    arguments: &EnvironmentArguments,
    settings: &'a Settings,
) -> Result<Option<&'a EnvironmentSettings>, Problem> {
    by_name(&arguments.env, settings)
}

/// The live environment of that name; nothing for the embedded mock.
pub(super) fn by_name<'a>(
    name: &str,
    settings: &'a Settings,
) -> Result<Option<&'a EnvironmentSettings>, Problem> {
    if name == MOCK {
        return Ok(None);
    }
    if let Some(environment) = settings.environments.get(name) {
        return Ok(Some(environment));
    }
    let known: Vec<&str> = std::iter::once(MOCK)
        .chain(settings.environments.keys().map(String::as_str))
        .collect();
    Err(Problem::invalid(unknown(name, &known)))
}

/// Makes a live environment ready, every request carried by what `transport` makes; nothing is sent yet.
pub(super) fn live<T: Transport>(
    arguments: &EnvironmentArguments,
    settings: &Settings,
    environment: &EnvironmentSettings,
    seed: u64,
    transport: impl FnOnce(TransportOptions) -> Result<T, TransportError>,
) -> Result<Prepared<T>, Problem> {
    live::prepare(arguments, settings, environment, seed, transport)
}

/// The contract that a live environment is to be held against.
pub(super) fn contract(
    arguments: &EnvironmentArguments,
    environment: &EnvironmentSettings,
) -> Result<Arc<Contract>, Problem> {
    live::contract(arguments, environment)
}

/// Starts the mock in this process and makes it the environment.
pub(super) async fn embedded(
    arguments: &EnvironmentArguments,
    settings: &Settings,
    seed: u64,
) -> Result<Prepared<ReqwestTransport>, Problem> {
    // Making the keys takes longest, so it begins first and goes on beside everything else.
    let keys = Keys::start();
    let contracts = sources::contracts(&arguments.contract.contract, &BTreeMap::new(), None)?;
    let mut options = Options::new(contracts);
    options.keys = Some(keys);
    options.seed = seed;
    let (server, world) = stand_in::start(options, snapshots(settings, mode(arguments)), guard(settings))
        .await
        .map_err(Problem::invalid)?;
    Ok(Prepared {
        world: Arc::new(world),
        server: Some(server),
    })
}

fn unknown(name: &str, known: &[&str]) -> String {
    match closest(name, known.iter().copied()) {
        Some(near) => format!("there is no environment `{name}`; did you mean `{near}`?"),
        None => format!(
            "there is no environment `{name}`; known: {}; others are described in utlegg.yaml under `environments`",
            known.join(", ")
        ),
    }
}

/// The snapshots on disk, the bundled ones behind them.
pub(super) fn snapshots(settings: &Settings, mode: Mode) -> Store {
    Store::new(settings.snapshots.value.clone(), mode)
        .with_fallback(|path| crate::cli::embedded::snapshot(path.as_ref()).map(Into::into))
}

/// Whether a new snapshot may be written.
fn mode(arguments: &EnvironmentArguments) -> Mode {
    if arguments.ci { Mode::Check } else { Mode::WriteNew }
}

/// The guard, with the exceptions of the settings.
pub(super) fn guard(settings: &Settings) -> Guard {
    let allowed: Vec<Allowed> = settings
        .guard_exceptions
        .iter()
        .map(|exception| Allowed {
            value: exception.value.clone(),
            reason: exception.reason.clone(),
        })
        .collect();
    let exempt = EXEMPT_KEYS.map(str::to_owned);
    Guard::new(settings.own_organisations.iter().cloned(), &allowed, exempt)
}

/// The guard's exceptions as reports print them.
pub(super) fn guard_exceptions(settings: &Settings) -> Vec<String> {
    settings
        .guard_exceptions
        .iter()
        .map(|exception| {
            format!(
                "{} ({})",
                crate::masking::mask(&exception.value),
                exception.reason
            )
        })
        .collect()
}
