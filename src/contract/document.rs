//! One OpenAPI document: its text with places, and its content with every schema in JSON Schema 2020-12.

use std::sync::Arc;

use serde_json::Value;

use super::{Provenance, references, upgrade};
use crate::source::{Diagnostic, Diagnostics, MAX_BYTES, Node, Place, SourceFile, Span, parse_documents};

/// The longest chain of `$ref` that is followed.
const MAX_HOPS: usize = 32;

/// A parsed document.
#[derive(Debug)]
pub(super) struct Document {
    pub file: Arc<SourceFile>,
    pub root: Node,
    pub json: Value,
}

impl Document {
    /// Reads OpenAPI 3.0 or 3.1, YAML or JSON.
    ///
    /// # Errors
    /// Diagnostics when it is something else, or when a `$ref` points nowhere.
    pub fn parse(file: &Arc<SourceFile>) -> Result<Self, Diagnostics> {
        let root = single_document(file)?;
        let version = openapi_version(&root)?;
        if root.get("paths").is_none() {
            return Err(
                Diagnostic::error("the contract has no `paths`, so it describes no operation")
                    .at(start_of(file))
                    .help("an OpenAPI document lists its operations under `paths`")
                    .into(),
            );
        }
        let mut json = root.to_json();
        if version.starts_with("3.0") {
            upgrade::to_2020_12(&mut json);
        }
        let document = Self {
            file: Arc::clone(file),
            root,
            json,
        };
        references::check(&document)?;
        Ok(document)
    }

    /// The content at an RFC 6901 pointer.
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        self.json.pointer(pointer)
    }

    /// Where the content at a pointer stands, or the nearest thing around it.
    pub fn place(&self, pointer: &str) -> Place {
        self.root.nearest(pointer).place()
    }

    /// The pointer behind any `$ref` at `pointer`; `None` when there is nothing there or the references go round.
    pub fn resolve(&self, pointer: &str) -> Option<String> {
        let mut pointer = pointer.to_owned();
        for _ in 0..MAX_HOPS {
            let value = self.at(&pointer)?;
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = references::target(reference)?,
                None => return Some(pointer),
            }
        }
        None
    }

    /// What `x-provenance` at exactly this pointer says.
    pub fn provenance(&self, pointer: &str) -> Option<Provenance> {
        Provenance::parse(self.at(pointer)?.get("x-provenance")?.as_str()?)
    }
}

/// The pointer of a member: `parent` with `key` escaped and appended.
pub(super) fn member(parent: &str, key: &str) -> String {
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The first byte of a file, for what is wrong with all of it.
pub(super) fn start_of(file: &Arc<SourceFile>) -> Place {
    let first_line = file.text().lines().next().map_or(0, str::len);
    Place::new(file, Span::new(0, first_line.min(80)))
}

fn single_document(file: &Arc<SourceFile>) -> Result<Node, Diagnostic> {
    let text = file.text().trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return Err(
            Diagnostic::error("the contract is HTML or XML, not an OpenAPI document")
                .at(start_of(file))
                .help("download the document itself as YAML or JSON, not the page that shows it"),
        );
    }
    if file.text().len() as u64 > MAX_BYTES {
        let size = file.text().len();
        return Err(Diagnostic::error(format!(
            "the contract has {size} bytes; documents above {MAX_BYTES} are not read"
        ))
        .at(start_of(file)));
    }
    let mut documents = parse_documents(file)?;
    match (documents.pop(), documents.pop()) {
        (Some(root), None) => Ok(root),
        (None, _) => Err(Diagnostic::error("the contract is empty").at(start_of(file))),
        (Some(extra), Some(_)) => Err(
            Diagnostic::error("a contract file holds one document, this one more")
                .at(extra.place())
                .help("give each OpenAPI document a file of its own"),
        ),
    }
}

fn openapi_version(root: &Node) -> Result<String, Diagnostic> {
    let help = "contracts are OpenAPI 3.0 or 3.1, in YAML or JSON";
    if let Some(entry) = root.entry("swagger") {
        return Err(Diagnostic::error("the contract is Swagger 2, which is not read")
            .at(entry.value.place())
            .help(help));
    }
    let Some(node) = root.get("openapi") else {
        return Err(
            Diagnostic::error("the contract is not OpenAPI: it has no `openapi` version")
                .at(start_of(&root.file))
                .help(help),
        );
    };
    let version = node.as_str().unwrap_or(node.raw()).to_owned();
    if version.starts_with("3.0") || version.starts_with("3.1") {
        return Ok(version);
    }
    Err(
        Diagnostic::error(format!("OpenAPI version `{version}` is not read"))
            .at(node.place())
            .help(help),
    )
}
