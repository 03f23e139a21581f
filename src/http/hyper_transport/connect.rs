//! Establishes a connection: the name's addresses one after the other, TLS where it is spoken.

use std::io;
use std::time::Instant;

use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::link::{Driver, Link};
use super::origin::Origin;
use super::tls::Tls;
use crate::http::TransportError;
use crate::http::failure::{self, Phase};

/// A connection to `origin`; `deadline` is that of the request it is made for.
///
/// # Errors
/// Why there is none.
pub(super) async fn connect(origin: &Origin, tls: &Tls, deadline: Instant) -> Result<Link, TransportError> {
    // Before anybody is bothered: a machine without root certificates cannot speak TLS.
    let tls = if origin.tls { Some(tls.connector()?) } else { None };
    let stream = tcp(origin).await?;
    let broken = |error| failure::broken_exchange(&error, &origin.name, Phase::Sending);
    let (requests, driver) = match tls {
        None => {
            let (requests, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
            (requests, Driver::Plain(Box::new(connection)))
        }
        Some(connector) => {
            let stream = connector
                .connect(tls_name(origin)?, stream)
                .await
                .map_err(|error| failure::no_connection(&error, &origin.name))?;
            let (requests, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
            (requests, Driver::Tls(Box::new(connection)))
        }
    };
    Ok(Link::new(requests, driver, deadline))
}

fn tls_name(origin: &Origin) -> Result<rustls::pki_types::ServerName<'static>, TransportError> {
    origin
        .host
        .clone()
        .try_into()
        .map_err(|error: rustls::pki_types::InvalidDnsNameError| failure::no_connection(&error, &origin.name))
}

/// The first address that answers; otherwise what the last one said.
async fn tcp(origin: &Origin) -> Result<TcpStream, TransportError> {
    let addresses = tokio::net::lookup_host((origin.host.as_str(), origin.port)).await;
    let mut latest: Option<io::Error> = None;
    for address in addresses.map_err(|_| failure::unknown_host(&origin.name))? {
        let connected = TcpStream::connect(address).await.and_then(|stream| {
            // Small requests must not wait for the answer to the one before.
            stream.set_nodelay(true)?;
            Ok(stream)
        });
        match connected {
            Ok(stream) => return Ok(stream),
            Err(error) => latest = Some(error),
        }
    }
    Err(match latest {
        Some(error) => failure::no_connection(&error, &origin.name),
        None => failure::unknown_host(&origin.name),
    })
}
