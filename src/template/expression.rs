//! The syntax tree of one expression.

use std::sync::Arc;

use serde_json::Value;

use super::tree::Part;
use crate::source::{Place, SourceFile, Span};

/// An expression with the file its spans lie in.
#[derive(Debug, Clone)]
pub(super) struct Interpolation {
    pub file: Arc<SourceFile>,
    pub root: Expression,
}

/// A node of the tree and the bytes it was written in.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    pub kind: Kind,
    pub span: Span,
}

/// What a node computes.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    Literal(Value),
    Variable(String),
    Field(Box<Expression>, String),
    Index(Box<Expression>, Box<Expression>),
    Call(String, Vec<Expression>),
    Negate(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// What a name was bound to after parsing.
    Bound(Arc<Part>),
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// A use of a variable within a template.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The variable.
    pub name: String,
    /// Its field, where one is named right after it (`case.amount`).
    pub field: Option<String>,
    /// Where it is written.
    pub place: Place,
    /// Whether it stands in the first argument of `default`, so that it may be missing.
    pub optional: bool,
}

impl Interpolation {
    /// Adds every variable it uses.
    pub fn collect(&self, found: &mut Vec<Reference>) {
        self.root.collect(&self.file, false, found);
    }
}

impl Expression {
    /// The name and, for `name.field` and `name["field"]`, the field.
    pub fn reference(&self) -> Option<(&str, Option<&str>)> {
        match &self.kind {
            Kind::Variable(name) => Some((name, None)),
            Kind::Field(base, field) => base.variable().map(|name| (name, Some(field.as_str()))),
            Kind::Index(base, index) => match &index.kind {
                Kind::Literal(Value::String(field)) => {
                    base.variable().map(|name| (name, Some(field.as_str())))
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn variable(&self) -> Option<&str> {
        match &self.kind {
            Kind::Variable(name) => Some(name),
            _ => None,
        }
    }

    fn collect(&self, file: &Arc<SourceFile>, optional: bool, found: &mut Vec<Reference>) {
        if let Some((name, field)) = self.reference() {
            found.push(Reference {
                name: name.to_owned(),
                field: field.map(str::to_owned),
                place: Place::new(file, self.span),
                optional,
            });
            return;
        }
        match &self.kind {
            Kind::Literal(_) | Kind::Variable(_) => {}
            Kind::Field(base, _) | Kind::Negate(base) => base.collect(file, optional, found),
            Kind::Index(base, index) => {
                base.collect(file, optional, found);
                index.collect(file, optional, found);
            }
            Kind::Call(name, arguments) => {
                for (i, argument) in arguments.iter().enumerate() {
                    argument.collect(file, optional || (name == "default" && i == 0), found);
                }
            }
            Kind::Binary(_, left, right) => {
                left.collect(file, optional, found);
                right.collect(file, optional, found);
            }
            Kind::Bound(part) => part.collect(found),
        }
    }
}
