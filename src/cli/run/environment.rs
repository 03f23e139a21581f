//! From a name to an environment ready to be tested: the embedded mock, or one of the settings.

use std::sync::Arc;

use super::{live, stand_in};
use crate::cli::arguments::Run;
use crate::cli::problem::Problem;
use crate::contract::Contract;
use crate::http::ReqwestTransport;
use crate::identity::{Allowed, Guard};
use crate::mock::Server;
use crate::outcome::Environment;
use crate::runner::World;
use crate::settings::Settings;
use crate::snapshot::{Mode, Store};
use crate::source::closest;

/// The name of the embedded mock.
const MOCK: &str = "mock";

/// JSON keys whose values are account and KID numbers, which can look like anybody's identifier.
const EXEMPT_KEYS: [&str; 4] = ["kontonummer", "kidnummer", "iban", "norskKontonummer"];

/// An environment ready to be tested, and what must be ended after it.
pub(super) struct Prepared {
    /// What the engine runs against.
    pub(super) world: Arc<World<ReqwestTransport>>,
    /// The embedded mock, where it is the environment.
    pub(super) server: Option<Server>,
}

impl Prepared {
    /// The contracts of all models.
    pub(super) fn contracts(&self) -> Vec<Arc<Contract>> {
        let targets = self.world.targets.values();
        targets.map(|target| Arc::clone(&target.contract)).collect()
    }

    /// As reports name it.
    pub(super) fn describe(&self) -> Environment {
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
            mock: self.server.is_some(),
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

/// Makes the environment that the arguments name.
pub(super) async fn prepare(arguments: &Run, settings: &Settings, seed: u64) -> Result<Prepared, Problem> {
    if arguments.env == MOCK {
        return stand_in::prepare(arguments, settings, seed).await;
    }
    let Some(environment) = settings.environments.get(&arguments.env) else {
        let known: Vec<&str> = std::iter::once(MOCK)
            .chain(settings.environments.keys().map(String::as_str))
            .collect();
        return Err(Problem::invalid(unknown(&arguments.env, &known)));
    };
    live::prepare(arguments, settings, environment, seed)
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
pub(super) fn snapshots(arguments: &Run, settings: &Settings) -> Store {
    let mode = if arguments.ci { Mode::Check } else { Mode::WriteNew };
    Store::new(settings.snapshots.value.clone(), mode)
        .with_fallback(|path| crate::cli::embedded::snapshot(path.as_ref()).map(Into::into))
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
