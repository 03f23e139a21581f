//! Reads a run's events and remembers which answers were seen.

use std::collections::{BTreeMap, BTreeSet};

use super::cells;
use super::report::{Counts, ModelCoverage, Report, SCHEMA_VERSION};
use crate::contract::{Contract, Route};
use crate::outcome::{Event, ExchangeRecord, RunStarted, StepRecord};

/// Something an answer had.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// Its status.
    Status(u16),
    /// Its error code.
    Code(String),
    /// A condition it named.
    Condition(String),
}

/// What was seen of one model: the operation and the answer, with the scenarios.
pub(super) type Seen = BTreeMap<(Option<String>, Answer), BTreeSet<String>>;

/// Takes the events of one run, in their order.
pub struct Collector<'a> {
    contracts: Vec<&'a Contract>,
    run: Option<RunStarted>,
    seen: BTreeMap<String, Seen>,
}

impl<'a> Collector<'a> {
    /// For a run against these contracts, one for each model.
    pub fn new(contracts: impl IntoIterator<Item = &'a Contract>) -> Self {
        Self {
            contracts: contracts.into_iter().collect(),
            run: None,
            seen: BTreeMap::new(),
        }
    }

    /// Takes the next event.
    pub fn on_event(&mut self, event: &Event) {
        match event {
            Event::RunStarted(run) => self.run = Some(run.as_ref().clone()),
            Event::StepFinished(step) => self.step(step),
            Event::TestStarted(_) | Event::TestFinished(_) | Event::RunFinished(_) => {}
        }
    }

    /// What was reached; models that the run was not for are left out.
    pub fn report(&self) -> Report {
        let nothing = Seen::new();
        let of_run = |contract: &&&Contract| {
            self.run.as_ref().is_none_or(|run| {
                let models = &run.environment.models;
                models.is_empty() || models.iter().any(|model| model == contract.model())
            })
        };
        let models: Vec<ModelCoverage> = self
            .contracts
            .iter()
            .filter(of_run)
            .map(|contract| cells::of(contract, self.seen.get(contract.model()).unwrap_or(&nothing)))
            .collect();
        let mut counts = Counts::default();
        for model in &models {
            counts.add(model.counts);
        }
        Report {
            schema_version: SCHEMA_VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            run_id: self.run.as_ref().map(|run| run.run_id.clone()),
            environment: self.run.as_ref().map(|run| run.environment.name.clone()),
            counts,
            models,
        }
    }

    fn step(&mut self, step: &StepRecord) {
        let Some(exchange) = &step.exchange else { return };
        let Some(response) = &exchange.response else {
            return;
        };
        let operation = step
            .operation
            .clone()
            .or_else(|| self.addressed(&step.test.model, exchange));
        let scenario = match &step.test.case {
            Some(case) => format!("{}/{case}", step.test.scenario),
            None => step.test.scenario.clone(),
        };
        let codes = response.code.iter().cloned().map(Answer::Code);
        let conditions = response.conditions.iter().cloned().map(Answer::Condition);
        let seen = self.seen.entry(step.test.model.clone()).or_default();
        for answer in std::iter::once(Answer::Status(response.status))
            .chain(codes)
            .chain(conditions)
        {
            let scenarios = seen.entry((operation.clone(), answer)).or_default();
            scenarios.insert(scenario.clone());
        }
    }

    /// The operation that a raw request's method and address mean.
    fn addressed(&self, model: &str, exchange: &ExchangeRecord) -> Option<String> {
        let contract = self.contracts.iter().find(|contract| contract.model() == model)?;
        let url = exchange.request.url.split(['?', '#']).next()?;
        let run = self.run.as_ref()?;
        let below = |base: &String| url.strip_prefix(base.trim_end_matches('/'));
        let bases = run.environment.base_urls.iter().map(|(_, base)| base);
        let path = bases.filter_map(below).min_by_key(|path| path.len())?;
        let method = exchange.request.method.parse().ok()?;
        match contract.route(&method, path) {
            Route::Found { operation, .. } => Some(operation.name().to_owned()),
            Route::WrongMethod | Route::NotFound => None,
        }
    }
}
