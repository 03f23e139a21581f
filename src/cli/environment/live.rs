//! An environment of the settings as the environment of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{EnvironmentArguments, Prepared, client};
use crate::auth::{Broker, Identity};
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::contract::Contract;
use crate::http::{Transport, TransportError, TransportOptions};
use crate::identity::OrganisationNumber;
use crate::runner::{Principal, Target, World};
use crate::settings::{EnvironmentSettings, IdentitySettings, Settings};
use crate::source::SourceFile;
use crate::testdata::{Name, Party, Pool, Rules, draw_for};

/// Makes a live environment ready; nothing is sent yet.
pub(super) fn prepare<T: Transport>(
    arguments: &EnvironmentArguments,
    settings: &Settings,
    environment: &EnvironmentSettings,
    seed: u64,
    transport: impl FnOnce(TransportOptions) -> Result<T, TransportError>,
) -> Result<Prepared<T>, Problem> {
    let transport = transport(TransportOptions {
        timeout: environment.timeout,
        concurrency: environment.simultaneous_calls,
        ..TransportOptions::default()
    });
    let transport = Arc::new(transport.map_err(Problem::invalid)?);
    let client = environment.client.as_ref().map(client::of).transpose()?;
    let principals: BTreeMap<String, Principal> = environment
        .identities
        .iter()
        .map(|(name, identity)| Ok((name.clone(), principal(name, identity)?)))
        .collect::<Result<_, Problem>>()?;
    let default_principal = default_principal(&principals);
    let contract = contract(arguments, environment)?;
    let target = Target {
        base_urls: environment.base_urls.clone(),
        contract,
    };
    let world = World {
        name: environment.name.clone(),
        targets: BTreeMap::from([(environment.model.clone(), target)]),
        capabilities: environment.capabilities.iter().cloned().collect::<BTreeSet<_>>(),
        principals,
        default_principal,
        broker: Broker::new(Arc::clone(&transport), client, None),
        parties: Pool::new(seed, parties(environment)?),
        snapshots: super::snapshots(settings, super::mode(arguments)),
        stand_in: None,
        guard: super::guard(settings),
        seed,
        known: crate::runner::KnownAnswers::default(),
        reference_suffix: format!("-{}", jiff::Timestamp::now().as_second()),
        transport,
    };
    Ok(Prepared {
        world: Arc::new(world),
        server: None,
    })
}

/// Who acts where no scenario says: `vendor`, as against the mock, or else the first by name; without any, nobody.
fn default_principal(principals: &BTreeMap<String, Principal>) -> String {
    let vendor = principals.keys().find(|name| *name == "vendor");
    let first = || principals.keys().next();
    vendor
        .or_else(first)
        .map_or_else(|| "none".to_owned(), Clone::clone)
}

pub(super) fn contract(
    arguments: &EnvironmentArguments,
    environment: &EnvironmentSettings,
) -> Result<Arc<Contract>, Problem> {
    let files = if arguments.contract.contract.is_empty() {
        &environment.contracts
    } else {
        &arguments.contract.contract
    };
    if files.is_empty() {
        return Ok(Contract::builtin(&environment.model)?);
    }
    let contracts = sources::contracts(files, &environment.operation_names, Some(&environment.model))?;
    let contract = contracts
        .into_iter()
        .next()
        .ok_or_else(|| Problem::invalid("no contract was loaded"))?;
    if contract.model() != environment.model {
        return Err(Problem::invalid(format!(
            "the contract describes model `{}`, but environment `{}` speaks `{}`; correct its `model` or its `contract`",
            contract.model(),
            environment.name,
            environment.model
        )));
    }
    Ok(contract)
}

/// The parties of the environment's files.
fn parties(environment: &EnvironmentSettings) -> Result<Vec<Party>, Problem> {
    let mut parties = Vec::new();
    for path in &environment.parties {
        let file = SourceFile::read(path)?;
        let read: Vec<Party> = serde_json::from_str(file.text()).map_err(|error| {
            let message = format!(
                "{}:{}:{}: this is no list of parties: {error}; `utlegg data person --format json` writes one",
                path.display(),
                error.line(),
                error.column()
            );
            Problem::invalid(message)
        })?;
        parties.extend(read);
    }
    Ok(parties)
}

fn principal(name: &str, settings: &IdentitySettings) -> Result<Principal, Problem> {
    let number = OrganisationNumber::parse(&settings.organisation).map_err(|error| {
        Problem::invalid(format!(
            "identity `{name}`: `{}` is no organisation number: {error}",
            settings.organisation
        ))
    })?;
    let mut party = Party::organisation(&mut draw_for(0, name), number, Rules::New);
    if let Some(navn) = &settings.name {
        party.name = Name::Organisation { navn: navn.clone() };
    }
    Ok(Principal {
        identity: identity(settings),
        organisation: Some(party),
    })
}

/// Which token an identity of the settings carries.
pub(in crate::cli) fn identity(settings: &IdentitySettings) -> Identity {
    let organisation = settings.organisation.clone();
    if settings.system_user {
        Identity::SystemUser {
            organisation,
            external_ref: settings.external_ref.clone(),
        }
    } else if settings.delegated {
        Identity::Delegated { organisation }
    } else {
        Identity::Own
    }
}
