//! What can be typed after `utlegg token`.

use std::path::PathBuf;

use clap::Args;

/// The exit codes of `utlegg token`.
const TOKEN_CODES: &str = "Exit codes:
  0  a token came
  2  usage
  3  the settings or the key cannot be used, or the grant was refused
  4  no answer from the token endpoint";

/// `utlegg token`
#[derive(Debug, Args)]
#[command(after_help = TOKEN_CODES)]
pub(in crate::cli) struct Token {
    /// The environment of utlegg.yaml
    #[arg(long, value_name = "NAME", env = "UTLEGG_ENV")]
    pub(super) env: String,
    /// The identity of the environment [default: `vendor`, or the first]
    #[arg(long = "as", value_name = "IDENTITY")]
    pub(super) identity: Option<String>,
    /// The settings file [default: utlegg.yaml here or in a folder above]
    #[arg(long, value_name = "FILE")]
    pub(super) settings: Option<PathBuf>,
    /// Header and claims as JSON, without the token itself
    #[arg(long, conflicts_with_all = ["raw", "curl"])]
    pub(super) json: bool,
    /// The token itself; on a terminal only
    #[arg(long, conflicts_with = "curl")]
    pub(super) raw: bool,
    /// A command that fetches one elsewhere, with a grant that is good once and for two minutes; on a terminal only
    #[arg(long)]
    pub(super) curl: bool,
}
