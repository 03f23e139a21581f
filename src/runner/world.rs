//! Everything a run shares: where the API is, who may call it, what can be leased.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::auth::{Broker, Identity};
use crate::contract::{Contract, Operation};
use crate::http::Transport;
use crate::identity::Guard;
use crate::snapshot::Store;
use crate::testdata::{Party, Pool};

use super::known::KnownAnswers;
use super::wait::StandIn;

/// One environment, ready to be tested.
pub struct World<T> {
    /// Its name.
    pub name: String,
    /// The models it speaks, each with its contract and addresses.
    pub targets: BTreeMap<String, Target>,
    /// What it can do beyond answering (`processing`, `attachments`, …).
    pub capabilities: BTreeSet<String>,
    /// Whom scenarios may name with `as:`.
    pub principals: BTreeMap<String, Principal>,
    /// The principal of a step for which nothing is named.
    pub default_principal: String,
    /// Carries every request.
    pub transport: Arc<T>,
    /// Fetches and keeps the tokens.
    pub broker: Broker<T>,
    /// The parties that tests lease.
    pub parties: Pool,
    /// The stored answers.
    pub snapshots: Store,
    /// The mock's admin interface, where the environment is the mock.
    pub stand_in: Option<StandIn<T>>,
    /// Looks at every request before it is sent.
    pub guard: Guard,
    /// Where references and random values are drawn from.
    pub seed: u64,
    /// What load iterations have learned of the answers; empty to begin with.
    pub known: KnownAnswers,
    /// Added to every reference, so that two runs with one seed against a live environment are no duplicates.
    pub reference_suffix: String,
}

/// Where one model is served.
#[derive(Debug, Clone)]
pub struct Target {
    /// What is promised.
    pub contract: Arc<Contract>,
    /// The base URL of each API of the contract; the key `""` serves those that are not named.
    pub base_urls: BTreeMap<String, String>,
}

/// Somebody a step can act as.
#[derive(Debug, Clone)]
pub struct Principal {
    /// Which token it carries.
    pub identity: Identity,
    /// The organisation that the API takes as the submitter.
    pub organisation: Option<Party>,
}

impl Target {
    /// The base URL of an API, without a slash at its end.
    pub fn base_url(&self, api: &str) -> Option<&str> {
        let url = self.base_urls.get(api).or_else(|| self.base_urls.get(""))?;
        Some(url.trim_end_matches('/'))
    }

    /// The operation of that logical name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.contract.operation(name)
    }
}

impl<T: Transport> World<T> {
    /// The principal that scenarios call `name`: one of the environment's, or a built-in one.
    pub fn principal(&self, name: &str) -> Option<Cow<'_, Principal>> {
        self.principals.get(name).map(Cow::Borrowed).or_else(|| {
            Some(Cow::Owned(Principal {
                identity: Identity::built_in(name)?,
                organisation: self
                    .principals
                    .get(&self.default_principal)
                    .and_then(|principal| principal.organisation.clone()),
            }))
        })
    }
}
