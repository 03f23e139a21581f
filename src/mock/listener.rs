//! A listener that bounds how many connections are open and how long one may be silent.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep};

use super::injection::Wire;

/// Wait before the next attempt when the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Accepts connections while a place is free.
#[derive(Debug)]
pub struct BoundedListener {
    inner: TcpListener,
    places: Arc<Semaphore>,
    idle: Duration,
}

impl BoundedListener {
    /// At most `connections` at a time, each closed after `idle` without a byte.
    pub fn new(inner: TcpListener, connections: usize, idle: Duration) -> Self {
        Self {
            inner,
            places: Arc::new(Semaphore::new(connections.clamp(1, Semaphore::MAX_PERMITS))),
            idle,
        }
    }
}

impl axum::serve::Listener for BoundedListener {
    type Io = BoundedStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            // The semaphore is never closed, so this only waits.
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                continue;
            };
            match self.inner.accept().await {
                Ok((stream, address)) => {
                    // Small answers must not wait for a full packet; where it cannot be set they are merely slower.
                    let _ = stream.set_nodelay(true);
                    return (BoundedStream::new(stream, place, self.idle), address);
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.inner.local_addr()
    }
}

/// A connection that gives up when nothing moves.
#[derive(Debug)]
pub struct BoundedStream {
    stream: TcpStream,
    timer: Pin<Box<Sleep>>,
    waiting: bool,
    idle: Duration,
    wire: Wire,
    _place: OwnedSemaphorePermit,
}

impl BoundedStream {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit, idle: Duration) -> Self {
        Self {
            stream,
            timer: Box::pin(tokio::time::sleep(idle)),
            waiting: false,
            idle,
            wire: Wire::default(),
            _place: place,
        }
    }

    /// When bytes came and went.
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Called when the socket is not ready: starts the clock at the first wait and ends the connection at its end.
    fn wait(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.waiting {
            self.waiting = true;
            let end = Instant::now() + self.idle;
            self.timer.as_mut().reset(end);
        }
        ready!(self.timer.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(
            io::ErrorKind::TimedOut,
            "the connection was silent for too long",
        )))
    }
}

impl AsyncRead for BoundedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, buf) {
            Poll::Pending => self.wait(cx),
            ready @ Poll::Ready(_) => {
                self.waiting = false;
                if buf.filled().len() > before {
                    self.wire.has_read();
                }
                ready
            }
        }
    }
}

impl AsyncWrite for BoundedStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match Pin::new(&mut self.stream).poll_write(cx, buf) {
            Poll::Pending => self.wait(cx).map(|ended| ended.map(|()| 0)),
            ready @ Poll::Ready(_) => {
                self.waiting = false;
                self.wire.has_written();
                ready
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
