//! The load engine: goose starts the users and ends them; which of them begins what and when is ours.
//!
//! A goose transaction is a user's whole loop, since goose would go on with the next transaction after one that failed,
//! and looks for its own end only between two. All users start at once and wait for a common moment. In the open model
//! they take arrivals from a gate; in the closed one each works while the level of the stages is above its number.

mod attack;
mod conduct;
mod course;
mod crowd;
mod ear;
mod gate;
mod halt;
mod options;
mod pacer;
mod round;
mod user;
mod vigil;

pub use attack::EngineError;
pub use halt::Halt;
pub use options::{Options, Ran};

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::http::Transport;
use crate::load::plan::Plan;
use crate::runner::World;
use course::Course;

/// Carries out `plan` against `world` and returns when every user has ended; `recorder.finish` then gives the numbers.
///
/// Once `cancel` is cancelled nothing new begins, calls under way are waited for briefly, and what is cut off counts as
/// unfinished. Dropping the future does the same without waiting. Two runs may follow each other in one process.
///
/// # Errors
/// A test of the mix that does not apply to the environment, or a refusal of goose.
pub async fn run<T: Transport + 'static>(
    world: Arc<World<T>>,
    plan: &Plan,
    options: Options,
    cancel: CancellationToken,
) -> Result<Ran, EngineError> {
    let shared = Arc::new(Course::new(world, plan, options)?);
    // Users that nobody waits for any more must not go on.
    let _guard = shared.cut.clone().drop_guard();
    let attack = attack::execute(Arc::clone(&shared));
    let (metrics, ending) = tokio::join!(attack, conduct::conduct(&shared, plan, &cancel));
    let metrics = metrics?;
    Ok(Ran {
        ending: ending.ending,
        stopped_because: ending.reason,
        began: ending.began,
        ended: ending.at,
        panics: shared.panics(),
        goose: shared.options.goose_metrics.then(|| Box::new(metrics)),
    })
}
