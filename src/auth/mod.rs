//! Who a step acts as: Maskinporten grants, access tokens, and the one broker that fetches and keeps them.

mod broker;
mod grant;
mod identity;
mod key;
mod refusal;
mod token;

pub use broker::{Broker, ForgedTokens};
pub use grant::Client;
pub use identity::{BUILT_IN, Forgery, Identity};
pub use key::{
    CertificateFinding, CertificateInfo, KeyError, KeyMaterial, Severity, Shown, SigningAlgorithm, SigningKey,
};
pub use refusal::{Advice, Refusal};
pub use token::{AccessToken, AuthError};

#[cfg(test)]
mod tests;
