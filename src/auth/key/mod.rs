//! Private keys: read from whatever form a vendor keeps them in, and what a certificate beside them says.

mod certificate;
mod der;
mod jwk;
mod material;
mod pem_file;
mod pkcs12;
mod signing;
#[cfg(test)]
mod tests;

pub use certificate::{CertificateFinding, CertificateInfo, Severity};
pub use material::{KeyError, KeyMaterial};
pub use signing::{Shown, SigningAlgorithm, SigningKey};
