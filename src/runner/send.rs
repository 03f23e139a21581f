//! Sending one prepared request: the identity guard, the token, the transport, and an orderly end on interruption.

use std::time::{Duration, Instant};

use http::{HeaderValue, header};
use tokio_util::sync::CancellationToken;

use super::failure::StepError;
use super::session::Session;
use super::world::World;
use crate::auth::Identity;
use crate::http::{Exchange, Request, Transport, text_of};
use crate::identity::Part;

/// How long an answer that is under way is waited for once the run is interrupted.
const GRACE: Duration = Duration::from_secs(3);

/// Sends `request` as `identity`.
///
/// # Errors
/// A possible real person or organisation in it, no token, or an interruption before the answer came.
pub(super) async fn send<T: Transport>(
    session: &mut Session<'_, T>,
    identity: &Identity,
    mut request: Request,
) -> Result<Exchange, StepError> {
    let world = session.world;
    refuse_real_identifiers(world, &request)?;
    let asked = Instant::now();
    let authorization = world.broker.authorization(identity).await;
    session.authorized_in(asked.elapsed());
    if let Some(value) = authorization? {
        let mut value = HeaderValue::try_from(value)
            .map_err(|_| StepError::new("the access token has characters that HTTP forbids in a header"))?;
        value.set_sensitive(true);
        request.headers.insert(header::AUTHORIZATION, value);
    }
    let sending = world.transport.send(request);
    tokio::pin!(sending);
    let exchange = tokio::select! {
        biased;
        exchange = &mut sending => exchange,
        () = grace(session.cancel) => {
            session.interrupted = true;
            return Err(StepError::new("interrupted while waiting for the answer"));
        }
    };
    if exchange
        .result
        .as_ref()
        .is_ok_and(|response| response.status == 401)
    {
        world.broker.forget(identity).await;
    }
    Ok(exchange)
}

async fn grace(cancel: &CancellationToken) {
    cancel.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

fn refuse_real_identifiers<T: Transport>(world: &World<T>, request: &Request) -> Result<(), StepError> {
    let body = text_of(&request.body);
    let headers = request
        .headers
        .iter()
        .filter(|(name, _)| *name != header::AUTHORIZATION)
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let parts = [("URL", request.url.as_str()), ("body", body.as_ref())]
        .into_iter()
        .chain(headers)
        .map(|(place, text)| Part { place, text });
    match world.guard.check(parts).first() {
        None => Ok(()),
        Some(finding) => Err(StepError::new(format!("nothing was sent: {finding}")).help(
            "use synthetic parties; your own organisation goes under `guard.own_organisations` in utlegg.yaml, \
             any other exception under `guard.allow` with its reason",
        )),
    }
}
