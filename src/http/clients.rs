//! The shared reqwest clients: one for loopback, one for the world, each made when first needed.

use std::net::IpAddr;
use std::sync::OnceLock;

use reqwest::{Certificate, Client, Url};

use super::{TransportError, TransportOptions, failure};

/// Loading the system's root certificates takes tens of milliseconds and fails on a machine that has none. The
/// embedded mock needs neither them nor a proxy, so plain HTTP to loopback has a client of its own.
#[derive(Debug)]
pub(super) struct Clients {
    options: TransportOptions,
    loopback: Client,
    loopback_tls: OnceLock<Result<Client, TransportError>>,
    world: OnceLock<Result<Client, TransportError>>,
}

impl Clients {
    pub(super) fn new(options: TransportOptions) -> Result<Self, TransportError> {
        Ok(Self {
            loopback: build(&options, false, false)?,
            loopback_tls: OnceLock::new(),
            world: OnceLock::new(),
            options,
        })
    }

    /// The client for `url`.
    pub(super) fn of(&self, url: &Url) -> Result<&Client, TransportError> {
        let client = match (is_loopback(url), url.scheme()) {
            (true, "http") => return Ok(&self.loopback),
            (true, _) => self
                .loopback_tls
                .get_or_init(|| build(&self.options, true, false)),
            (false, _) => self.world.get_or_init(|| build(&self.options, true, true)),
        };
        client.as_ref().map_err(Clone::clone)
    }
}

/// Whether a URL names this machine by a loopback address or as `localhost`.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn build(options: &TransportOptions, roots: bool, proxy: bool) -> Result<Client, TransportError> {
    let mut builder = Client::builder()
        .user_agent(options.user_agent.as_str())
        .connect_timeout(options.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false);
    if !proxy {
        builder = builder.no_proxy();
    }
    builder = if roots {
        builder.tls_certs_merge(certificates(options)?)
    } else {
        builder.tls_certs_only([])
    };
    builder
        .build()
        .map_err(|error| failure::no_client(&failure::innermost(&error)))
}

fn certificates(options: &TransportOptions) -> Result<Vec<Certificate>, TransportError> {
    let mut found = Vec::new();
    for pem in &options.root_certificates {
        let read = Certificate::from_pem_bundle(pem)
            .map_err(|error| failure::bad_root(&failure::innermost(&error)))?;
        found.extend(read);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_by_address_and_name() {
        for url in [
            "http://127.0.0.1:8080/x",
            "http://127.3.2.1/",
            "http://localhost:1/",
            "https://[::1]:4/",
        ] {
            assert!(is_loopback(&Url::parse(url).unwrap()), "{url}");
        }
        for url in [
            "http://128.0.0.1/",
            "https://api.example.no/",
            "http://localhost.example.no/",
            "http://[::2]/",
        ] {
            assert!(!is_loopback(&Url::parse(url).unwrap()), "{url}");
        }
    }

    #[test]
    fn a_root_certificate_that_is_none_is_said_so() {
        let options = TransportOptions {
            root_certificates: vec![
                b"-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n".to_vec(),
            ],
            ..TransportOptions::default()
        };
        let clients = Clients::new(options).unwrap();
        let error = clients
            .of(&Url::parse("https://api.example.no/").unwrap())
            .unwrap_err();
        assert!(error.message.contains("not PEM"), "{error}");
    }
}
