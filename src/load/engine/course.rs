//! What the users of a run share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::crowd::Crowd;
use super::gate::Gate;
use super::vigil::Vigil;
use super::{EngineError, Options};
use crate::http::Transport;
use crate::load::plan::Plan;
use crate::load::schedule::{Curve, Mix};
use crate::outcome::TestId;
use crate::outcome::load::{CheckPolicy, UserModel};
use crate::runner::{self, Depth, World};
use crate::scenario::Test;

/// Who decides when an iteration begins.
pub(super) enum Pace {
    /// The arrivals.
    Open(Gate),
    /// The users.
    Closed(Crowd),
}

/// What the users of a run share.
pub(super) struct Course<T> {
    pub(super) world: Arc<World<T>>,
    pub(super) tests: Vec<(Test, TestId)>,
    pub(super) mix: Mix,
    check: CheckPolicy,
    pub(super) options: Options,
    pub(super) pace: Pace,
    /// How many users work.
    pub(super) users: usize,
    /// What each row is called, for goose.
    pub(super) names: Vec<String>,
    /// Nothing new begins once it is cancelled.
    pub(super) stop: CancellationToken,
    /// What is under way ends once it is cancelled.
    pub(super) cut: CancellationToken,
    /// Goose has ended, for whatever reason.
    pub(super) attack_over: CancellationToken,
    /// Every user is there, goose's ramp-up is over.
    pub(super) ready: Notify,
    /// The common moment from which all times count.
    start: tokio::sync::watch::Sender<Option<Instant>>,
    arrived: AtomicUsize,
    /// Which users have ended their loop; as many as goose has users.
    ended: Vec<AtomicBool>,
    left: AtomicUsize,
    /// Every user has ended its loop.
    pub(super) all_ended: CancellationToken,
    pub(super) vigil: Vigil,
    panics: AtomicU64,
}

impl<T: Transport> Course<T> {
    pub(super) fn new(world: Arc<World<T>>, plan: &Plan, options: Options) -> Result<Self, EngineError> {
        for mixed in &plan.mix {
            if let Err(reason) = runner::applicable(&world, &mixed.test) {
                return Err(EngineError::NotApplicable {
                    test: mixed.id().to_string(),
                    reason,
                });
            }
        }
        let curve = curve(plan);
        let (users, pace) = match plan.model {
            UserModel::Users { users } => (users, Pace::Closed(Crowd::new(curve, plan))),
            UserModel::Rate {
                arrivals, max_users, ..
            } => {
                let gate = Gate::new(curve, arrivals, options.seed, plan.iterations);
                (max_users, Pace::Open(gate))
            }
        };
        let users = usize::try_from(users).unwrap_or(usize::MAX).max(1);
        let names = options.recorder.rows().names();
        Ok(Self {
            world,
            tests: plan
                .mix
                .iter()
                .map(|mixed| (mixed.test.clone(), mixed.id()))
                .collect(),
            mix: Mix::new(plan.mix.iter().map(|mixed| mixed.weight)),
            check: plan.check,
            names: names.iter().map(|row| row.name.clone()).collect(),
            vigil: Vigil::new(options.halt.clone()),
            options,
            pace,
            users,
            stop: CancellationToken::new(),
            cut: CancellationToken::new(),
            attack_over: CancellationToken::new(),
            ready: Notify::new(),
            start: tokio::sync::watch::channel(None).0,
            arrived: AtomicUsize::new(0),
            ended: (0..goose_users(users)).map(|_| AtomicBool::new(false)).collect(),
            left: AtomicUsize::new(goose_users(users)),
            all_ended: CancellationToken::new(),
            panics: AtomicU64::new(0),
        })
    }

    /// How many users goose starts: at least two, so that one can ask how far goose is without ending the run.
    pub(super) fn goose_users(&self) -> usize {
        self.ended.len()
    }

    /// Notes that a user is there; whether it is the last one.
    pub(super) fn arrive(&self) -> bool {
        self.arrived.fetch_add(1, Ordering::AcqRel) + 1 == self.goose_users()
    }

    /// Says when the load starts.
    pub(super) fn begin(&self, start: Instant) {
        self.options.recorder.begin(start);
        if let Pace::Open(gate) = &self.pace {
            gate.begin(start);
        }
        self.start.send_replace(Some(start));
    }

    /// Waits for the common moment; `None` where the run ends before it.
    pub(super) async fn start(&self) -> Option<Instant> {
        let mut start = self.start.subscribe();
        tokio::select! {
            biased;
            () = self.stop.cancelled() => None,
            found = start.wait_for(Option::is_some) => *found.ok()?,
        }
    }

    /// Nothing new begins from now on.
    pub(super) fn close(&self, now: Instant) {
        self.stop.cancel();
        if let Pace::Open(gate) = &self.pace {
            gate.close(now, |due| self.options.recorder.dropped(due));
        }
    }

    /// Notes that a user's loop is over.
    pub(super) fn end(&self, number: usize) {
        let known = self.ended.get(number);
        let first = known.is_some_and(|ended| !ended.swap(true, Ordering::AcqRel));
        if first && self.left.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.all_ended.cancel();
        }
    }

    /// Whether that user's loop is over.
    pub(super) fn has_ended(&self, number: usize) -> bool {
        self.ended
            .get(number)
            .is_none_or(|ended| ended.load(Ordering::Acquire))
    }

    /// How much of an iteration's answers is checked.
    pub(super) fn depth(&self, iteration: u64) -> Depth {
        match self.check {
            CheckPolicy::All => Depth::All,
            CheckPolicy::Sample { every } if iteration.is_multiple_of(u64::from(every.max(1))) => Depth::All,
            CheckPolicy::Sample { .. } | CheckPolicy::Status => Depth::Status,
        }
    }

    pub(super) fn panicked(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn panics(&self) -> u64 {
        self.panics.load(Ordering::Relaxed)
    }
}

fn goose_users(users: usize) -> usize {
    users.max(2)
}

/// The stages; where only iterations end the load, the model's level for ever.
fn curve(plan: &Plan) -> Curve {
    if !plan.stages.is_empty() {
        return Curve::of(&plan.stages);
    }
    #[expect(clippy::cast_precision_loss, reason = "no machine has 2^52 users")]
    Curve::constant(match plan.model {
        UserModel::Users { users } => users as f64,
        UserModel::Rate { per_second, .. } => per_second,
    })
}
