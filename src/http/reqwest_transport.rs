//! The transport over real sockets.

use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use reqwest::Url;
use tokio::sync::OwnedSemaphorePermit;

use super::clients::Clients;
use super::failure::{self, Phase};
use super::turns::{Turns, authority};
use super::{Exchange, Request, Response, Timing, Transport, TransportError, TransportOptions};

/// Sends requests with one shared client: no redirect is followed, nothing is sent twice, nothing is kept between
/// requests but connections, gzip is undone, and every limit of [`TransportOptions`] holds.
#[derive(Debug)]
pub struct ReqwestTransport {
    clients: Clients,
    timeout: Duration,
    max_body: usize,
    turns: Turns,
}

/// How far the exchange came, kept outside the future that a time limit may drop.
struct Progress {
    started: Instant,
    to_headers: Option<Duration>,
}

impl ReqwestTransport {
    /// Sets up the client for loopback; the one that needs the system's root certificates waits until it is used.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn new(options: TransportOptions) -> Result<Self, TransportError> {
        Ok(Self {
            timeout: options.timeout,
            max_body: options.max_body,
            turns: Turns::new(options.concurrency),
            clients: Clients::new(options)?,
        })
    }

    /// Waits for its turn with the host. The semaphores are never closed, so that only `None` means no limit.
    async fn turn(&self, url: &Url) -> Option<OwnedSemaphorePermit> {
        let semaphore = self.turns.of(&authority(url))?;
        semaphore.acquire_owned().await.ok()
    }

    async fn within_limits(
        &self,
        request: &Request,
        url: Url,
        progress: &mut Progress,
    ) -> Result<Response, TransportError> {
        let host = authority(&url);
        let result = tokio::time::timeout(self.timeout, self.exchange(request, url, progress)).await;
        result.unwrap_or_else(|_| {
            let phase = match progress.to_headers {
                Some(_) => Phase::Reading,
                None => Phase::Sending,
            };
            Err(failure::timed_out(&host, phase, self.timeout))
        })
    }

    async fn exchange(
        &self,
        request: &Request,
        url: Url,
        progress: &mut Progress,
    ) -> Result<Response, TransportError> {
        let host = authority(&url);
        let client = self.clients.of(&url)?;
        let mut outgoing = reqwest::Request::new(request.method.clone(), url);
        *outgoing.headers_mut() = request.headers.clone();
        if !request.body.is_empty() {
            *outgoing.body_mut() = Some(request.body.clone().into());
        }
        let mut answer = client
            .execute(outgoing)
            .await
            .map_err(|error| failure::classify(&error, &host, Phase::Sending))?;
        progress.to_headers = Some(progress.started.elapsed());
        let body = self.read(&mut answer, &host).await?;
        Ok(Response {
            status: answer.status().as_u16(),
            headers: std::mem::take(answer.headers_mut()),
            body,
        })
    }

    async fn read(&self, answer: &mut reqwest::Response, host: &str) -> Result<Bytes, TransportError> {
        let mut body = BytesMut::new();
        while let Some(chunk) = answer
            .chunk()
            .await
            .map_err(|error| failure::classify(&error, host, Phase::Reading))?
        {
            if body.len() + chunk.len() > self.max_body {
                return Err(failure::too_large(self.max_body));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

impl Transport for ReqwestTransport {
    async fn send(&self, request: Request) -> Exchange {
        let url = parse(&request.url);
        let turn = match &url {
            Ok(url) => self.turn(url).await,
            Err(_) => None,
        };
        let started_at = jiff::Timestamp::now();
        let mut progress = Progress {
            started: Instant::now(),
            to_headers: None,
        };
        let result = match url {
            Ok(url) => self.within_limits(&request, url, &mut progress).await,
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

/// The URL, if it is one and of a scheme that is spoken here.
pub(super) fn parse(text: &str) -> Result<Url, TransportError> {
    let url = Url::parse(text).map_err(|error| failure::bad_url(text, &error))?;
    match (url.scheme(), url.has_host()) {
        ("http" | "https", true) => Ok(url),
        _ => Err(failure::bad_scheme(text)),
    }
}
