//! A body as it arrives: collected, gzip undone, never more than the limit.

use std::io::{self, Write};

use bytes::{Bytes, BytesMut};
use flate2::write::GzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use crate::http::TransportError;
use crate::http::failure::{self, Phase};

/// What has arrived of a body.
pub(super) enum Content {
    /// As it came.
    Plain {
        /// The first piece, which most of the time is the only one.
        first: Bytes,
        /// All of it, once there is a second.
        all: Option<BytesMut>,
        /// The most that is kept, in bytes.
        limit: usize,
    },
    /// To be decompressed.
    Gzip(Box<GzDecoder<Bounded>>),
}

/// Why a body cannot be read.
pub(super) enum Unreadable {
    /// It is larger than allowed.
    TooLarge,
    /// It says it is compressed, and is not, or not to its end.
    NotGzip(io::Error),
}

/// Decompressed bytes up to a limit.
pub(super) struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    exceeded: bool,
    /// Whether anything came to be decompressed; an empty body is just empty.
    begun: bool,
}

impl Content {
    /// Nothing yet of a body with these headers. Those that speak of the compressed body are taken out.
    pub(super) fn of(headers: &mut HeaderMap, limit: usize) -> Self {
        if headers
            .get(CONTENT_ENCODING)
            .is_none_or(|encoding| encoding != "gzip")
        {
            return Self::Plain {
                first: Bytes::new(),
                all: None,
                limit,
            };
        }
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
        Self::Gzip(Box::new(GzDecoder::new(Bounded {
            bytes: Vec::new(),
            limit,
            exceeded: false,
            begun: false,
        })))
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// When the body grows too large, or is not what it says.
    pub(super) fn push(&mut self, chunk: Bytes) -> Result<(), Unreadable> {
        match self {
            Self::Plain { first, all, limit } => {
                let length = all.as_ref().map_or(first.len(), BytesMut::len);
                if length + chunk.len() > *limit {
                    return Err(Unreadable::TooLarge);
                }
                if let Some(all) = all {
                    all.extend_from_slice(&chunk);
                } else if first.is_empty() {
                    *first = chunk;
                } else {
                    let mut both = BytesMut::with_capacity(2 * (first.len() + chunk.len()));
                    both.extend_from_slice(first);
                    both.extend_from_slice(&chunk);
                    *all = Some(both);
                }
                Ok(())
            }
            Self::Gzip(decoder) => {
                decoder.get_mut().begun = true;
                let mut rest = &chunk[..];
                while !rest.is_empty() {
                    match decoder.write(rest) {
                        // What follows the end is nobody's.
                        Ok(0) => break,
                        Ok(taken) => rest = &rest[taken..],
                        Err(error) => return Err(Unreadable::of(error, decoder.get_ref())),
                    }
                }
                Ok(())
            }
        }
    }

    /// The whole body.
    ///
    /// # Errors
    /// When it is compressed and was not complete.
    pub(super) fn finish(self) -> Result<Bytes, Unreadable> {
        match self {
            Self::Plain { first, all, .. } => Ok(all.map_or(first, BytesMut::freeze)),
            Self::Gzip(decoder) if !decoder.get_ref().begun => Ok(Bytes::new()),
            Self::Gzip(mut decoder) => {
                if let Err(error) = decoder.try_finish() {
                    return Err(Unreadable::of(error, decoder.get_ref()));
                }
                Ok(std::mem::take(&mut decoder.get_mut().bytes).into())
            }
        }
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            self.exceeded = true;
            return Err(io::Error::other("larger than allowed"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Unreadable {
    fn of(error: io::Error, sink: &Bounded) -> Self {
        if sink.exceeded {
            Self::TooLarge
        } else {
            Self::NotGzip(error)
        }
    }

    /// The failure, in words.
    pub(super) fn words(&self, host: &str, limit: usize) -> TransportError {
        match self {
            Self::TooLarge => failure::too_large(limit),
            Self::NotGzip(error) => failure::broken_exchange(error, host, Phase::Reading),
        }
    }
}
