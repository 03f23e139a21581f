//! Why a statistic cannot be judged.

use super::judge::{LEAST_SECONDS, LEAST_SECONDS_OF_A_ROUND};
use crate::outcome::load::Row;

/// By how much the failed share may differ between the sides, in all calls of a row: a failed call takes another time.
const FAILED_SHARE: f64 = 0.005;
/// Why the throughput of the open model is not judged.
pub(super) const OPEN: &str = "arrivals come as the plan says (open model), however fast the service is";

/// Why a statistic cannot be judged.
#[derive(Debug, Clone)]
pub(super) struct Hindrance {
    /// In words, to go on with after a colon.
    pub(super) why: String,
    /// Whether that leaves the comparison open: where one side could be judged, silence would hide the other.
    pub(super) open: bool,
}

impl Hindrance {
    /// One that the comparison can do without.
    pub(super) fn of(why: &str) -> Self {
        Self {
            why: why.to_owned(),
            open: false,
        }
    }
}

/// Fewer samples than `needed` in the smallest run of a side.
pub(super) fn samples((base, head): (u64, u64), needed: u64) -> Option<Hindrance> {
    (base.min(head) < needed).then(|| Hindrance {
        why: format!("it has {base} samples in base and {head} in head; {needed} are needed in each run"),
        open: base.max(head) >= needed,
    })
}

/// Too few seconds, by those of the shorter side of each round.
pub(super) fn seconds(rounds: &[usize]) -> Option<Hindrance> {
    let (all, least) = (
        rounds.iter().sum::<usize>(),
        rounds.iter().min().copied().unwrap_or(0),
    );
    let enough = all >= LEAST_SECONDS && least >= LEAST_SECONDS_OF_A_ROUND;
    (!enough).then(|| {
        Hindrance::of(&match rounds.len() {
            1 => format!("it lasted {all} seconds; {LEAST_SECONDS} are needed to tell noise from change"),
            count => format!(
                "it lasted {all} seconds in {count} rounds, the shortest {least}; {LEAST_SECONDS} in all and \
                 {LEAST_SECONDS_OF_A_ROUND} in each are needed to tell noise from change"
            ),
        })
    })
}

/// Whether the share of failed calls differs too much between the rows of the base and those of the head.
pub(super) fn failed(base: &[&Row], head: &[&Row]) -> Option<Hindrance> {
    let (base, head) = (failed_share(base), failed_share(head));
    ((head - base).abs() > FAILED_SHARE).then(|| Hindrance {
        why: format!(
            "{:.1} % of its calls failed in base and {:.1} % in head, and a failed call takes another time",
            base * 100.0,
            head * 100.0
        ),
        open: true,
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn failed_share(rows: &[&Row]) -> f64 {
    let errors: u64 = rows.iter().map(|row| row.errors).sum();
    let count: u64 = rows.iter().map(|row| row.count).sum();
    errors as f64 / count.max(1) as f64
}
