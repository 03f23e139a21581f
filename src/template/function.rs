//! The functions an expression may call: one table for the parser, the lint, the docs and the schema.

use serde_json::Value;

use super::pure;

/// A function that works on its arguments alone.
pub(super) type Pure = fn(&[Value]) -> Result<Value, String>;

/// One function.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// How it is written, optional arguments with `?`.
    pub signature: &'static str,
    /// What it gives.
    pub doc: &'static str,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) body: Body,
}

/// Who computes a function.
#[derive(Debug)]
pub(super) enum Body {
    /// This module.
    Pure(Pure),
    /// The evaluator, since the first argument may be missing.
    Default,
    /// The scope: clock, chance and the like.
    Scope,
}

impl Function {
    /// Whether it gives the same for the same arguments, without clock or chance.
    pub fn is_pure(&self) -> bool {
        !matches!(self.body, Body::Scope)
    }
}

/// All functions, by name.
pub fn functions() -> &'static [Function] {
    FUNCTIONS
}

/// The function called `name`.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

const fn pure(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    arguments: (usize, usize),
    body: Pure,
) -> Function {
    Function {
        name,
        signature,
        doc,
        least: arguments.0,
        most: arguments.1,
        body: Body::Pure(body),
    }
}

const fn scope(
    name: &'static str,
    signature: &'static str,
    doc: &'static str,
    arguments: (usize, usize),
) -> Function {
    Function {
        name,
        signature,
        doc,
        least: arguments.0,
        most: arguments.1,
        body: Body::Scope,
    }
}

static FUNCTIONS: &[Function] = &[
    pure(
        "base64",
        "base64(text)",
        "the bytes of the text as base64",
        (1, 1),
        pure::base64,
    ),
    pure(
        "days",
        "days(date, n)",
        "the date n days later; n may be negative",
        (2, 2),
        pure::days,
    ),
    Function {
        name: "default",
        signature: "default(x, y)",
        doc: "x, or y where x is not defined or null",
        least: 2,
        most: 2,
        body: Body::Default,
    },
    pure("first", "first(list)", "the first element", (1, 1), pure::first),
    pure(
        "join",
        "join(list, separator)",
        "the elements as one text",
        (2, 2),
        pure::join,
    ),
    pure("json", "json(x)", "the value as JSON text", (1, 1), pure::json),
    pure("last", "last(list)", "the last element", (1, 1), pure::last),
    pure(
        "length",
        "length(x)",
        "how many characters, elements or fields",
        (1, 1),
        pure::length,
    ),
    pure(
        "lower",
        "lower(text)",
        "the text in small letters",
        (1, 1),
        pure::lower,
    ),
    pure(
        "months",
        "months(date, n)",
        "the date n months later, at most the last day of that month",
        (2, 2),
        pure::months,
    ),
    scope("now", "now()", "the time now, RFC 3339 in UTC", (0, 0)),
    pure(
        "number",
        "number(text)",
        "the number the text spells",
        (1, 1),
        pure::number,
    ),
    scope(
        "random",
        "random(min, max)",
        "a whole number from min to max, drawn from the run's seed",
        (2, 2),
    ),
    pure(
        "repeat",
        "repeat(text, n)",
        "the text n times, for values that are too long",
        (2, 2),
        pure::repeat,
    ),
    pure(
        "round",
        "round(x, decimals?)",
        "the number rounded half away from zero",
        (1, 2),
        pure::round,
    ),
    pure(
        "string",
        "string(x)",
        "a number or boolean as text",
        (1, 1),
        pure::string,
    ),
    scope(
        "today",
        "today(n?)",
        "today's date in Norway, or n days from it, as YYYY-MM-DD",
        (0, 1),
    ),
    pure(
        "trim",
        "trim(text)",
        "the text without blanks at its ends",
        (1, 1),
        pure::trim,
    ),
    pure(
        "upper",
        "upper(text)",
        "the text in capital letters",
        (1, 1),
        pure::upper,
    ),
    scope(
        "uuid",
        "uuid()",
        "a fresh UUID, drawn from the run's seed",
        (0, 0),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_signature_fits_its_arity() {
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
        for function in FUNCTIONS {
            let inside = function
                .signature
                .split_once('(')
                .unwrap()
                .1
                .trim_end_matches(')');
            let arguments: Vec<_> = inside
                .split(", ")
                .filter(|argument| !argument.is_empty())
                .collect();
            assert_eq!(arguments.len(), function.most, "{}", function.name);
            let required = arguments
                .iter()
                .filter(|argument| !argument.ends_with('?'))
                .count();
            assert_eq!(required, function.least, "{}", function.name);
            assert!(function.signature.starts_with(function.name));
        }
    }
}
