//! When bytes really came and went on one connection.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;

use super::served::Served;
use crate::mock::listener::BoundedListener;

/// One connection's times, shared by its socket and by whoever answers its requests. One request is under way at a time.
#[derive(Debug, Clone, Default)]
pub struct Wire(Arc<Mutex<Times>>);

#[derive(Debug, Default)]
struct Times {
    read: Option<Instant>,
    answering: Option<Arc<Served>>,
}

impl Wire {
    /// Bytes of a request were read: the answer before it is out.
    pub fn has_read(&self) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.read = Some(Instant::now());
        times.answering = None;
    }

    /// Bytes of an answer were handed to the socket.
    pub fn has_written(&self) {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(served) = &times.answering {
            served.has_written(Instant::now());
        }
    }

    /// When bytes were read last: of a request whose body has been read, the time of its last byte.
    pub fn last_read(&self) -> Option<Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read
    }

    /// What is written from now on belongs to this request.
    pub fn answers(&self, served: Arc<Served>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).answering = Some(served);
    }
}

impl Connected<IncomingStream<'_, BoundedListener>> for Wire {
    fn connect_info(stream: IncomingStream<'_, BoundedListener>) -> Self {
        stream.io().wire().clone()
    }
}
