//! Settings: flag over environment variable over `utlegg.yaml` over default, resolved once, each value with its origin.

mod agreement;
mod environment;
mod fields;
mod file;
mod host;
mod origin;

pub use agreement::LoadAgreement;
pub use environment::{ClientSettings, EnvironmentSettings, IdentitySettings, PasswordSource};
pub use file::{GuardException, Settings, VARIABLE_PREFIX, find, load};
pub use origin::{Origin, Setting};

#[cfg(test)]
mod tests;
