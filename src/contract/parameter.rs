//! Parameters of an operation: in its path, its query or its headers.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Provenance;
use super::schema::Schema;

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// In the path template.
    Path,
    /// After the `?`.
    Query,
    /// As a request header.
    Header,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    pub(super) name: String,
    pub(super) location: Location,
    pub(super) required: bool,
    pub(super) provenance: Provenance,
    pub(super) schema: Option<Arc<Schema>>,
}

impl Parameter {
    /// Its name; header names compare without case.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is sent.
    pub fn location(&self) -> Location {
        self.location
    }

    /// Whether a request without it is wrong.
    pub fn required(&self) -> bool {
        self.required
    }

    /// How sure we are of it.
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Whether `name` means this parameter.
    pub(super) fn is_called(&self, name: &str) -> bool {
        match self.location {
            Location::Header => self.name.eq_ignore_ascii_case(name),
            Location::Path | Location::Query => self.name == name,
        }
    }

    /// The text of the parameter as the type its schema asks for, so that `10` satisfies `type: integer`.
    pub(super) fn typed(&self, text: &str) -> Value {
        let number = || text.parse::<serde_json::Number>().ok().map(Value::Number);
        let typed = match self.schema.as_ref().and_then(|schema| schema.primitive_type()) {
            Some("integer" | "number") => number(),
            Some("boolean") => text.parse().ok().map(Value::Bool),
            _ => None,
        };
        typed.unwrap_or_else(|| Value::String(text.to_owned()))
    }
}

/// A path could not be built, since values for it were not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("operation `{operation}` ({template}) needs a value for {}", quoted(names))]
pub struct MissingParameters {
    /// Logical name of the operation.
    pub operation: String,
    /// Its path template.
    pub template: String,
    /// The path parameters without a value, or with an empty one.
    pub names: Vec<String>,
}

fn quoted(names: &[String]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
