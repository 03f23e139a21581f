//! Computes the value of an expression. Variables and their fields are borrowed, not copied.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

use super::expression::{Expression, Interpolation, Kind};
use super::function::{self, Body};
use super::{EvaluationError, Scope, arithmetic};
use crate::source::{Place, SourceFile, closest};

type Evaluated<'a> = Result<Cow<'a, Value>, EvaluationError>;

impl Interpolation {
    /// Its value.
    pub fn evaluate<'a>(&'a self, scope: &'a dyn Scope) -> Evaluated<'a> {
        Evaluator {
            file: &self.file,
            scope,
        }
        .value(&self.root)
    }

    /// An error at the whole expression.
    pub fn fail(&self, message: String) -> EvaluationError {
        EvaluationError {
            message,
            place: Place::new(&self.file, self.root.span),
            help: None,
        }
    }
}

struct Evaluator<'a> {
    file: &'a Arc<SourceFile>,
    scope: &'a dyn Scope,
}

impl<'a> Evaluator<'a> {
    fn value(&self, expression: &'a Expression) -> Evaluated<'a> {
        match &expression.kind {
            Kind::Literal(value) => Ok(Cow::Borrowed(value)),
            Kind::Variable(name) => self
                .scope
                .variable(name)
                .ok_or_else(|| self.undefined(name, expression)),
            Kind::Field(base, field) => self.field(self.value(base)?, field, expression),
            Kind::Index(base, index) => self.index(base, index, expression),
            Kind::Call(name, arguments) => self.call(name, arguments, expression),
            Kind::Negate(operand) => {
                let value = self.value(operand)?;
                let negated = arithmetic::decimal(&value).and_then(|n| arithmetic::to_number(-n));
                negated.map(|n| Cow::Owned(Value::Number(n))).ok_or_else(|| {
                    self.fail(
                        expression,
                        format!("`-` needs a number, not {}", arithmetic::kind(&value)),
                    )
                })
            }
            Kind::Binary(operator, left, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let result = arithmetic::apply(*operator, &left, &right);
                result
                    .map(Cow::Owned)
                    .map_err(|message| self.fail(expression, message))
            }
            Kind::Bound(part) => part.evaluate(self.scope).map(Cow::Owned),
        }
    }

    fn field(&self, base: Cow<'a, Value>, field: &str, expression: &Expression) -> Evaluated<'a> {
        match base {
            Cow::Borrowed(Value::Object(fields)) if fields.contains_key(field) => {
                Ok(Cow::Borrowed(&fields[field]))
            }
            Cow::Owned(Value::Object(mut fields)) if fields.contains_key(field) => {
                Ok(Cow::Owned(fields.swap_remove(field).unwrap_or_default()))
            }
            other => Err(self.no_field(&other, field, expression)),
        }
    }

    fn index(&self, base: &'a Expression, index: &'a Expression, expression: &Expression) -> Evaluated<'a> {
        let (value, index) = (self.value(base)?, self.value(index)?);
        match index.as_ref() {
            Value::String(field) => self.field(value, field, expression),
            Value::Number(number) => self.element(value, number, expression),
            other => {
                let message = format!("`[…]` needs a number or text, not {}", arithmetic::kind(other));
                Err(self.fail(expression, message))
            }
        }
    }

    fn element(
        &self,
        list: Cow<'a, Value>,
        at: &serde_json::Number,
        expression: &Expression,
    ) -> Evaluated<'a> {
        let Value::Array(items) = list.as_ref() else {
            let message = format!("`[{at}]` needs a list, not {}", arithmetic::kind(&list));
            return Err(self.fail(expression, message));
        };
        let count = items.len();
        let position = at.as_i64().and_then(|at| {
            let at = usize::try_from(at)
                .ok()
                .or_else(|| count.checked_sub(usize::try_from(-at).ok()?))?;
            (at < count).then_some(at)
        });
        match (position, list) {
            (Some(at), Cow::Borrowed(Value::Array(items))) => Ok(Cow::Borrowed(&items[at])),
            (Some(at), Cow::Owned(Value::Array(mut items))) => Ok(Cow::Owned(items.swap_remove(at))),
            _ => Err(self.fail(
                expression,
                format!("the list has no element {at}; it has {count}"),
            )),
        }
    }

    fn call(&self, name: &str, arguments: &'a [Expression], expression: &Expression) -> Evaluated<'a> {
        let known = function::find(name);
        if let (Some(Body::Default), [wanted, fallback]) = (known.map(|function| &function.body), arguments) {
            return match self.value(wanted) {
                Ok(value) if !value.is_null() => Ok(value),
                _ => self.value(fallback),
            };
        }
        let values: Result<Vec<Value>, _> = arguments
            .iter()
            .map(|argument| self.value(argument).map(Cow::into_owned))
            .collect();
        let values = values?;
        let result = match known.map(|function| &function.body) {
            Some(Body::Pure(function)) => Some(function(&values)),
            _ => self.scope.function(name, &values),
        };
        match result {
            Some(Ok(value)) => Ok(Cow::Owned(value)),
            Some(Err(message)) => Err(self.fail(expression, format!("`{name}`: {message}"))),
            None => Err(self.fail(expression, format!("`{name}` cannot be called here"))),
        }
    }

    fn undefined(&self, name: &str, expression: &Expression) -> EvaluationError {
        let names = self.scope.names();
        let mut error = self.fail(expression, format!("variable `{name}` is not defined"));
        error.help = Some(match closest(name, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("defined here: {}", names.join(", ")),
        });
        error
    }

    fn no_field(&self, base: &Value, field: &str, expression: &Expression) -> EvaluationError {
        let Value::Object(fields) = base else {
            let message = format!("no field `{field}`: the value is {}", arithmetic::kind(base));
            return self.fail(expression, message);
        };
        let mut error = self.fail(expression, format!("no field `{field}`"));
        let names: Vec<&str> = fields.keys().map(String::as_str).take(30).collect();
        error.help = Some(match closest(field, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fields are {}", names.join(", ")),
        });
        error
    }

    fn fail(&self, expression: &Expression, message: String) -> EvaluationError {
        EvaluationError {
            message,
            place: Place::new(self.file, expression.span),
            help: None,
        }
    }
}
