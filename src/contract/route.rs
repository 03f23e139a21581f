//! Finds the operation that a method and a path mean.

use std::collections::BTreeMap;

use http::Method;
use percent_encoding::percent_decode_str;

use super::operation::parameter_of;
use super::{Contract, Operation};

/// What a method and a path below the base URL lead to.
#[derive(Debug)]
pub enum Route<'a> {
    /// An operation, with the values of its path parameters, decoded.
    Found {
        /// The operation.
        operation: &'a Operation,
        /// Its path parameters by name.
        parameters: BTreeMap<String, String>,
    },
    /// The path is known, but not with this method.
    WrongMethod,
    /// No operation has this path.
    NotFound,
}

impl Contract {
    /// Finds the operation for a method and a path relative to the base URL; an empty path is `/`.
    ///
    /// As OpenAPI demands, a literal segment wins over a parameter, decided from the left.
    pub fn route(&self, method: &Method, path: &str) -> Route<'_> {
        let wanted = segments(path);
        let matching = |operation: &Operation| fits(&operation.path, &wanted);
        let mut best: Option<Vec<bool>> = None;
        for operation in self.operations() {
            if let Some(literal) = matching(operation) {
                best = best.max(Some(literal));
            }
        }
        let Some(best) = best else { return Route::NotFound };
        let found = self
            .operations()
            .find(|operation| operation.method == *method && matching(operation).as_ref() == Some(&best));
        match found {
            Some(operation) => Route::Found {
                operation,
                parameters: parameters(&operation.path, &wanted),
            },
            None => Route::WrongMethod,
        }
    }
}

fn segments(path: &str) -> Vec<&str> {
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

/// For each segment whether the template has it literally; `None` when the path does not fit the template.
fn fits(template: &str, wanted: &[&str]) -> Option<Vec<bool>> {
    let template = segments(template);
    if template.len() != wanted.len() {
        return None;
    }
    template
        .iter()
        .zip(wanted)
        .map(|(template, wanted)| match parameter_of(template) {
            Some(_) if wanted.is_empty() => None,
            Some(_) => Some(false),
            None => (decoded(wanted) == *template).then_some(true),
        })
        .collect()
}

fn parameters(template: &str, wanted: &[&str]) -> BTreeMap<String, String> {
    segments(template)
        .iter()
        .zip(wanted)
        .filter_map(|(template, wanted)| Some((parameter_of(template)?.to_owned(), decoded(wanted))))
        .collect()
}

fn decoded(segment: &str) -> String {
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}
