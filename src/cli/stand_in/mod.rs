//! The mock with everything a run needs of it, in this process or in one of its own.

mod fetch;
mod principals;
mod process;
mod spawn;
mod usage;
mod world;

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use crate::http::{ReqwestTransport, TransportOptions};
use crate::identity::Guard;
use crate::mock::{Handout, Options, Server};
use crate::runner::World;
use crate::snapshot::Store;

pub use process::MockProcess;
pub use spawn::{Spawn, spawn};
pub use usage::Usage;
pub use world::Surroundings;

/// Why the mock cannot be run against.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotReady(String);

impl NotReady {
    fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }
}

/// Starts the mock in this process with these options and makes it a world; its seed is the options'. Tests use it as
/// well as `run`.
///
/// # Errors
/// [`NotReady`] when the mock does not start, or does not answer what the world is made from.
pub async fn start(
    options: Options,
    snapshots: Store,
    guard: Guard,
) -> Result<(Server, World<ReqwestTransport>), NotReady> {
    let surroundings = Surroundings {
        contracts: options.contracts.clone(),
        seed: options.seed,
        register: options.register,
        snapshots,
        guard,
    };
    let server = Server::start(options).await.map_err(NotReady::new)?;
    let transport = ReqwestTransport::new(TransportOptions {
        timeout: Duration::from_secs(30),
        ..TransportOptions::default()
    });
    let transport = Arc::new(transport.map_err(NotReady::new)?);
    let register = server.register_url();
    let parties = fetch::register(transport.as_ref(), &register, surroundings.register);
    // The register is fetched while the client's key is made.
    let (parties, handout) = tokio::join!(parties, Handout::of(&server));
    let handout = handout.map_err(NotReady::new)?;
    let world = world::of(handout, parties?, transport, surroundings)?;
    Ok((server, world))
}
