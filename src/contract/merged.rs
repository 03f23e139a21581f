//! The contract as a whole: one to four documents taken together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words::Words;
use super::{CodeEntry, Operation, Relaxation, Unreachable, loader};
use crate::source::{Diagnostics, SourceFile};

/// Everything known about one version of the service.
#[derive(Debug)]
pub struct Contract {
    pub(super) model: String,
    pub(super) files: Vec<Arc<SourceFile>>,
    pub(super) operations: Vec<Operation>,
    pub(super) codes: Vec<CodeEntry>,
    pub(super) unreachable: Vec<Unreachable>,
    pub(super) relaxations: Vec<Relaxation>,
    pub(super) words: Words,
}

impl Contract {
    /// Reads documents a user named and takes them together; the administration publishes four.
    ///
    /// `operation_names` maps an operationId or `METHOD /path` to a logical name, for documents without our
    /// extensions. What such documents cannot say (logical names, codes) is taken from the built-in contracts.
    ///
    /// # Errors
    /// Diagnostics with their places: not OpenAPI, a `$ref` that leads nowhere, an operation declared twice, a
    /// schema that cannot be compiled, a name that fits nothing.
    pub fn load(
        files: &[Arc<SourceFile>],
        operation_names: &BTreeMap<String, String>,
    ) -> Result<Self, Diagnostics> {
        Self::load_as(files, operation_names, None)
    }

    /// As [`Contract::load`], for an environment whose `model` is known: that is the model of documents that do not
    /// name theirs (`x-utlegg-model`), whatever version numbers they have.
    ///
    /// # Errors
    /// As for [`Contract::load`].
    pub fn load_as(
        files: &[Arc<SourceFile>],
        operation_names: &BTreeMap<String, String>,
        model: Option<&str>,
    ) -> Result<Self, Diagnostics> {
        let contract = loader::load(files, operation_names, model, true)?;
        loader::compile_all(&contract)?;
        Ok(contract)
    }

    /// The information model, such as `v2`.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The files it was read from.
    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }

    /// All operations, in the order of the documents.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The operation with this logical name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }

    /// What is known of a code, spelled exactly so (NFC).
    pub fn code(&self, code: &str) -> Option<&CodeEntry> {
        self.codes.iter().find(|entry| entry.code == code)
    }

    /// All codes, in the order of the documents.
    pub fn codes(&self) -> &[CodeEntry] {
        &self.codes
    }

    /// The elements that schemas leave loose because a condition judges them.
    pub fn relaxations(&self) -> &[Relaxation] {
        &self.relaxations
    }
}
