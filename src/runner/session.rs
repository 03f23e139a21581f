//! One test while it runs: its variables, its identity, its clock.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::failure::StepError;
use super::iteration::Depth;
use super::known::KnownTest;
use super::variables::Variables;
use super::wait::StandIn;
use super::world::{Principal, Target, World};
use crate::http::Transport;
use crate::identity::in_letters;
use crate::scenario::{Step, Test};

/// One test while it runs.
pub(super) struct Session<'a, T> {
    pub(super) world: &'a World<T>,
    pub(super) test: &'a Test,
    pub(super) target: &'a Target,
    pub(super) cancel: &'a CancellationToken,
    pub(super) variables: Variables<'a>,
    pub(super) seed: u64,
    pub(super) reference: String,
    /// The position of the step being performed; preparation steps come first.
    pub(super) step: usize,
    /// How much is checked, where the test is an iteration of a load.
    pub(super) load: Option<Depth>,
    /// What is known of the answers of the test's steps, where it is an iteration of a load.
    pub(super) known: Option<Arc<KnownTest>>,
    /// Whether something was cut off because the run was interrupted.
    pub(super) interrupted: bool,
    /// Whether a step did not pass.
    pub(super) stopped_by_step: bool,
    clock: Clock,
}

/// Real time, plus what the mock's case clock was moved by, less what was spent on fetching tokens.
#[derive(Debug, Clone, Copy)]
struct Clock {
    started: Instant,
    moved: Duration,
    authorizing: Duration,
    latest_call: Duration,
}

impl Clock {
    fn start() -> Self {
        Self {
            started: Instant::now(),
            moved: Duration::ZERO,
            authorizing: Duration::ZERO,
            latest_call: Duration::ZERO,
        }
    }
}

impl<'a, T: Transport> Session<'a, T> {
    pub(super) fn new(
        world: &'a World<T>,
        test: &'a Test,
        target: &'a Target,
        cancel: &'a CancellationToken,
        seed: u64,
    ) -> Self {
        let reference = format!("UT-{}{}", in_letters(seed), world.reference_suffix);
        Self {
            world,
            test,
            target,
            cancel,
            variables: Variables::new(seed),
            seed,
            reference,
            step: 0,
            load: None,
            known: None,
            interrupted: false,
            stopped_by_step: false,
            clock: Clock::start(),
        }
    }

    /// Begins to count the time anew: what came before was preparation.
    pub(super) fn restart_clock(&mut self) {
        self.clock = Clock::start();
    }

    /// The mock whose clocks are moved instead of waiting: under load only while a test is prepared, since what is
    /// measured takes its time.
    pub(super) fn clocks(&self) -> Option<&'a StandIn<T>> {
        let world: &'a World<T> = self.world;
        let preparing = self.step < self.test.preparation.len();
        world
            .stand_in
            .as_ref()
            .filter(|_| self.load.is_none() || preparing)
    }

    /// Time since the test began: virtual waiting counts, fetching tokens does not.
    pub(super) fn elapsed(&self) -> Duration {
        (self.clock.started.elapsed() + self.clock.moved).saturating_sub(self.clock.authorizing)
    }

    /// Leaves time spent on fetching a token out of everything that is measured.
    pub(super) fn authorized_in(&mut self, time: Duration) {
        self.clock.authorizing += time;
    }

    /// Adds virtual waiting.
    pub(super) fn moved_by(&mut self, time: Duration) {
        self.clock.moved += time;
    }

    /// Remembers that a call began now: what a `measure:` counts from.
    pub(super) fn call_began(&mut self) {
        self.clock.latest_call = self.elapsed();
    }

    /// Time since the latest call began, virtual waiting included.
    pub(super) fn since_call(&self) -> Duration {
        self.elapsed().saturating_sub(self.clock.latest_call)
    }

    /// Who `step` acts as.
    pub(super) fn principal(&self, step: &Step) -> Result<Cow<'a, Principal>, StepError> {
        if let Some(identity) = &step.identity {
            let name = identity.value.evaluate(&self.variables)?;
            let world: &'a World<T> = self.world;
            return world
                .principal(&name)
                .ok_or_else(|| self.unknown(&name).at_place(&identity.place));
        }
        self.test_principal()
    }

    /// Who the test acts as unless a step says otherwise.
    pub(super) fn test_principal(&self) -> Result<Cow<'a, Principal>, StepError> {
        let named = self.test.scenario.identity.as_ref();
        let name = named.map_or(self.world.default_principal.as_str(), |named| {
            named.value.as_str()
        });
        let world: &'a World<T> = self.world;
        world.principal(name).ok_or_else(|| {
            let error = self.unknown(name);
            match named {
                Some(named) => error.at_place(&named.place),
                None => error,
            }
        })
    }

    fn unknown(&self, name: &str) -> StepError {
        let known: Vec<&str> = self
            .world
            .principals
            .keys()
            .map(String::as_str)
            .chain(crate::auth::BUILT_IN)
            .collect();
        let message = format!("environment `{}` has no identity `{name}`", self.world.name);
        StepError::new(message).help(format!("known: {}", known.join(", ")))
    }
}
