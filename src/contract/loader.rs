//! Takes one or more documents together into a contract.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::document::{Document, member};
use super::naming::Naming;
use super::operation_reader::Reader;
use super::words::Words;
use super::{
    CodeEntry, Contract, Operation, Provenance, Relaxation, Unreachable, code_reader, unreachable, words,
};
use crate::source::{Diagnostic, Diagnostics, Node, SourceFile};

/// Reads the documents; `model` is theirs where they do not name it; `may_fall_back` lets what they do not say come from the built-in contracts.
pub(super) fn load(
    files: &[Arc<SourceFile>],
    operation_names: &BTreeMap<String, String>,
    model: Option<&str>,
    may_fall_back: bool,
) -> Result<Contract, Diagnostics> {
    if files.is_empty() {
        return Err(Diagnostic::error("no contract file was given").into());
    }
    let documents = parse_all(files)?;
    let naming = Naming::new(operation_names, may_fall_back);
    let model = model_of(&documents, model)?;
    let operations = operations(&documents, &naming)?;
    let codes = codes(&documents, &model, &operations, &naming)?;
    let unreachable = unreachable_ones(&documents, &operations, &codes, &naming)?;
    let contract = Contract {
        words: all_words(&documents, &model, &naming)?,
        unreachable,
        relaxations: documents.iter().flat_map(relaxations).collect(),
        files: files.to_vec(),
        operations,
        codes,
        model,
    };
    naming.check(&contract)?;
    Ok(contract)
}

/// Compiles every schema now, so that a broken one is found before anything runs.
pub(super) fn compile_all(contract: &Contract) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for diagnostic in contract
        .operations()
        .flat_map(Operation::schemas)
        .filter_map(|schema| schema.broken())
    {
        // Operations share schemas: each broken one is told once.
        if found.0.iter().all(|told| told.message != diagnostic.message) {
            found.push(diagnostic);
        }
    }
    if found.has_errors() { Err(found) } else { Ok(()) }
}

fn parse_all(files: &[Arc<SourceFile>]) -> Result<Vec<Arc<Document>>, Diagnostics> {
    let mut documents = Vec::new();
    let mut found = Diagnostics::default();
    for file in files {
        match Document::parse(file) {
            Ok(document) => {
                check_marks(&document.root, &mut found);
                documents.push(Arc::new(document));
            }
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    if found.has_errors() {
        Err(found)
    } else {
        Ok(documents)
    }
}

fn check_marks(node: &Node, found: &mut Diagnostics) {
    for item in node.items() {
        check_marks(item, found);
    }
    for entry in node.entries() {
        if entry.key == "x-provenance" && entry.value.as_str().and_then(Provenance::parse).is_none() {
            let written = entry.value.raw();
            let unknown = Diagnostic::error(format!("`{written}` is no provenance")).at(entry.value.place());
            found.push(
                unknown
                    .help("write `documented` or `reconstructed`")
                    .suggest(written, Provenance::NAMES),
            );
        }
        check_marks(&entry.value, found);
    }
}

/// The model the documents agree on: `x-utlegg-model`, else what is known from elsewhere, else the version at the end of a server's URL, else the major
/// version of the document.
fn model_of(documents: &[Arc<Document>], known: Option<&str>) -> Result<String, Diagnostic> {
    let mut named = documents
        .iter()
        .filter_map(|document| document.root.get("x-utlegg-model"));
    let Some(first) = named.next() else {
        return Ok(known.map_or_else(|| guessed_model(documents), str::to_owned));
    };
    let model = first.as_str().unwrap_or(first.raw());
    match named.find(|other| other.as_str() != first.as_str()) {
        None => Ok(model.to_owned()),
        Some(other) => Err(
            Diagnostic::error("the contract's documents are of different models")
                .at(other.place())
                .related(first.place(), "another one here")
                .help("give the documents of one model only"),
        ),
    }
}

fn guessed_model(documents: &[Arc<Document>]) -> String {
    let url = |document: &Arc<Document>| {
        let url = document.at("/servers/0/url")?.as_str()?.trim_end_matches('/');
        let last = url.rsplit('/').next()?;
        let digits = last.strip_prefix('v')?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| last.to_owned())
    };
    let version = |document: &Arc<Document>| {
        let major = document.at("/info/version")?.as_str()?.split('.').next()?;
        Some(format!("v{}", major.trim_start_matches('v')))
    };
    let guess = documents
        .iter()
        .find_map(url)
        .or_else(|| documents.iter().find_map(version));
    guess.unwrap_or_else(|| "unknown".to_owned())
}

fn operations(documents: &[Arc<Document>], naming: &Naming<'_>) -> Result<Vec<Operation>, Diagnostics> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut found = Diagnostics::default();
    for document in documents {
        match Reader::new(document, naming).read() {
            Ok(read) => operations.extend(read),
            Err(diagnostics) => found.extend(diagnostics),
        }
    }
    for (index, operation) in operations.iter().enumerate() {
        let same = |earlier: &&Operation| {
            earlier.name == operation.name
                || (earlier.path == operation.path && earlier.method == operation.method)
        };
        if let Some(earlier) = operations[..index].iter().find(same) {
            let name = &operation.name;
            found.push(
                Diagnostic::error(format!(
                    "operation `{name}` ({} {}) is declared twice",
                    operation.method, operation.path
                ))
                .at(operation.place.clone())
                .related(earlier.place.clone(), "first here")
                .help("each operation needs a logical name, a method and a path of its own"),
            );
        }
    }
    if found.has_errors() {
        Err(found)
    } else {
        Ok(operations)
    }
}

/// The codes of the documents; where none lists any, those of the built-in contract.
fn codes(
    documents: &[Arc<Document>],
    model: &str,
    operations: &[Operation],
    naming: &Naming<'_>,
) -> Result<Vec<CodeEntry>, Diagnostics> {
    let names: Vec<&str> = operations
        .iter()
        .map(|operation| operation.name.as_str())
        .collect();
    let mut codes = Vec::new();
    for document in documents {
        codes.extend(code_reader::read(&document.root, model, &names)?);
    }
    if codes.is_empty() {
        let source = closest_builtin(model, naming);
        codes.extend(source.iter().flat_map(|builtin| builtin.codes.iter().cloned()));
    }
    Ok(codes)
}

/// The built-in contract of this model, else the newest; nothing for a built-in one itself.
fn closest_builtin(model: &str, naming: &Naming<'_>) -> Option<Arc<Contract>> {
    let newest = naming.builtin()?;
    let same = (newest.model != model)
        .then(|| Contract::builtin(model).ok())
        .flatten();
    Some(same.unwrap_or_else(|| Arc::clone(newest)))
}

/// The words of the documents; those that they do not have are the built-in contract's.
fn all_words(documents: &[Arc<Document>], model: &str, naming: &Naming<'_>) -> Result<Words, Diagnostics> {
    let mut all = Words::default();
    for document in documents {
        all.fill(&words::read(&document.root)?);
    }
    if !all.is_complete()
        && let Some(builtin) = closest_builtin(model, naming)
    {
        all.fill(&builtin.words);
    }
    Ok(all)
}

/// What is unreachable by the documents; where none lists any code either, by the built-in contract.
fn unreachable_ones(
    documents: &[Arc<Document>],
    operations: &[Operation],
    codes: &[CodeEntry],
    naming: &Naming<'_>,
) -> Result<Vec<Unreachable>, Diagnostics> {
    let names: Vec<&str> = operations.iter().map(Operation::name).collect();
    let mut found = Vec::new();
    for document in documents {
        found.extend(unreachable::read(&document.root, &names, codes)?);
    }
    let silent = |document: &Arc<Document>| document.root.get("x-utlegg-codes").is_none();
    if found.is_empty() && documents.iter().all(silent) {
        let builtin = naming.builtin().into_iter();
        found.extend(builtin.flat_map(|builtin| builtin.unreachable.iter().cloned()));
    }
    Ok(found)
}

fn relaxations(document: &Arc<Document>) -> Vec<Relaxation> {
    let mut found = Vec::new();
    collect(&document.json, "", &mut |pointer, marked| {
        let codes = match marked {
            Value::Array(items) => items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            single => single.as_str().map(str::to_owned).into_iter().collect(),
        };
        found.push(Relaxation {
            pointer: format!("#{pointer}"),
            codes,
            place: document.place(pointer),
        });
    });
    found
}

fn collect(value: &Value, pointer: &str, found: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(object) => {
            for (key, below) in object {
                if key == "x-utlegg-relaxed-for" {
                    found(pointer, below);
                } else {
                    collect(below, &member(pointer, key), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, below) in items.iter().enumerate() {
                collect(below, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}
