//! A schema of the contract, compiled when it is first needed and shared by everything that refers to it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::document::{Document, member};
use super::{Provenance, SchemaViolation, Shape, TextRule, references, unknown_fields, wording};
use crate::source::Diagnostic;

/// One schema in one document.
pub(super) struct Schema {
    document: Arc<Document>,
    pointer: String,
    compiled: OnceLock<Result<Validator, String>>,
}

impl Schema {
    /// The schema at `pointer`, which is not itself a `$ref`.
    pub fn new(document: &Arc<Document>, pointer: String) -> Self {
        Self {
            document: Arc::clone(document),
            pointer,
            compiled: OnceLock::new(),
        }
    }

    /// Pointer to it in its document.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Compiles it now.
    ///
    /// # Errors
    /// Why it is no schema, such as a pattern that is no regular expression.
    pub fn compile(&self) -> Result<&Validator, &str> {
        let compiled = self.compiled.get_or_init(|| self.build());
        compiled.as_ref().map_err(String::as_str)
    }

    /// What is wrong with the schema itself, if anything; compiles it.
    pub fn broken(&self) -> Option<Diagnostic> {
        let reason = self.compile().err()?;
        let broken = Diagnostic::error(format!("the schema `#{}` cannot be used: {reason}", self.pointer));
        Some(broken.at(self.document.place(&self.pointer)))
    }

    /// `type` when it is a single one.
    pub fn primitive_type(&self) -> Option<&str> {
        self.document.at(&self.pointer)?.get("type")?.as_str()
    }

    /// The structure it describes.
    pub fn shape(&self) -> Option<Shape<'_>> {
        let schema = self.document.at(&self.pointer)?;
        Some(Shape::of(&self.document.json, schema))
    }

    /// Everything in `body` that breaks the schema; `inherited` is the provenance where no mark says otherwise.
    pub fn violations(&self, body: &Value, inherited: Provenance) -> Vec<SchemaViolation> {
        match self.compile() {
            Ok(validator) if validator.is_valid(body) => Vec::new(),
            Ok(validator) => validator
                .iter_errors(body)
                .map(|error| self.violation(&error, inherited))
                .collect(),
            Err(reason) => vec![SchemaViolation {
                pointer: String::new(),
                message: format!("the contract's schema cannot be used: {reason}"),
                schema: format!("#{}", self.pointer),
                place: self.document.place(&self.pointer).position(),
                provenance: inherited,
            }],
        }
    }

    /// Pointers of the fields in `body` that the schema does not know.
    pub fn unknown_fields(&self, body: &Value) -> Vec<String> {
        unknown_fields::find(&self.document.json, &self.pointer, body)
    }

    /// The rules for the text at `tokens` below `body`; `None` where they hang on something else.
    pub fn text_rule(&self, body: &Value, tokens: &[String]) -> Option<TextRule> {
        TextRule::of(&self.document, &self.pointer, body, tokens)
    }

    fn build(&self) -> Result<Validator, String> {
        let mut root = self.document.json.clone();
        if let Value::Object(members) = &mut root {
            members.insert("$ref".to_owned(), references::reference(&self.pointer).into());
        }
        jsonschema::draft202012::options()
            .offline()
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| error.to_string())
    }

    fn violation(&self, error: &ValidationError<'_>, inherited: Provenance) -> SchemaViolation {
        let (rule, marked) = self.trace(error.evaluation_path().as_str());
        SchemaViolation {
            pointer: error.instance_path().as_str().to_owned(),
            message: wording::describe(error, self.document.at(&rule)),
            place: self.document.place(&rule).position(),
            schema: format!("#{rule}"),
            provenance: marked.unwrap_or(inherited),
        }
    }

    /// Follows an evaluation path through the document: the rule's pointer there, and the last mark on the way.
    fn trace(&self, evaluation_path: &str) -> (String, Option<Provenance>) {
        let mut at = String::new();
        let mut marked = None;
        for token in evaluation_path.split('/').skip(1) {
            at = match (token, at.is_empty()) {
                ("$ref", true) => self.pointer.clone(),
                ("$ref", false) => match self.document.resolve(&at) {
                    Some(target) => target,
                    None => member(&at, token),
                },
                _ => format!("{at}/{token}"),
            };
            marked = self.document.provenance(&at).or(marked);
        }
        (at, marked)
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({}#{})", self.document.file.name(), self.pointer)
    }
}
