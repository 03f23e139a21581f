//! What can be typed after `utlegg mock`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::ContractArguments;
use crate::mock::{Hold, Injection, InjectionError, Limits, ORGANISATIONS, PERSONS, Stall};

/// The exit codes of `utlegg mock`.
const CODES: &str = "Exit codes:
  0    ended by Ctrl-C, a termination signal, or with --while-stdin the end of standard input
  2    usage
  3    it cannot start: the port is taken, a contract is invalid, a file cannot be written";

/// `utlegg mock`
#[derive(Debug, Args)]
#[command(after_help = CODES)]
pub(in crate::cli) struct Mock {
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, short, value_name = "PORT", default_value_t = 0)]
    pub(super) port: u16,
    /// Write what a client needs (addresses, client id, key file) as KEY=value lines
    #[arg(long, value_name = "FILE")]
    pub(super) env_file: Option<PathBuf>,
    #[command(flatten)]
    pub(super) contract: ContractArguments,
    /// What the register of parties is drawn from
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Accept an innsender that differs from the authenticated organisation, as the real test environment does
    #[arg(long)]
    pub(super) any_innsender: bool,
    /// Print what a client needs as one line of JSON, private key included, instead of text
    #[arg(long)]
    pub(super) json: bool,
    /// End when standard input ends, and not by Ctrl-C: for a program that starts the mock as its child
    #[arg(long)]
    pub(super) while_stdin: bool,
    #[command(flatten)]
    pub(super) size: Size,
    #[command(flatten)]
    pub(super) slowness: Slowness,
}

/// What is made slow on purpose, to try a load tester against.
#[derive(Debug, Args)]
#[command(next_help_heading = "Slowness")]
pub(super) struct Slowness {
    /// How long answers take: 20ms, uniform(5ms,50ms) or lognormal(MEDIAN,SIGMA); of one operation with NAME= before it
    /// (repeatable)
    #[arg(long, value_name = "[NAME=]TIME")]
    latency: Vec<String>,
    /// Answer nothing for a time: 2s@5s is two seconds, five seconds after the start; 2s@5s/10s again every ten
    #[arg(long, value_name = "TIME@WHEN")]
    stall: Option<Stall>,
    /// Requests at work at once; others wait for their turn
    #[arg(long, value_name = "N")]
    capacity: Option<usize>,
    /// Let everything take longer by this factor; 1.1 is ten percent slower
    #[arg(long, value_name = "FACTOR")]
    slow: Option<f64>,
    /// Hold back bodies only: heads go at once
    #[arg(long)]
    late_body: bool,
    /// Remember of the last N requests what each was really served in, for GET /_utlegg/served
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) record_served: usize,
}

impl Slowness {
    /// What is to be injected; latencies are drawn from `seed`.
    ///
    /// # Errors
    /// What is wrong with a latency, in words.
    pub(super) fn injection(&self, seed: u64) -> Result<Injection, InjectionError> {
        let mut injection = Injection {
            stall: self.stall,
            capacity: self.capacity,
            slow: self.slow,
            hold: if self.late_body { Hold::Body } else { Hold::Answer },
            seed,
            ..Injection::default()
        };
        for text in &self.latency {
            match text.split_once('=') {
                Some((operation, latency)) => {
                    injection
                        .operations
                        .insert(operation.trim().to_owned(), latency.parse()?);
                }
                None => injection.latency = Some(text.parse()?),
            }
        }
        Ok(injection)
    }
}

/// How much it holds.
#[derive(Debug, Args)]
#[command(next_help_heading = "Size")]
pub(super) struct Size {
    /// Persons in the register; a tenth of them are under the old rules
    #[arg(long, value_name = "N", default_value_t = PERSONS)]
    pub(super) persons: usize,
    /// Organisations in the register
    #[arg(long, value_name = "N", default_value_t = ORGANISATIONS)]
    pub(super) organisations: usize,
    /// Cases remembered; the oldest are forgotten first, and are unknown from then on
    #[arg(long, value_name = "N", default_value_t = Limits::default().cases, value_parser = at_least_one)]
    pub(super) retain: usize,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("not a whole number".to_owned()),
    }
}
