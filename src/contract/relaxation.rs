//! Elements the schema leaves loose, because the service answers 422 with a condition where a form error is 400.

use crate::source::Place;

/// One `x-utlegg-relaxed-for` of a contract.
#[derive(Debug, Clone)]
pub struct Relaxation {
    /// Pointer to the loose element, such as `#/components/schemas/Vedlegg/properties/uuid`.
    pub pointer: String,
    /// The conditions that judge it instead.
    pub codes: Vec<String>,
    /// Where the contract says so.
    pub place: Place,
}
