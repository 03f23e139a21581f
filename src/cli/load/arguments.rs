//! What can be typed after `utlegg load`.

use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::cli::compare::RuleArguments;
use crate::cli::environment::EnvironmentArguments;
use crate::cli::selfcheck::SelfcheckFormat;
use crate::load::plan::{self, Overrides};
use crate::outcome::load::{Arrivals, CheckPolicy};
use crate::source::{parse_duration, parse_rate};

/// The exit codes of `utlegg load`.
const LOAD_CODES: &str = "Exit codes:
  0    every threshold was met; of --selfcheck, every number is right
  1    of --selfcheck: a number is wrong
  2    usage
  3    invalid plan, scenario or configuration; load refused; or nothing was measured
  4    ended early because the environment did not answer or refused every token
  5    a threshold was missed, or had no sample to judge it by
  6    --baseline, --against: slower
  7    inconclusive: the injector itself could not hold what was asked of it, or a comparison cannot tell
  130  interrupted; what was measured is written";

/// `utlegg load`
#[derive(Debug, Clone, Args)]
#[command(after_help = LOAD_CODES)]
pub(in crate::cli) struct Load {
    /// A plan (load/*.yaml); or scenario files and names, to be run as the flags say
    #[arg(value_name = "PLAN|PATH|NAME", required_unless_present = "selfcheck")]
    pub(super) what: Vec<String>,
    /// Hold the load tester itself against a mock whose latency, stall and capacity are known (half a minute); prints a
    /// table, or JSON with =json
    #[arg(
        long, value_enum, value_name = "FORMAT", num_args = 0..=1, require_equals = true,
        default_missing_value = "terminal", conflicts_with = "what"
    )]
    pub(super) selfcheck: Option<SelfcheckFormat>,
    #[command(flatten)]
    pub(super) plan: PlanArguments,
    #[command(flatten)]
    pub(super) environment: EnvironmentArguments,
    /// Only this information model (repeatable); without a plan only
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Vec<String>,
    /// Threads that send; one is enough for tens of thousands of requests a second
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) threads: u16,
    /// Write goose's own report of the same calls as JSON; no number of ours comes from it
    #[arg(long, value_name = "FILE")]
    pub(super) goose_report: Option<std::path::PathBuf>,
    /// Compare with a stored run afterwards: its id, its folder, or `latest`
    #[arg(long, value_name = "RUN", conflicts_with = "against")]
    pub(super) baseline: Option<String>,
    /// Run against this environment too, in turn, and say whether it is slower than the one of --env
    #[arg(long, value_name = "NAME")]
    pub(super) against: Option<String>,
    /// How often each environment has its turn, with --against
    #[arg(long, value_name = "N", default_value_t = 5, requires = "against", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub(super) rounds: u16,
    #[command(flatten)]
    pub(super) rules: RuleArguments,
    /// Only the verdict and missed thresholds
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What takes the place of the plan's own words.
#[derive(Debug, Clone, Args)]
pub(super) struct PlanArguments {
    /// Arrivals per second, whether or not earlier ones have ended: 50/s, 30/m
    #[arg(long, value_name = "RATE", value_parser = rate, conflicts_with = "users")]
    rate: Option<f64>,
    /// So many users, each beginning again when it has ended
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    users: Option<u64>,
    /// How arrivals are spread
    #[arg(long, value_enum, value_name = "HOW")]
    arrivals: Option<ArrivalsWord>,
    /// Most users at work at once in the open model
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_users: Option<u64>,
    /// How long: 30s, 5m
    #[arg(long = "for", value_name = "TIME", value_parser = time)]
    duration: Option<Duration>,
    /// How many iterations
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    iterations: Option<u64>,
    /// Waiting between two iterations of a user: 500ms, or drawn from 200ms-1s
    #[arg(long, value_name = "TIME", value_parser = think)]
    think: Option<(Duration, Duration)>,
    /// Time at the start that is in no number
    #[arg(long, value_name = "TIME", value_parser = time)]
    warm_up: Option<Duration>,
    /// How much of the answers is checked: all, sample=N (all of every Nth), status
    #[arg(long, value_name = "HOW", value_parser = check)]
    check: Option<CheckPolicy>,
    /// What must hold (repeatable), such as 'p95 < 300ms', 'p99 of submit < 1s', 'errors < 0.1%'
    #[arg(long, value_name = "THRESHOLD")]
    threshold: Vec<String>,
}

/// How arrivals are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ArrivalsWord {
    /// Evenly.
    Constant,
    /// As independent events.
    Poisson,
}

impl PlanArguments {
    /// As plans take them.
    pub(super) fn overrides(&self) -> Overrides {
        Overrides {
            rate: self.rate,
            users: self.users,
            arrivals: self.arrivals.map(|word| match word {
                ArrivalsWord::Constant => Arrivals::Constant,
                ArrivalsWord::Poisson => Arrivals::Poisson,
            }),
            max_users: self.max_users,
            duration: self.duration,
            iterations: self.iterations,
            think: self.think,
            warm_up: self.warm_up,
            check: self.check,
            thresholds: self.threshold.clone(),
        }
    }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = parse_rate(text).filter(|rate| *rate > 0.0);
    rate.ok_or_else(|| "a rate is written as 50/s or 30/m".to_owned())
}

fn time(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| "a time is written as 30s, 5m or 250ms".to_owned())
}

fn think(text: &str) -> Result<(Duration, Duration), String> {
    plan::parse_think(text)
        .ok_or_else(|| "a wait is written as 500ms, a range of waits as 200ms-1s".to_owned())
}

fn check(text: &str) -> Result<CheckPolicy, String> {
    plan::parse_check(text).ok_or_else(|| "it is all, sample=N or status".to_owned())
}
