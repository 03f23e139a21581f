//! What can be typed after `utlegg compare`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::compare::{Options, OptionsError};
use crate::outcome::load::RowKind;

/// The exit codes of `utlegg compare`.
const CODES: &str = "Exit codes:
  0    pass, or an improvement
  2    usage
  3    there is no such run, a file of it is damaged, or the runs are unlike (which is said)
  6    regression
  7    inconclusive";

/// `utlegg compare`
#[derive(Debug, Args)]
#[command(after_help = CODES)]
pub(in crate::cli) struct Compare {
    /// The run compared with: its id, its folder, or `latest`; the runs of several rounds with commas
    #[arg(value_name = "BASE")]
    pub(super) base: String,
    /// The run that is judged; of several rounds as many as in BASE
    #[arg(value_name = "HEAD")]
    pub(super) head: String,
    #[command(flatten)]
    pub(super) rules: RuleArguments,
    /// Compare although HEAD ran against another environment than BASE
    #[arg(long)]
    pub(super) other_target: bool,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ComparisonFormat,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) reports: PathBuf,
}

/// By what rules, in `compare` and in `load`.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct RuleArguments {
    /// The smallest change that counts
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = share)]
    pub(in crate::cli) min_effect: f64,
    /// The chance that anything at all is called changed although nothing is
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = share)]
    pub(in crate::cli) false_alarms: f64,
    /// How far one run lies off the next one for no reason (standard deviation); used where there is one round
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = share)]
    pub(in crate::cli) drift: f64,
    /// Rows that decide besides the steps (repeatable)
    #[arg(long, value_enum, value_name = "KIND")]
    pub(in crate::cli) include: Vec<RowWord>,
}

impl RuleArguments {
    /// The rules as the library takes them.
    pub(in crate::cli) fn options(&self, other_target: bool) -> Options {
        let mut gating = vec![RowKind::Step];
        gating.extend(self.include.iter().map(|word| match word {
            RowWord::Polls => RowKind::Poll,
            RowWord::Scenarios => RowKind::Scenario,
            RowWord::Measures => RowKind::Measure,
        }));
        Options {
            min_effect: self.min_effect,
            false_alarms: self.false_alarms,
            drift: self.drift,
            gating,
            other_target,
            ..Options::default()
        }
    }
}

fn share(text: &str) -> Result<f64, OptionsError> {
    Options::share(text)
}

/// Kinds of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RowWord {
    /// Calls that poll.
    Polls,
    /// Whole scenarios.
    Scenarios,
    /// What scenarios name with `measure:`.
    Measures,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ComparisonFormat {
    /// A table and a sentence.
    #[default]
    Terminal,
    /// By `schema/comparison.schema.json`.
    Json,
    /// For a pull request.
    Markdown,
}
