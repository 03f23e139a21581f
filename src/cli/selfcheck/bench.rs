//! The mock in its own process, the load tester beside it, and one measurement at a time.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::admin;
use crate::cli::problem::Problem;
use crate::cli::sources;
use crate::cli::stand_in::{MockProcess, Spawn, Surroundings, Usage, spawn};
use crate::http::{HyperTransport, TransportOptions};
use crate::identity::Guard;
use crate::load::engine::{self, Options};
use crate::load::health::{Injector, Monitor};
use crate::load::measure::{Measured, Recorder, RecorderOptions, Rows};
use crate::load::plan::{Mixed, Plan};
use crate::load::selfcheck::ServedCall;
use crate::mock::{Injection, RegisterSize};
use crate::outcome::load::{self, CheckPolicy, Health, Stage, StageKind, UserModel};
use crate::runner::World;
use crate::scenario::Test;
use crate::snapshot::{Mode, Store};
use crate::source::SourceFile;

/// From what everything is drawn: the same check every time.
const SEED: u64 = 7;
/// Requests that the mock remembers: more than one measurement has.
const REMEMBERED: usize = 50_000;
/// After the client has the last answer the mock notes that it is out.
const SETTLING: Duration = Duration::from_millis(100);

/// What is measured, and with what.
pub(super) struct Bench {
    process: MockProcess,
    transport: Arc<HyperTransport>,
    world: Arc<World<HyperTransport>>,
    tests: Vec<Test>,
    cancel: CancellationToken,
}

/// Arrivals at a constant rate.
pub(super) struct Arrivals {
    per_second: f64,
    lasts: Duration,
    max_users: u64,
}

impl Arrivals {
    /// So many a second for so long, with at most so many users at work.
    pub(super) fn of(per_second: f64, lasts: Duration, max_users: u64) -> Self {
        Self {
            per_second,
            lasts,
            max_users,
        }
    }

    /// The plan; of every answer everything is checked.
    fn plan(&self, tests: &[Test]) -> Plan {
        let mixed = |test: &Test| Mixed {
            test: test.clone(),
            weight: 1,
            fingerprint: String::new(),
        };
        Plan {
            name: "selfcheck".to_owned(),
            title: None,
            file: None,
            mix: tests.iter().map(mixed).collect(),
            model: UserModel::Rate {
                per_second: self.per_second,
                arrivals: load::Arrivals::Constant,
                max_users: self.max_users,
            },
            stages: vec![Stage {
                kind: StageKind::Hold,
                to: self.per_second,
                over_us: u64::try_from(self.lasts.as_micros()).unwrap_or(u64::MAX),
            }],
            think: (Duration::ZERO, Duration::ZERO),
            duration: Some(self.lasts),
            iterations: None,
            warm_up: Duration::ZERO,
            check: CheckPolicy::All,
            thresholds: Vec::new(),
        }
    }
}

/// One measurement.
pub(super) struct Measurement {
    /// What the load tester reports.
    pub(super) measured: Measured,
    /// What it says of itself.
    pub(super) health: Health,
    /// What the mock says.
    pub(super) served: Vec<ServedCall>,
}

impl Bench {
    /// Starts the mock.
    pub(super) async fn start(cancel: CancellationToken) -> Result<Self, Problem> {
        let contracts = sources::contracts(&[], &BTreeMap::new(), None)?;
        let file = SourceFile::new("selfcheck.yaml", include_str!("scenario.yaml"));
        let tests = sources::refuse_errors(sources::load(&[file], &contracts))?;
        let options = TransportOptions {
            timeout: Duration::from_secs(30),
            ..TransportOptions::default()
        };
        let transport = Arc::new(HyperTransport::new(options).map_err(Problem::invalid)?);
        let surroundings = Surroundings {
            contracts,
            seed: SEED,
            register: RegisterSize::default(),
            snapshots: Store::new(PathBuf::from("snapshots"), Mode::Check),
            guard: Guard::new([], &[], []),
        };
        let child = Spawn {
            arguments: ["--record-served".to_owned(), REMEMBERED.to_string()].into(),
            ..Spawn::default()
        };
        let (process, world) = spawn(&child, surroundings, Arc::clone(&transport))
            .await
            .map_err(Problem::invalid)?;
        Ok(Self {
            process,
            transport,
            world: Arc::new(world),
            tests,
            cancel,
        })
    }

    /// Whether somebody wants the check to end.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Puts the injection in force and measures.
    pub(super) async fn measure(
        &self,
        arrivals: &Arrivals,
        injection: &Injection,
    ) -> Result<Measurement, Problem> {
        let plan = arrivals.plan(&self.tests);
        let base = &self.process.handout().admin_url;
        // No request shall wait for its token.
        for principal in self.world.principals.values() {
            let token = self.world.broker.authorization(&principal.identity).await;
            token.map_err(Problem::invalid)?;
        }
        let before = admin::served_so_far(&self.transport, base).await?;
        admin::inject(&self.transport, base, injection).await?;
        let (measured, health) = self.run(&plan).await?;
        tokio::time::sleep(SETTLING).await;
        Ok(Measurement {
            served: admin::served_since(&self.transport, base, before).await?,
            measured,
            health,
        })
    }

    async fn run(&self, plan: &Plan) -> Result<(Measured, Health), Problem> {
        let rows = Rows::of(plan.mix.iter().map(|mixed| &mixed.test));
        let recorder = Arc::new(Recorder::new(rows, RecorderOptions::default()));
        let monitor = Monitor::start(Injector {
            warm_up: plan.warm_up,
            threads: 1,
        });
        let mut options = Options::new(SEED, Arc::clone(&recorder));
        options.goose_metrics = false;
        let world = Arc::clone(&self.world);
        let ran = engine::run(world, plan, options, self.cancel.clone()).await;
        let ran = ran.map_err(Problem::invalid)?;
        let measured = recorder.finish(ran.ended);
        let health = monitor.health(&measured, plan.duration);
        Ok((measured, health))
    }

    /// What the mock's process has used.
    pub(super) fn usage(&self) -> Option<Usage> {
        self.process.usage()
    }

    /// Ends the mock.
    pub(super) async fn end(self) {
        drop(self.world);
        self.process.end().await;
    }
}
