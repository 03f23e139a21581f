//! The contracts that come with the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Contract, loader};
use crate::source::{Diagnostic, Diagnostics, SourceFile};

/// Model, file name and text; oldest model first.
const CONTRACTS: [(&str, &str, &str); 2] = [
    ("v1", "contracts/v1.yaml", include_str!("../../contracts/v1.yaml")),
    ("v2", "contracts/v2.yaml", include_str!("../../contracts/v2.yaml")),
];

const MODELS: [&str; 2] = [CONTRACTS[0].0, CONTRACTS[1].0];

impl Contract {
    /// The contract of a model that comes with the program.
    ///
    /// It is read each time: share the result.
    ///
    /// # Errors
    /// A diagnostic that suggests a model when there is none of this name.
    pub fn builtin(model: &str) -> Result<Arc<Self>, Diagnostics> {
        let Some((_, name, text)) = CONTRACTS.iter().find(|(known, ..)| *known == model) else {
            let unknown = Diagnostic::error(format!("there is no built-in contract for model `{model}`"))
                .note(format!("built in: {}", MODELS.join(", ")))
                .help("name one of these, or give contract files of your own");
            return Err(unknown.suggest(model, MODELS).into());
        };
        let files = [SourceFile::new(*name, *text)];
        loader::load(&files, &BTreeMap::new(), None, false).map(Arc::new)
    }

    /// The models with a built-in contract, oldest first.
    pub fn builtin_models() -> &'static [&'static str] {
        &MODELS
    }
}

/// The contract of the newest model.
pub(super) fn newest() -> Result<Arc<Contract>, Diagnostics> {
    Contract::builtin(MODELS[MODELS.len() - 1])
}

/// Every logical name in the built-in contracts, read off the lines so that no document need be parsed for it.
pub(super) fn operation_names() -> Vec<&'static str> {
    let lines = CONTRACTS.iter().flat_map(|(_, _, text)| text.lines());
    let mut names: Vec<_> = lines
        .filter_map(|line| line.trim().strip_prefix("x-utlegg-operation: "))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
