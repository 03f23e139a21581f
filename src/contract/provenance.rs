//! How sure we are of a fact in the contract.

use serde::{Deserialize, Serialize};

/// Where a fact of the contract comes from (`x-provenance`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// Published by the administration.
    #[default]
    Documented,
    /// Needed to build, published nowhere we could read: ours until the official document replaces it.
    Reconstructed,
}

impl Provenance {
    /// The spelling in the contract files.
    pub(super) const NAMES: [&'static str; 2] = ["documented", "reconstructed"];

    /// Reads the spelling of the contract files.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "documented" => Some(Self::Documented),
            "reconstructed" => Some(Self::Reconstructed),
            _ => None,
        }
    }
}
