//! How binding a scenario is.

use serde::{Deserialize, Serialize};

/// How binding a scenario is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obligation {
    /// A failure is non-conformance.
    #[default]
    Must,
    /// A failure is a warning.
    Should,
    /// A failure is a warning.
    May,
}
