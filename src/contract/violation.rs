//! A value that breaks a schema.

use serde::{Deserialize, Serialize};

use super::Provenance;
use crate::source::Position;

/// One disagreement between a value and the contract, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaViolation {
    /// RFC 6901 pointer to the value, empty for the whole body.
    pub pointer: String,
    /// The value and the rule it breaks, in English.
    pub message: String,
    /// Pointer to the rule in its contract file, such as `#/components/schemas/Krav/required`.
    pub schema: String,
    /// Where the rule stands.
    pub place: Position,
    /// Whether the rule is documented or reconstructed.
    pub provenance: Provenance,
}
