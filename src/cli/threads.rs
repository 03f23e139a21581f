//! The threads that commands with network traffic run on.

use tokio::runtime::{Builder, Runtime};

use super::problem::Problem;

/// A runtime with as many threads as there are cores.
///
/// # Errors
/// A problem when the system gives no threads.
pub(super) fn runtime() -> Result<Runtime, Problem> {
    Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Problem::invalid(format!("the system gives no threads: {error}")))
}
