//! Who a step acts as: Maskinporten grants, access tokens, and the one broker that fetches and keeps them.

mod broker;
mod grant;
mod identity;
mod token;

pub use broker::{Broker, ForgedTokens};
pub use grant::{Client, SigningKey};
pub use identity::{BUILT_IN, Forgery, Identity};
pub use token::{AccessToken, AuthError};

#[cfg(test)]
mod tests;
