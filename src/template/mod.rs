//! `${…}`: expressions in the scenario language, parsed once, evaluated against a scope.
//!
//! A string that is exactly one expression takes the type of its value; within longer text the value is written out.
//! `$${` stands for a literal `${`. Names that are not defined are errors, never empty text.

mod arithmetic;
mod binding;
mod evaluate;
mod expression;
mod function;
mod json;
mod parser;
mod placeholder;
mod pure;
mod scope;
mod text;
mod token;
mod tree;

pub use binding::Binding;
pub use expression::Reference;
pub use function::{Function, functions};
pub use placeholder::{Placeholder, is_name};
pub use scope::{EvaluationError, Scope};
pub use tree::{Template, TextTemplate};
