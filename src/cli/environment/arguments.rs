//! Where something is run: the arguments that `run` and `load` share.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::ContractArguments;

/// Which environment, with what.
#[derive(Debug, Clone, Args)]
pub(in crate::cli) struct EnvironmentArguments {
    /// The environment of utlegg.yaml to test
    #[arg(long, value_name = "NAME", default_value = super::MOCK, env = "UTLEGG_ENV")]
    pub(in crate::cli) env: String,
    #[command(flatten)]
    pub(in crate::cli) contract: ContractArguments,
    /// Where references and parties are drawn from; a report names the seed that repeats it
    #[arg(long, value_name = "N")]
    pub(in crate::cli) seed: Option<u64>,
    /// Where run folders go
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) reports: Option<PathBuf>,
    /// Where snapshots are
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) snapshots: Option<PathBuf>,
    /// Never write a snapshot; on by itself where the variable CI is set
    #[arg(long, env = "CI", value_parser = clap::builder::FalseyValueParser::new())]
    pub(in crate::cli) ci: bool,
    /// The settings file [default: utlegg.yaml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) settings: Option<PathBuf>,
}
