//! The Maskinporten stand-in: metadata, keys, the JWT grant, and access tokens as the real one shapes them.
//!
//! Facts from `protocols.md` §1 (Digdir's documentation). Where no number of an error is documented the text is ours.

mod claims;
mod error;
mod grant;
mod issuer;
mod key;
mod replay;
mod routes;

pub use claims::AccessClaims;
pub use grant::is_synthetic_organisation;
pub use issuer::{Flaw, Grant, Maskinporten};
pub use key::{KeyError, Keys};
pub(super) use routes::routes;
