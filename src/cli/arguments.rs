//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::colour::ColourChoice;
use super::compare::Compare;
use super::data::Data;
use super::environment::EnvironmentArguments;
use super::load::Load;
use super::mock::Mock;
use super::token::Token;

/// The exit codes, as every help text ends with them.
const EXIT_CODES: &str = "Exit codes:
  0    at least one scenario was judged, none failed, none ended in error
  1    does not conform
  2    usage
  3    invalid scenario or configuration, or nothing was judged
  4    something could not be judged because the environment did not answer
  130  interrupted";

/// The exit codes of `utlegg lint`.
const LINT_CODES: &str = "Exit codes:
  0    no mistake
  2    usage
  3    a mistake (with --strict also a warning), or a file that cannot be read";

/// The exit codes of `utlegg report`.
const REPORT_CODES: &str = "Exit codes (not that of the run, which the report shows):
  0    rendered
  2    usage
  3    there is no such run, its journal or load.json is damaged, or a report cannot be written";

/// The exit codes of `utlegg snapshots`.
const SNAPSHOT_CODES: &str = "Exit codes:
  0    done, also where nothing is pending
  2    usage, or no pending snapshot has TEXT in its path
  3    a snapshot cannot be read or written";

/// The exit codes of commands that only print.
const PRINT_CODES: &str = "Exit codes:
  0    printed
  2    usage
  3    it cannot be printed, as on a full disk";

/// Conformance harness and stand-in server for the Utleggsbegjæring API.
#[derive(Debug, Parser)]
#[command(name = "utlegg", version, about, after_help = EXIT_CODES, max_term_width = 110)]
pub(super) struct Arguments {
    /// Colours and live progress
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(super) color: ColourChoice,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run scenarios and judge the answers; against the embedded mock unless an environment is named
    Run(Run),
    /// Run scenarios as a load test and judge latencies, errors and rates by thresholds
    Load(Box<Load>),
    /// Check scenario files and load plans and show every mistake at once
    Lint(Lint),
    /// Check request bodies offline: the schema, then every condition that can be judged without the service
    Validate(Validate),
    /// Say what a code means, when it fires, and what provokes it
    Explain(Explain),
    /// Show which operations, statuses, codes and conditions a run's answers reached, and which not
    Coverage(Coverage),
    /// Say whether one load run is slower than another
    Compare(Compare),
    /// Serve the stand-in for the API and its surroundings on loopback
    Mock(Mock),
    /// Render a stored run again from its journal
    Report(Report),
    /// Work through new and changed snapshots
    Snapshots(Snapshots),
    /// Fetch an access token and say what it says
    Token(Token),
    /// Make up synthetic persons, organisations, numbers and whole requests
    Data(Data),
    /// Print a JSON Schema, for editors and readers of reports
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// `utlegg run`
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Run {
    /// Files or folders of scenarios; or names: a scenario, SCENARIO/CASE, or a code such as KB-006
    #[arg(value_name = "PATH|NAME")]
    pub(super) what: Vec<String>,
    #[command(flatten)]
    pub(super) selection: SelectionArguments,
    #[command(flatten)]
    pub(super) environment: EnvironmentArguments,
    /// How many tests run at once [default: cores × 4]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) jobs: Option<u16>,
    /// Only failures and the totals
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Every step; twice: every check
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
}

/// Which scenarios.
#[derive(Debug, Args)]
pub(super) struct SelectionArguments {
    /// Only scenarios with this tag (repeatable: any of them)
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    /// Only this information model (repeatable)
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Vec<String>,
    /// Only scenarios of this obligation (repeatable)
    #[arg(long, value_enum, value_name = "WORD")]
    pub(super) obligation: Vec<ObligationWord>,
}

/// How binding.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ObligationWord {
    /// Must hold.
    Must,
    /// Should hold.
    Should,
    /// May hold.
    May,
}

/// Which contract.
#[derive(Debug, Clone, Args)]
pub(super) struct ContractArguments {
    /// An OpenAPI document that replaces the built-in contract (repeatable: the administration publishes four)
    #[arg(long, value_name = "FILE")]
    pub(super) contract: Vec<PathBuf>,
}

/// `utlegg lint`
#[derive(Debug, Args)]
#[command(after_help = LINT_CODES)]
pub(super) struct Lint {
    /// Files or folders of scenarios and load plans [default: scenarios and load, or the bundled ones]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) contract: ContractArguments,
    /// Warnings count as errors
    #[arg(long)]
    pub(super) strict: bool,
}

/// `utlegg validate`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  every request is valid, as far as that can be judged offline
  1  the schema or a condition is violated
  2  usage
  3  something is unreadable or not JSON")]
pub(super) struct Validate {
    /// Request bodies as JSON; a folder stands for every .json file below it, `-` for standard input
    #[arg(value_name = "FILE|DIR|-", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// The information model to check against
    #[arg(long, value_name = "MODEL", default_value = "v2")]
    pub(super) model: String,
    #[command(flatten)]
    pub(super) contract: ContractArguments,
    /// How to print what is found
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: FindingsFormat,
    /// The organisation number that the token is issued for
    #[arg(long, value_name = "ORGNR")]
    pub(super) authenticated: Option<String>,
    /// Whether the request is new or changes an earlier one [default: new, with --previous change]
    #[arg(long, value_enum, value_name = "PHASE")]
    pub(super) phase: Option<PhaseWord>,
    /// The request that this one is to replace
    #[arg(long, value_name = "FILE")]
    pub(super) previous: Option<PathBuf>,
    /// The day the request is received [default: today in Norway]
    #[arg(long, value_name = "DATE")]
    pub(super) received: Option<jiff::civil::Date>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FindingsFormat {
    /// With the lines they speak of.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for editors and code scanning.
    Sarif,
}

/// New or change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PhaseWord {
    /// A submission.
    New,
    /// A change of a case.
    Change,
}

/// `utlegg explain`
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code such as KB-006 or `KRAV_IKKE_BENYTTET`; case does not matter, Å Ø Æ may be written AA OE AE or A O AE
    #[arg(value_name = "CODE")]
    pub(super) code: String,
    #[command(flatten)]
    pub(super) contract: ContractArguments,
}

/// `utlegg coverage`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes:
  0  shown, and what --require demands is reached
  1  less is reached than --require demands
  2  usage
  3  there is no such run, or its journal is damaged")]
pub(super) struct Coverage {
    /// The run: its id, its folder, its journal, or `latest`
    #[arg(value_name = "RUN", default_value = "latest")]
    pub(super) run: String,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: CoverageFormat,
    /// Fail when less than this share of what is reachable was reached
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) require: Option<u8>,
    /// Only this information model (repeatable)
    #[arg(long, value_name = "MODEL")]
    pub(super) model: Vec<String>,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) reports: PathBuf,
    #[command(flatten)]
    pub(super) contract: ContractArguments,
    /// Name the scenarios that reached each cell
    #[arg(long, short)]
    pub(super) verbose: bool,
}

/// How coverage is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CoverageFormat {
    /// Tables.
    #[default]
    Terminal,
    /// By `schema/coverage.schema.json`.
    Json,
    /// Tables for a page.
    Markdown,
}

/// `utlegg report`
#[derive(Debug, Args)]
#[command(after_help = REPORT_CODES)]
pub(super) struct Report {
    /// The run: its id, its folder, its journal, or `latest`
    #[arg(value_name = "RUN", default_value = "latest")]
    pub(super) run: String,
    /// What to print instead of writing every report into the run's folder again
    #[arg(long, short, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<ReportFormat>,
    /// Where run folders are
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) reports: PathBuf,
}

/// The reports that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// As the run itself showed it.
    Terminal,
    /// `summary.json`; of a load run `load.json`.
    Json,
    /// `report.html`.
    Html,
    /// `junit.xml`.
    Junit,
    /// `summary.md`; of a load run `load.md`.
    Markdown,
}

/// `utlegg snapshots`
#[derive(Debug, Args)]
#[command(after_help = SNAPSHOT_CODES)]
pub(super) struct Snapshots {
    #[command(subcommand)]
    pub(super) action: SnapshotAction,
    /// Where snapshots are
    #[arg(long, global = true, value_name = "DIR", default_value = "snapshots")]
    pub(super) snapshots: PathBuf,
}

/// What to do with pending snapshots.
#[derive(Debug, Subcommand)]
pub(super) enum SnapshotAction {
    /// Name the pending ones
    List,
    /// Show each difference and ask
    Review,
    /// Accept all, or those whose path contains TEXT
    Accept {
        /// Part of the path
        #[arg(value_name = "TEXT")]
        part: Option<String>,
    },
    /// Reject all, or those whose path contains TEXT
    Reject {
        /// Part of the path
        #[arg(value_name = "TEXT")]
        part: Option<String>,
    },
}

/// `utlegg schema`
#[derive(Debug, Args)]
#[command(after_help = PRINT_CODES)]
pub(super) struct Schema {
    /// Which
    #[arg(value_enum, default_value_t)]
    pub(super) which: SchemaName,
}

/// The JSON Schemas.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum SchemaName {
    /// Scenario files.
    #[default]
    Scenario,
    /// Load plans.
    LoadPlan,
    /// `summary.json`.
    Summary,
    /// A line of `run.jsonl`.
    Journal,
    /// What `coverage --format json` prints.
    Coverage,
    /// What `compare --format json` prints.
    Comparison,
    /// `load.json`.
    Load,
}

/// `utlegg completions`
#[derive(Debug, Args)]
#[command(after_help = PRINT_CODES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}
