//! Gives each operation its logical name: from the document, from the user's map, or as the built-in contract has it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use http::Method;

use super::{Contract, builtin};
use crate::source::{Diagnostic, Diagnostics, closest};

/// What is known of names before the documents are read.
pub(super) struct Naming<'a> {
    /// operationId or `METHOD /path` → logical name, from the settings.
    names: &'a BTreeMap<String, String>,
    /// The built-in contract, loaded when the first operation has no name of its own.
    fallback: OnceCell<Option<Arc<Contract>>>,
    /// Built-in contracts name everything themselves.
    may_fall_back: bool,
}

/// What an operation goes by in its document.
pub(super) struct Declared<'a> {
    pub method: &'a Method,
    pub path: &'a str,
    pub operation_id: Option<&'a str>,
}

impl<'a> Naming<'a> {
    pub fn new(names: &'a BTreeMap<String, String>, may_fall_back: bool) -> Self {
        Self {
            names,
            fallback: OnceCell::new(),
            may_fall_back,
        }
    }

    /// The logical name where the document itself gives none: the user's, the built-in contract's for the same
    /// operationId or the same method and path, else what the document calls it.
    pub fn name(&self, declared: &Declared<'_>) -> String {
        let key = declared.key();
        let by_user = declared
            .operation_id
            .and_then(|id| self.names.get(id))
            .or_else(|| self.names.get(&key));
        by_user
            .cloned()
            .or_else(|| self.builtin()?.name_like(declared))
            .unwrap_or_else(|| declared.operation_id.map_or(key, str::to_owned))
    }

    /// Which API an operation belongs to where the document does not say.
    pub fn api(&self, name: &str) -> Option<String> {
        Some(self.builtin()?.operation(name)?.api().to_owned())
    }

    /// The newest built-in contract, for what a foreign document cannot say.
    pub fn builtin(&self) -> Option<&Arc<Contract>> {
        if !self.may_fall_back {
            return None;
        }
        self.fallback.get_or_init(|| builtin::newest().ok()).as_ref()
    }

    /// Entries of the user's map that fit no operation, and names that look like a slip of a known one.
    pub fn check(&self, contract: &Contract) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::default();
        let keys: BTreeSet<String> = contract
            .operations()
            .flat_map(|operation| {
                let key = format!("{} {}", operation.method, operation.path);
                operation.published_id.clone().into_iter().chain([key])
            })
            .collect();
        for (key, name) in self.names {
            if !keys.contains(key) {
                let unknown = format!("the operation map names `{key}`, which the contract does not declare");
                found.push(Diagnostic::error(unknown).suggest(key, keys.iter().map(String::as_str)));
            }
            found.0.extend(slip(name).map(|known| {
                Diagnostic::error(format!(
                    "the operation map gives `{key}` the unknown logical name `{name}`"
                ))
                .help(format!("did you mean `{known}`?"))
            }));
        }
        if found.has_errors() { Err(found) } else { Ok(()) }
    }
}

impl Declared<'_> {
    /// `METHOD /path`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Contract {
    fn name_like(&self, declared: &Declared<'_>) -> Option<String> {
        self.operations()
            .find(
                |operation| match (operation.operation_id(), declared.operation_id) {
                    (Some(ours), Some(theirs)) => ours == theirs,
                    _ => operation.path == declared.path && operation.method == *declared.method,
                },
            )
            .map(|operation| operation.name.clone())
    }
}

/// The built-in logical name that `name` was probably meant to be; `None` for a known or an altogether new name.
pub(super) fn slip(name: &str) -> Option<&'static str> {
    let known = builtin::operation_names();
    if known.contains(&name) {
        return None;
    }
    closest(name, known)
}
