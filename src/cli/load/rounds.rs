//! What is done with a plan: carried out once, held against a baseline, or in rounds against two environments.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::arguments::Load;
use super::{Context, carry_out, plan, target};
use crate::cli::colour::Colour;
use crate::cli::compare::{self, ComparisonFormat};
use crate::cli::problem::Problem;
use crate::cli::{environment, threads};
use crate::compare::{Run, compare_folders};
use crate::contract::Contract;
use crate::load::plan::Plan;
use crate::report::ExitCode;
use crate::settings::Settings;

/// A run that has ended.
pub(super) struct Done {
    /// Its exit code.
    pub(super) code: ExitCode,
    /// Its folder.
    pub(super) folder: PathBuf,
}

/// Everything that runs of one command share.
pub(super) struct Job<'a> {
    pub(super) arguments: &'a Load,
    pub(super) settings: &'a Settings,
    pub(super) seed: u64,
    pub(super) command: &'a str,
    pub(super) colour: Colour,
    pub(super) cancel: CancellationToken,
}

impl Job<'_> {
    /// Carries the plan out as often as was asked for.
    pub(super) fn carry_out(&self) -> Result<ExitCode, Problem> {
        match (&self.arguments.baseline, &self.arguments.against) {
            (Some(baseline), _) => self.against_baseline(baseline),
            (None, Some(other)) => self.in_rounds(other),
            (None, None) => Ok(self.once(&self.side(self.arguments.clone())?, self.seed)?.code),
        }
    }

    /// One run, compared with a stored one.
    fn against_baseline(&self, baseline: &str) -> Result<ExitCode, Problem> {
        let baseline = compare::folder(&self.settings.reports.value, baseline)?;
        // `latest` will lead to the fresh run.
        let baseline = baseline.canonicalize().unwrap_or(baseline);
        // A baseline that cannot be read should not cost a run.
        Run::read(&baseline).map_err(Problem::invalid)?;
        let done = self.once(&self.side(self.arguments.clone())?, self.seed)?;
        if done.code == ExitCode::Interrupted {
            return Ok(done.code);
        }
        self.compare(&[baseline], &[done.folder], false, [done.code])
    }

    /// A, B, B, A, …: machines drift, and what drifts must hit both.
    fn in_rounds(&self, other: &str) -> Result<ExitCode, Problem> {
        let mut against = self.arguments.clone();
        other.clone_into(&mut against.environment.env);
        let (first, against) = (self.side(self.arguments.clone())?, self.side(against)?);
        let (mut base, mut head, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for round in 0..self.arguments.rounds {
            let seed = self.seed.wrapping_add(u64::from(round));
            let sides = [false, true];
            for second in sides.into_iter().map(|side| side ^ (round % 2 == 1)) {
                let done = self.once(if second { &against } else { &first }, seed)?;
                codes.push(done.code);
                if done.code == ExitCode::Interrupted {
                    return Ok(done.code);
                }
                if second {
                    head.push(done.folder);
                } else {
                    base.push(done.folder);
                }
            }
        }
        self.compare(&base, &head, true, codes)
    }

    fn compare(
        &self,
        base: &[PathBuf],
        head: &[PathBuf],
        other_target: bool,
        codes: impl IntoIterator<Item = ExitCode>,
    ) -> Result<ExitCode, Problem> {
        let options = self.arguments.rules.options(other_target);
        let comparison = compare_folders(base, head, &options).map_err(Problem::invalid)?;
        compare::show(&comparison, ComparisonFormat::Terminal, self.colour)?;
        let compared = compare::exit_code(&comparison);
        Ok(ExitCode::strongest(codes.into_iter().chain([compared])))
    }

    /// Reads what is the same in every round; a plan's doubts are told once.
    fn side(&self, arguments: Load) -> Result<Side, Problem> {
        let live = environment::named(&arguments.environment, self.settings)?;
        let contracts = target::contracts(&arguments, live)?;
        let plan = plan::resolve(&arguments, &contracts, self.colour)?;
        Ok(Side {
            arguments,
            contracts,
            plan,
        })
    }

    /// One run against the environment of `side`.
    fn once(&self, side: &Side, seed: u64) -> Result<Done, Problem> {
        let runtime = threads::load_runtime(side.arguments.threads)?;
        let done = runtime.block_on(async {
            let contracts = side.contracts.clone();
            let target = target::prepare(&side.arguments, self.settings, contracts, &side.plan, seed).await?;
            let context = Context {
                arguments: &side.arguments,
                plan: &side.plan,
                seed,
                command: self.command,
                colour: self.colour,
                reports: &self.settings.reports.value,
                guard_exceptions: environment::guard_exceptions(self.settings),
            };
            carry_out(&context, target, self.cancel.clone()).await
        });
        runtime.shutdown_timeout(Duration::from_millis(200));
        done
    }
}

/// An environment and the plan to be carried out against it.
struct Side {
    arguments: Load,
    contracts: Vec<Arc<Contract>>,
    plan: Plan,
}
