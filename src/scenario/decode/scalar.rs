//! Scalars with their places.

use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

use crate::scenario::Path;
use crate::scenario::grammar::{Form, form, jsonpath_is_singular};
use crate::source::{Located, Node, Place, Value, parse_duration};

/// A value at the place of a node.
pub(in crate::scenario) fn located<T>(value: T, node: &Node) -> Located<T> {
    Located {
        value,
        place: node.place(),
    }
}

/// Text without expressions.
pub(in crate::scenario) fn word(node: &Node) -> Option<Located<String>> {
    node.as_str().map(|text| located(text.to_owned(), node))
}

/// A list of words.
pub(in crate::scenario) fn words(node: Option<&Node>) -> Vec<Located<String>> {
    node.map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(word)
        .collect()
}

/// A code in the composed form that the contract has them in.
pub(super) fn code(node: &Node) -> Option<Located<String>> {
    let text = node.as_str().filter(|text| Form::Code.check(text).is_ok())?;
    Some(located(text.nfc().collect(), node))
}

pub(super) fn boolean(node: &Node) -> Option<bool> {
    match node.value {
        Value::Bool(flag) => Some(flag),
        _ => None,
    }
}

pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}

pub(super) fn whole(node: &Node) -> Option<u64> {
    match &node.value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

pub(super) fn duration(node: &Node) -> Option<Located<Duration>> {
    Some(located(parse_duration(node.as_str()?)?, node))
}

pub(super) fn path(text: &str, place: Place) -> Option<Path> {
    let compiled = form::jsonpath(text).ok()?;
    Some(Path {
        text: text.to_owned(),
        compiled,
        place,
        singular: jsonpath_is_singular(text),
    })
}
