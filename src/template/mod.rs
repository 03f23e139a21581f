//! `${…}`: expressions in the scenario language, parsed once, evaluated against a scope.

mod scope;
mod tree;

pub use scope::{EvaluationError, Scope};
pub use tree::{Template, TextTemplate};
