//! What makes a certificate trusted: the system's roots and those of the settings, read when first needed.

use std::sync::{Arc, OnceLock};

use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;

use crate::http::{TransportError, failure};

/// The configuration of TLS, made when the first HTTPS URL is called: reading the system's roots takes tens of
/// milliseconds, and fails on a machine that has none.
pub(super) struct Tls {
    /// Each a PEM file's content.
    roots: Vec<Vec<u8>>,
    config: OnceLock<Result<Arc<ClientConfig>, TransportError>>,
}

impl Tls {
    /// Trusts `roots`, each a PEM file's content, besides the system's.
    pub(super) fn new(roots: Vec<Vec<u8>>) -> Self {
        Self {
            roots,
            config: OnceLock::new(),
        }
    }

    /// What establishes TLS.
    ///
    /// # Errors
    /// When there are no root certificates, or one of the settings is none.
    pub(super) fn connector(&self) -> Result<TlsConnector, TransportError> {
        let config = self.config.get_or_init(|| self.build());
        config
            .as_ref()
            .map(|config| TlsConnector::from(Arc::clone(config)))
            .map_err(Clone::clone)
    }

    fn build(&self) -> Result<Arc<ClientConfig>, TransportError> {
        let provider =
            CryptoProvider::get_default().map_or_else(|| Arc::new(aws_lc_rs::default_provider()), Arc::clone);
        let unusable = |error: rustls::Error| failure::no_client(&error.to_string());
        let roots = self.certificates()?;
        let verifier = if roots.is_empty() {
            Verifier::new(Arc::clone(&provider))
        } else {
            Verifier::new_with_extra_roots(roots, Arc::clone(&provider))
        };
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier.map_err(unusable)?))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }

    fn certificates(&self) -> Result<Vec<CertificateDer<'static>>, TransportError> {
        self.roots
            .iter()
            .flat_map(|pem| CertificateDer::pem_slice_iter(pem))
            .map(|certificate| certificate.map_err(|error| failure::bad_root(&error.to_string())))
            .collect()
    }
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tls")
            .field("roots", &self.roots.len())
            .finish_non_exhaustive()
    }
}
