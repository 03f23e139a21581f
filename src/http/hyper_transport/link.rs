//! One connection, driven by whoever waits for an answer on it.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{Connection, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::Sleep;
use tokio_rustls::client::TlsStream;

use super::Outgoing;
use super::content::{Content, Unreadable};
use crate::http::TransportError;
use crate::http::failure::{self, Phase};

/// A connection over `T` as hyper drives it.
type Over<T> = Connection<TokioIo<T>, Full<Bytes>>;

/// What reads and writes a connection's bytes whenever it is polled.
pub(super) enum Driver {
    /// Over TCP.
    Plain(Box<Over<TcpStream>>),
    /// Over TLS.
    Tls(Box<Over<TlsStream<TcpStream>>>),
}

/// A connection that carries one request at a time.
pub(super) struct Link {
    requests: SendRequest<Full<Bytes>>,
    driver: Driver,
    ended: bool,
    /// Wakes whoever waits, never later than its deadline. It is set anew only when it rings: deadlines only grow, and
    /// a timer that rings too early costs less than one that is moved for each request.
    alarm: Pin<Box<Sleep>>,
    /// When it was last given back.
    pub(super) idle_since: Instant,
}

/// How far a request came.
pub(super) enum Sent {
    /// The head of its answer is here.
    Answered(Response<Incoming>),
    /// Not a byte of it was written.
    Refused(hyper::Error, Box<Outgoing>),
    /// It may have been processed.
    Failed(hyper::Error),
    /// The deadline passed.
    TimedOut,
}

/// Why a body was not read to its end.
pub(super) enum Unread {
    /// The connection broke.
    Broken(hyper::Error),
    /// It cannot be read, or not further.
    Content(Unreadable),
    /// The deadline passed.
    TimedOut,
}

impl Link {
    /// A connection that is just established.
    pub(super) fn new(requests: SendRequest<Full<Bytes>>, driver: Driver, deadline: Instant) -> Self {
        Self {
            requests,
            driver,
            ended: false,
            alarm: Box::pin(tokio::time::sleep_until(deadline.into())),
            idle_since: Instant::now(),
        }
    }

    /// Whether the connection is over.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether another request may be sent: looks whether the other side has closed it.
    pub(super) async fn is_usable(&mut self) -> bool {
        std::future::poll_fn(|cx| {
            self.drive(cx);
            Poll::Ready(!self.ended && self.requests.is_ready())
        })
        .await
    }

    /// Sends one request and waits for the head of its answer.
    pub(super) async fn send(&mut self, outgoing: Outgoing, deadline: Instant) -> Sent {
        let mut answer = pin!(self.requests.try_send_request(outgoing));
        std::future::poll_fn(|cx| {
            self.drive(cx);
            match answer.as_mut().poll(cx) {
                Poll::Ready(Ok(answer)) => Poll::Ready(Sent::Answered(answer)),
                Poll::Ready(Err(mut error)) => Poll::Ready(match error.take_message() {
                    Some(unsent) => Sent::Refused(error.into_error(), Box::new(unsent)),
                    None => Sent::Failed(error.into_error()),
                }),
                Poll::Pending if self.is_past(deadline, cx) => Poll::Ready(Sent::TimedOut),
                Poll::Pending => Poll::Pending,
            }
        })
        .await
    }

    /// Reads a body to its end.
    ///
    /// # Errors
    /// Why it was not.
    pub(super) async fn read(
        &mut self,
        mut body: Incoming,
        content: &mut Content,
        deadline: Instant,
    ) -> Result<(), Unread> {
        while !body.is_end_stream() {
            let frame = std::future::poll_fn(|cx| self.poll_frame(&mut body, deadline, cx)).await;
            let Some(frame) = frame? else { break };
            if let Ok(chunk) = frame.into_data() {
                content.push(chunk).map_err(Unread::Content)?;
            }
        }
        Ok(())
    }

    fn poll_frame(
        &mut self,
        body: &mut Incoming,
        deadline: Instant,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<hyper::body::Frame<Bytes>>, Unread>> {
        // Asked for first, so that the connection knows that somebody wants it.
        for turn in [true, false] {
            if let Poll::Ready(frame) = Pin::new(&mut *body).poll_frame(cx) {
                return Poll::Ready(frame.transpose().map_err(Unread::Broken));
            }
            if turn {
                self.drive(cx);
            }
        }
        if self.is_past(deadline, cx) {
            return Poll::Ready(Err(Unread::TimedOut));
        }
        Poll::Pending
    }

    /// Reads and writes what can be; a failure reaches whoever waits for the answer.
    fn drive(&mut self, cx: &mut Context<'_>) {
        if !self.ended {
            self.ended = match &mut self.driver {
                Driver::Plain(connection) => Pin::new(connection).poll(cx).is_ready(),
                Driver::Tls(connection) => Pin::new(connection).poll(cx).is_ready(),
            };
        }
    }

    /// Whether the deadline has passed; wakes the task when it does.
    fn is_past(&mut self, deadline: Instant, cx: &mut Context<'_>) -> bool {
        while self.alarm.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return true;
            }
            self.alarm.as_mut().reset(deadline.into());
        }
        false
    }
}

impl Unread {
    /// The failure, in words.
    pub(super) fn words(&self, host: &str, limit: usize, time: Duration) -> TransportError {
        match self {
            Self::Broken(error) => failure::broken_exchange(error, host, Phase::Reading),
            Self::Content(unreadable) => unreadable.words(host, limit),
            Self::TimedOut => failure::timed_out(host, Phase::Reading, time),
        }
    }
}
