//! The identifier trap: YAML reads `30906197746` as a number, so an identifier without quotes loses what it is.

use super::problems::Problems;
use crate::source::{Diagnostic, Node, Value};

/// Reports every plain scalar below `node` that YAML reads as a number though it is probably text.
pub(super) fn check(node: &Node, problems: &mut Problems) {
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| check(item, problems)),
        Value::Mapping(entries) => entries.iter().for_each(|entry| check(&entry.value, problems)),
        Value::Number(number) => {
            if let Some(problem) = judge(node, &number.to_string()) {
                problems.push(problem.at(node.place()));
            }
        }
        _ => {}
    }
}

fn judge(node: &Node, canonical: &str) -> Option<Diagnostic> {
    let written = node.raw().trim();
    if !written.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) {
        // An alias: what it stands for is judged where it is written.
        return None;
    }
    if written != canonical {
        let message = format!("`{written}` is read as the number {canonical}");
        let decimal = written.contains('.') && !written.contains(['e', 'E']);
        let diagnostic = if decimal {
            Diagnostic::warning(message)
        } else {
            Diagnostic::error(message)
        };
        return Some(diagnostic.help(format!(
            "quote it if it is text: `\"{written}\"`; else write `{canonical}`"
        )));
    }
    let digits = written.len();
    if !written.bytes().all(|byte| byte.is_ascii_digit()) || !(digits == 6 || digits == 9 || digits >= 11) {
        return None;
    }
    let message = format!("`{written}` is read as a number, but looks like an identifier");
    let diagnostic = if digits == 6 {
        Diagnostic::warning(message)
    } else {
        Diagnostic::error(message)
    };
    Some(diagnostic.help(format!(
        "quote it: `\"{written}\"`; if it is a number, write `${{{written}}}`"
    )))
}
