//! Gives names in a template another meaning after it was parsed: how a group's names are kept apart from its caller's.

use std::sync::Arc;

use super::Template;
use super::expression::{Expression, Interpolation, Kind};
use super::text::Segment;
use super::tree::Part;
use crate::source::{Place, Span};

/// What a variable is to stand for.
#[derive(Debug, Clone)]
pub enum Binding {
    /// Another variable.
    Variable(String),
    /// A value with expressions of its own.
    Value(Template),
}

/// Says what a variable, or the field of one, is to stand for where it is used at a place; `None` leaves it as it is.
type Binder<'a> = dyn FnMut(&str, Option<&str>, &Place) -> Option<Binding> + 'a;

/// The same within one file.
type SpanBinder<'a> = dyn FnMut(&str, Option<&str>, Span) -> Option<Binding> + 'a;

impl Template {
    /// The same template with its variables bound. What a variable is bound to is taken as it is.
    #[must_use]
    pub fn bind(&self, binder: &mut Binder<'_>) -> Self {
        if self.constant().is_some() {
            return self.clone();
        }
        Self::from_part(self.part().bind(binder), self.place().clone())
    }
}

impl Part {
    fn bind(&self, binder: &mut Binder<'_>) -> Self {
        match self {
            Self::Constant(_) => self.clone(),
            Self::Expression(inner) => {
                let bound = inner.bind(binder);
                match bound.root.kind {
                    Kind::Bound(part) => Arc::unwrap_or_clone(part),
                    _ => Self::Expression(bound),
                }
            }
            Self::Text(segments) => Self::Text(
                segments
                    .iter()
                    .map(|segment| match segment {
                        Segment::Literal(_) => segment.clone(),
                        Segment::Expression(inner) => Segment::Expression(inner.bind(binder)),
                    })
                    .collect(),
            ),
            Self::List(items) => Self::List(items.iter().map(|item| item.bind(binder)).collect()),
            Self::Map(fields) => Self::Map(
                fields
                    .iter()
                    .map(|(key, part)| (key.clone(), part.bind(binder)))
                    .collect(),
            ),
        }
    }
}

impl Interpolation {
    fn bind(&self, binder: &mut Binder<'_>) -> Self {
        let mut bound = self.clone();
        let file = Arc::clone(&self.file);
        bound
            .root
            .bind(&mut |name, field, span| binder(name, field, &Place::new(&file, span)));
        bound
    }
}

impl Expression {
    fn bind(&mut self, binder: &mut SpanBinder<'_>) {
        if let Some((name, field)) = self.reference()
            && let Some(binding) = binder(name, field, self.span)
        {
            self.kind = match binding {
                Binding::Variable(other) => Kind::Variable(other),
                Binding::Value(template) => Kind::Bound(Arc::new(template.part().clone())),
            };
            return;
        }
        match &mut self.kind {
            Kind::Literal(_) | Kind::Bound(_) | Kind::Variable(_) => {}
            Kind::Field(base, _) | Kind::Negate(base) => base.bind(binder),
            Kind::Index(left, right) | Kind::Binary(_, left, right) => {
                left.bind(binder);
                right.bind(binder);
            }
            Kind::Call(_, arguments) => {
                for argument in arguments {
                    argument.bind(binder);
                }
            }
        }
    }
}
