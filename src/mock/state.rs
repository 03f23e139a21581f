//! Everything the mock remembers. Each part has its own locks; there is none around all of it.

use std::sync::Arc;

use super::attachment::StoredAttachment;
use super::bounded::Bounded;
use super::cases::Cases;
use super::injection::{Injector, ServedLog};
use super::journal::Journal;
use super::maskinporten::{Keys, Maskinporten};
use super::model::ServedModel;
use super::options::{Behaviour, Limits, Options};
use super::parties;
use super::script::Script;
use super::server::StartError;
use crate::testdata::Register;

/// The state behind one server.
#[derive(Debug)]
pub struct MockState {
    /// The models served, at least one.
    pub(super) models: Vec<ServedModel>,
    /// Tokens.
    pub(super) maskinporten: Maskinporten,
    /// Cases.
    pub(super) cases: Cases,
    /// Attachments by uuid.
    pub(super) attachments: Bounded<String, StoredAttachment>,
    /// Scripts by innsenderReferanse.
    pub(super) scripts: Bounded<String, Arc<Script>>,
    /// What was asked and answered.
    pub(super) journal: Journal,
    /// Slowness in force.
    pub(super) injector: Injector,
    /// What requests were served in.
    pub(super) served: ServedLog,
    /// Synthetic persons and organisations.
    pub(super) register: Register,
    /// The settings it was started with.
    pub(super) options: Settings,
}

/// The part of the options that is needed while serving.
#[derive(Debug)]
pub struct Settings {
    /// Seed of every reference given out.
    pub seed: u64,
    /// Rules that can be switched.
    pub behaviour: Behaviour,
    /// Bounds.
    pub limits: Limits,
}

impl MockState {
    /// A fresh state for a server that is reached at `origin` (`http://host:port`).
    ///
    /// # Errors
    /// [`StartError::NoContract`] when there is nothing to serve, [`StartError::Injection`] when what is to be injected
    /// cannot be.
    pub fn new(options: &Options, origin: &str) -> Result<Self, StartError> {
        let models: Vec<ServedModel> = options
            .contracts
            .iter()
            .map(|contract| {
                ServedModel::new(Arc::clone(contract)).with_mutant(options.behaviour.mutant.clone())
            })
            .collect();
        if models.is_empty() {
            return Err(StartError::NoContract);
        }
        options.injection.check(|name| has_operation(&models, name))?;
        let Options {
            seed,
            register: size,
            behaviour,
            limits,
            ..
        } = options;
        // First, so that they are made while the register is.
        let keys = options.keys.clone().unwrap_or_else(Keys::start);
        let register = Register::generate(*seed, size.persons, size.organisations);
        let vendor = parties::vendor(&register);
        let issuer = format!("{origin}/maskinporten/");
        Ok(Self {
            models,
            maskinporten: Maskinporten::new(
                issuer,
                behaviour.scope.clone(),
                vendor,
                behaviour.token_lifetime,
                keys,
            ),
            cases: Cases::new(limits.cases, limits.case_bytes),
            attachments: Bounded::new(limits.attachments),
            scripts: Bounded::new(limits.scripts),
            journal: Journal::new(limits.journal),
            injector: Injector::new(options.injection.clone()),
            served: ServedLog::new(limits.served),
            register,
            options: Settings {
                seed: *seed,
                behaviour: behaviour.clone(),
                limits: *limits,
            },
        })
    }

    /// Whether a contract has an operation of that logical name.
    pub(super) fn has_operation(&self, name: &str) -> bool {
        has_operation(&self.models, name)
    }

    /// The model under whose base path an address lies; for one outside all of them the last, which is the newest.
    pub(super) fn model_for(&self, path: &str) -> &ServedModel {
        let found = self.models.iter().find(|model| model.relative(path).is_some());
        found.unwrap_or(&self.models[self.models.len() - 1])
    }
}

fn has_operation(models: &[ServedModel], name: &str) -> bool {
    models
        .iter()
        .any(|model| model.contract.operation(name).is_some())
}
