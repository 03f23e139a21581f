//! The transport for load: HTTP/1.1 over connections of our own, the same bytes on the wire as the other transport.
//!
//! A connection has no task of its own: whoever waits for an answer drives it, so that no answer passes through two
//! tasks. Idle connections wait in a pool for each host, the latest used first. Proxies are not supported, whatever the
//! environment's variables say: what is between the injector and the service would be measured as well.

mod address;
mod connect;
mod content;
mod link;
mod origin;
mod tls;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, Entry, HOST, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use http_body_util::Full;
use tokio::sync::OwnedSemaphorePermit;

use self::address::PathAndQuery;
use self::content::Content;
use self::link::{Link, Sent};
use self::origin::Origin;
use self::tls::Tls;
use super::failure::{self, Phase};
use super::turns::Turns;
use super::{Exchange, Request, Response, Timing, Transport, TransportError, TransportOptions};

/// A request as hyper takes it.
type Outgoing = http::Request<Full<Bytes>>;

/// Sends requests over its own pool of connections: no redirect is followed, nothing is sent twice, gzip is undone, and
/// every limit of [`TransportOptions`] holds. The clock runs from the start of sending to the last byte of the body.
#[derive(Debug)]
pub struct HyperTransport {
    timeout: Duration,
    connect_timeout: Duration,
    max_body: usize,
    user_agent: HeaderValue,
    turns: Turns,
    tls: Tls,
    origins: RwLock<Vec<Arc<Origin>>>,
}

/// How far an exchange came, kept outside of what a failure leaves at once.
struct Progress {
    started: Instant,
    to_headers: Option<Duration>,
}

impl HyperTransport {
    /// Sets up a transport without connections. Root certificates are read when the first HTTPS URL is called.
    ///
    /// # Errors
    /// When the user agent has characters that HTTP forbids in a header.
    pub fn new(options: TransportOptions) -> Result<Self, TransportError> {
        let user_agent = HeaderValue::from_str(&options.user_agent)
            .map_err(|error| failure::no_client(&format!("the user agent: {error}")))?;
        Ok(Self {
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            max_body: options.max_body,
            user_agent,
            turns: Turns::new(options.concurrency),
            tls: Tls::new(options.root_certificates),
            origins: RwLock::default(),
        })
    }

    /// The host that `url` names, and what stands on the request line.
    fn address(&self, url: &str) -> Result<(Arc<Origin>, PathAndQuery), TransportError> {
        let known = self.origins.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = address::of_known(&known, url) {
            return Ok(found);
        }
        drop(known);
        let (fresh, path) = address::of_url(url, &self.turns)?;
        let mut known = self.origins.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|origin| origin.is_same(&fresh)) {
            return Ok((Arc::clone(same), path));
        }
        let fresh = Arc::new(fresh);
        known.push(Arc::clone(&fresh));
        Ok((fresh, path))
    }

    /// The request with the headers that every request carries unless it has its own; in the order in which reqwest
    /// adds them.
    fn outgoing(&self, request: &Request, origin: &Origin, path: PathAndQuery) -> Outgoing {
        let mut headers = request.headers.clone();
        let defaults: [(HeaderName, &HeaderValue); 4] = [
            (ACCEPT, &const { HeaderValue::from_static("*/*") }),
            (USER_AGENT, &self.user_agent),
            (ACCEPT_ENCODING, &const { HeaderValue::from_static("gzip") }),
            (HOST, &origin.host_header),
        ];
        for (name, value) in defaults {
            if let Entry::Vacant(entry) = headers.entry(name) {
                entry.insert(value.clone());
            }
        }
        let uri = match request.method {
            Method::CONNECT => origin.authority.clone().into(),
            _ => Uri::from(path),
        };
        let mut outgoing = Outgoing::new(Full::new(request.body.clone()));
        *outgoing.method_mut() = request.method.clone();
        *outgoing.uri_mut() = uri;
        *outgoing.headers_mut() = headers;
        outgoing
    }

    async fn exchange(
        &self,
        outgoing: Outgoing,
        origin: &Origin,
        progress: &mut Progress,
    ) -> Result<Response, TransportError> {
        let deadline = progress.started + self.timeout;
        let (mut link, sent) = self.send_over_a_link(outgoing, origin, deadline).await?;
        let answer = match sent {
            Sent::Answered(answer) => answer,
            Sent::Refused(error, _) | Sent::Failed(error) => {
                return Err(failure::broken_exchange(&error, &origin.name, Phase::Sending));
            }
            Sent::TimedOut => return Err(failure::timed_out(&origin.name, Phase::Sending, self.timeout)),
        };
        progress.to_headers = Some(progress.started.elapsed());
        let (parts, body) = answer.into_parts();
        let mut headers = parts.headers;
        let mut content = Content::of(&mut headers, self.max_body);
        match link.read(body, &mut content, deadline).await {
            Ok(()) => origin.give_back(link),
            Err(failed) => return Err(failed.words(&origin.name, self.max_body, self.timeout)),
        }
        let body = content
            .finish()
            .map_err(|failed| failed.words(&origin.name, self.max_body))?;
        Ok(Response {
            status: parts.status.as_u16(),
            headers,
            body,
        })
    }

    /// Sends over an idle connection, or over a new one. One that turns out to be closed is replaced by a new one only
    /// where not a byte of the request was written.
    async fn send_over_a_link(
        &self,
        mut outgoing: Outgoing,
        origin: &Origin,
        deadline: Instant,
    ) -> Result<(Link, Sent), TransportError> {
        if let Some(mut idle) = origin.take_idle().await {
            match idle.send(outgoing, deadline).await {
                Sent::Refused(_, unsent) => outgoing = *unsent,
                sent => return Ok((idle, sent)),
            }
        }
        let mut fresh = self.connect(origin, deadline).await?;
        let sent = fresh.send(outgoing, deadline).await;
        Ok((fresh, sent))
    }

    async fn connect(&self, origin: &Origin, deadline: Instant) -> Result<Link, TransportError> {
        let until = (Instant::now() + self.connect_timeout).min(deadline);
        let connecting = Box::pin(connect::connect(origin, &self.tls, deadline));
        match tokio::time::timeout_at(until.into(), connecting).await {
            Ok(connected) => connected,
            Err(_) if until == deadline => {
                Err(failure::timed_out(&origin.name, Phase::Sending, self.timeout))
            }
            Err(_) => Err(failure::slow_connection(&origin.name)),
        }
    }
}

impl Transport for HyperTransport {
    async fn send(&self, request: Request) -> Exchange {
        let address = self.address(&request.url);
        let turn = match &address {
            Ok((origin, _)) => turn(origin).await,
            Err(_) => None,
        };
        let started_at = jiff::Timestamp::now();
        let mut progress = Progress {
            started: Instant::now(),
            to_headers: None,
        };
        let result = match address {
            Ok((origin, path)) => {
                let outgoing = self.outgoing(&request, &origin, path);
                self.exchange(outgoing, &origin, &mut progress).await
            }
            Err(error) => Err(error),
        };
        let timing = Timing {
            started_at,
            to_headers: progress.to_headers,
            total: progress.started.elapsed(),
        };
        drop(turn);
        Exchange {
            request,
            result,
            timing,
        }
    }
}

/// Waits for its turn with the host; `None` where nobody needs to wait.
async fn turn(origin: &Origin) -> Option<OwnedSemaphorePermit> {
    let turn = Arc::clone(origin.turn.as_ref()?);
    turn.acquire_owned().await.ok()
}
