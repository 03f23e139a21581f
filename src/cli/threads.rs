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

/// A runtime for load: one thread is the cheapest, since nothing has to be handed from one to another.
///
/// # Errors
/// A problem when the system gives no threads.
pub(super) fn load_runtime(threads: u16) -> Result<Runtime, Problem> {
    let mut builder = match threads {
        1 => Builder::new_current_thread(),
        more => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(usize::from(more));
            builder
        }
    };
    builder
        .enable_all()
        .build()
        .map_err(|error| Problem::invalid(format!("the system gives no threads: {error}")))
}
