//! `utlegg load --selfcheck`: the load tester measures its own mock, whose slowness is known, and is held against it.

mod admin;
mod bench;
mod parts;
mod show;

use std::time::Duration;

use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::problem::Problem;
use super::{printing, signal, threads};
use crate::load::selfcheck::{Outcome, Part};
use crate::report::ExitCode;
use bench::Bench;

/// How the result is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum SelfcheckFormat {
    /// A table.
    #[default]
    Terminal,
    /// One JSON object.
    Json,
}

/// What the check came to.
#[derive(Debug, Serialize)]
struct Selfcheck {
    outcome: Outcome,
    parts: Vec<Part>,
    /// What the mock's own process used, in seconds of CPU and bytes at most; none where the system does not tell.
    mock_cpu_s: Option<f64>,
    mock_peak_memory: Option<u64>,
}

/// Checks, prints, and gives the exit code: 0 where every number is right, 1 where one is wrong, 7 where the injector
/// was in no state to tell, 130 where it was interrupted.
pub(super) fn main(format: SelfcheckFormat) -> Result<ExitCode, Problem> {
    let cancel = CancellationToken::new();
    // Before goose comes to set its own, which would end the process.
    signal::cancel_on_interrupt(&cancel)?;
    let runtime = threads::load_runtime(1)?;
    let checked = runtime.block_on(check(&cancel));
    runtime.shutdown_timeout(Duration::from_millis(200));
    let Some(checked) = checked? else {
        return Ok(ExitCode::Interrupted);
    };
    printing::print(&match format {
        SelfcheckFormat::Terminal => show::table(&checked),
        SelfcheckFormat::Json => serde_json::to_string_pretty(&checked).map_err(Problem::invalid)? + "\n",
    })?;
    Ok(match checked.outcome {
        Outcome::Holds => ExitCode::Conforms,
        Outcome::Off => ExitCode::DoesNotConform,
        Outcome::Inconclusive => ExitCode::Inconclusive,
    })
}

/// All parts; nothing where it was interrupted.
async fn check(cancel: &CancellationToken) -> Result<Option<Selfcheck>, Problem> {
    let bench = Bench::start(cancel.clone()).await?;
    let parts = parts::all(&bench).await;
    let usage = bench.usage();
    bench.end().await;
    let parts = parts?;
    if cancel.is_cancelled() {
        return Ok(None);
    }
    Ok(Some(Selfcheck {
        outcome: parts
            .iter()
            .map(|part| part.outcome)
            .max()
            .unwrap_or(Outcome::Inconclusive),
        parts,
        mock_cpu_s: usage.map(|usage| usage.cpu.as_secs_f64()),
        mock_peak_memory: usage.map(|usage| usage.peak_memory),
    }))
}
