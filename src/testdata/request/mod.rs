//! Whole requests (utleggsbegjæringer) drawn from a seed, free of violations by construction: amounts add up, interest
//! is right to the øre, every claim belongs to one ground, every attachment has a uuid.
//!
//! A request is drawn once and then spelled as its model wants it, so that a seed gives the same case in every model.

mod calendar;
mod claim;
mod compose;
mod document;
mod draw;
mod ground;
mod group;
mod model;
mod order;
mod parties;

pub use compose::{complex, simple};
pub use ground::GroundKind;
pub use model::{Model, UnknownModel};
pub use order::{ATTACHMENT_TYPES, DateNotCovered, Order};
pub use parties::Parties;
