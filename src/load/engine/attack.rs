//! Goose, told to start the users and otherwise to keep quiet: no port, no file, nothing printed, no exit.

use std::sync::Arc;

use goose::client::GooseClientBuilder;
use goose::config::GooseConfiguration;
use goose::goose::{Scenario, Transaction, TransactionFunction};
use goose::metrics::GooseMetrics;
use goose::{GooseAttack, GooseError};

use super::course::Course;
use super::user;
use crate::http::Transport;

/// Why a load could not be run.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A test of the mix is not for this environment.
    #[error("`{test}` cannot be run here: {reason}")]
    NotApplicable {
        /// Which test.
        test: String,
        /// Why.
        reason: String,
    },
    /// Goose refuses, which no input should make it do.
    #[error("the load engine could not start its users: {0}; please report it")]
    Goose(#[from] Box<GooseError>),
}

/// Runs the users until the last has ended.
///
/// # Errors
/// What goose objects to.
pub(super) async fn execute<T: Transport + 'static>(
    shared: Arc<Course<T>>,
) -> Result<GooseMetrics, EngineError> {
    silence();
    let over = shared.attack_over.clone().drop_guard();
    let configuration = configuration(&shared);
    let function: TransactionFunction = Arc::new(move |goose| {
        let shared = Arc::clone(&shared);
        Box::pin(async move {
            user::transaction(&shared, goose).await;
            Ok(())
        })
    });
    let client = GooseClientBuilder::new().without_cookies().gzip(false);
    let scenario = Scenario::new("load").register_transaction(Transaction::new(function));
    let attack = GooseAttack::initialize_with_config(configuration)
        .and_then(|attack| attack.set_client_builder_without_cookies(client))
        .map_err(Box::new)?
        .register_scenario(scenario);
    let metrics = Box::pin(attack.execute()).await.map_err(Box::new)?;
    drop(over);
    Ok(metrics)
}

fn configuration<T: Transport>(shared: &Course<T>) -> GooseConfiguration {
    let targets = &shared.world.targets;
    let url = targets
        .values()
        .flat_map(|target| target.base_urls.values())
        .next();
    let mut configuration = GooseConfiguration::default();
    configuration.host = url.cloned().or_else(|| Some("http://127.0.0.1".to_owned()));
    configuration.users = Some(shared.goose_users());
    // All at once: stages are ours, since goose counts in whole seconds.
    configuration.increase_rate = Some("1000000000".to_owned());
    configuration.quiet = 2;
    configuration.no_telnet = true;
    configuration.no_print_metrics = true;
    configuration.no_transaction_metrics = true;
    configuration.no_scenario_metrics = true;
    configuration.no_metrics = !shared.options.goose_metrics;
    configuration
}

/// Goose installs a logger that writes to stdout, unless there is one.
fn silence() {
    static SILENCE: Silence = Silence;
    // Where somebody else has set one, that one is asked.
    let _ = log::set_logger(&SILENCE);
}

struct Silence;

impl log::Log for Silence {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        false
    }

    fn log(&self, _: &log::Record<'_>) {}

    fn flush(&self) {}
}
