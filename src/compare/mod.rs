//! Statistics over load runs: whether head became slower than base, with how often that is wrong stated.
//!
//! The samples of a run are not independent: slow seconds come in stretches, and machines drift between runs. So seconds
//! are drawn again in blocks, both sides together, and where there are several rounds the rounds are drawn again, too
//! (a block bootstrap in two levels). Of one pair the drift between runs is taken for granted
//! ([`Options::drift`]), since it cannot be seen in one pair.

mod block_counts;
mod candidate;
mod draws;
mod finding;
mod hindrance;
mod interval_log;
mod judge;
mod likeness;
mod memory;
mod options;
mod overall;
mod pair;
mod plan_words;
mod rounds;
mod run;
mod sentence;
mod side;
mod soundness;
mod student;
mod timeline;

use std::path::Path;

use likeness::differences;
pub use options::{Options, OptionsError};
pub use run::{Run, RunError};
pub use timeline::Timeline;

use crate::outcome::comparison::Comparison;

/// Why runs are not compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// A run cannot be read.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Not the same number of runs on both sides, or none.
    #[error(
        "there are {base} runs in base and {head} in head; rounds are compared in pairs, so name as many of each"
    )]
    Rounds {
        /// In base.
        base: usize,
        /// In head.
        head: usize,
    },
    /// The runs are no repetition of each other.
    #[error("these runs cannot be compared:\n{}", listed(.0))]
    Unlike(
        /// What differs, a sentence each.
        Vec<String>,
    ),
}

fn listed(sentences: &[String]) -> String {
    let lines = sentences.iter().map(|sentence| format!("  - {sentence}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads the folders of runs and compares them, the nth of `base` with the nth of `head`.
///
/// # Errors
/// [`CompareError`].
pub fn compare_folders<P: AsRef<Path>>(
    base: &[P],
    head: &[P],
    options: &Options,
) -> Result<Comparison, CompareError> {
    let read = |folders: &[P]| -> Result<Vec<Run>, RunError> {
        folders.iter().map(|folder| Run::read(folder.as_ref())).collect()
    };
    compare(&read(base)?, &read(head)?, options)
}

/// Compares runs, the nth of `base` with the nth of `head`. The same runs and options give the same comparison.
///
/// # Errors
/// [`CompareError::Rounds`], [`CompareError::Unlike`].
pub fn compare(base: &[Run], head: &[Run], options: &Options) -> Result<Comparison, CompareError> {
    if base.is_empty() || base.len() != head.len() {
        return Err(CompareError::Rounds {
            base: base.len(),
            head: head.len(),
        });
    }
    let found = differences(base, head, options.other_target);
    if !found.refused.is_empty() {
        return Err(CompareError::Unlike(found.refused));
    }
    Ok(overall::comparison(base, head, options, found.noted))
}
