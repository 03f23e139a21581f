//! The API as data: OpenAPI documents read into operations, parameters, schemas and codes, with where each fact
//! comes from, and requests and answers held against them.
//!
//! Nothing here knows a path, a status or a field of the service: all of that stands in `contracts/`.

mod body;
mod builtin;
mod code;
mod code_reader;
mod document;
mod loader;
mod media_type;
mod merged;
mod naming;
mod operation;
mod operation_reader;
mod parameter;
mod provenance;
mod references;
mod relaxation;
mod route;
mod schema;
mod shape;
mod text_rule;
mod unknown_fields;
mod unreachable;
mod upgrade;
mod violation;
mod wording;
mod words;

pub use body::ResponseFindings;
pub use code::{Certainty, CodeEntry, CodeKind, Knowledge};
pub use merged::Contract;
pub use operation::{Operation, percent_encoded};
pub use parameter::{Location, MissingParameters, Parameter};
pub use provenance::Provenance;
pub use relaxation::Relaxation;
pub use route::Route;
pub use shape::{Shape, XmlHint};
pub use text_rule::TextRule;
pub use unreachable::Unreachable;
pub use violation::SchemaViolation;
pub use words::Vocabulary;
