//! Where a template's names come from.

use std::borrow::Cow;

use serde_json::Value;

use crate::source::{Diagnostic, Place};

/// The variables and functions a template may use.
pub trait Scope {
    /// The value of a variable; `None` when there is none of that name.
    fn variable(&self, name: &str) -> Option<Cow<'_, Value>>;

    /// Calls a function that is not pure, such as `today(-30)` or `uuid()`.
    ///
    /// # Errors
    /// `None` when there is no such function; `Some(Err)` in plain words when its arguments are wrong.
    fn function(&self, name: &str, arguments: &[Value]) -> Option<Result<Value, String>>;

    /// All variable names, for *did you mean*.
    fn names(&self) -> Vec<String>;
}

/// Why a template has no value: an unknown variable, a missing field, a wrong argument.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct EvaluationError {
    /// What is wrong.
    pub message: String,
    /// The expression's place.
    pub place: Place,
    /// What to do.
    pub help: Option<String>,
}

impl From<EvaluationError> for Diagnostic {
    fn from(error: EvaluationError) -> Self {
        let diagnostic = Diagnostic::error(error.message).at(error.place);
        match error.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
