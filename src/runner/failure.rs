//! Why a step could not be judged.

use crate::auth::AuthError;
use crate::source::{Diagnostic, Place};
use crate::template::EvaluationError;

/// Why a step could not be judged: a matter of the scenario, the settings or the network, never of conformance.
#[derive(Debug, Clone)]
pub(super) struct StepError {
    diagnostic: Diagnostic,
}

impl StepError {
    /// An error without a place.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            diagnostic: Diagnostic::error(message),
        }
    }

    /// An error at a place of the scenario.
    pub(super) fn at(place: &Place, message: impl Into<String>) -> Self {
        Self {
            diagnostic: Diagnostic::error(message).at(place.clone()),
        }
    }

    /// Says where.
    pub(super) fn at_place(mut self, place: &Place) -> Self {
        self.diagnostic = self.diagnostic.at(place.clone());
        self
    }

    /// Says what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.help(help);
        self
    }
}

impl std::fmt::Display for StepError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl From<EvaluationError> for StepError {
    fn from(error: EvaluationError) -> Self {
        Self {
            diagnostic: error.into(),
        }
    }
}

impl From<AuthError> for StepError {
    fn from(error: AuthError) -> Self {
        Self::new(error.to_string())
    }
}
