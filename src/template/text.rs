//! Splits the text of a YAML string into literal text and expressions.

use std::sync::Arc;

use serde_json::Value;

use super::expression::Interpolation;
use super::parser::{self, Locator};
use super::token::SyntaxError;
use super::tree::Part;
use crate::source::{Diagnostic, Diagnostics, Node, Place};

/// A stretch of literal text or an expression.
#[derive(Debug, Clone)]
pub(super) enum Segment {
    Literal(String),
    Expression(Interpolation),
}

/// Parses the string `text` that `node` holds.
pub(super) fn parse(node: &Node, text: &str, problems: &mut Diagnostics) -> Part {
    if !text.contains("${") {
        return Part::Constant(Value::String(text.to_owned()));
    }
    let mut segments = segments(node, text, problems);
    match segments.as_mut_slice() {
        [Segment::Expression(_)] => match segments.pop() {
            Some(Segment::Expression(only)) => Part::Expression(only),
            _ => Part::Constant(Value::Null),
        },
        [Segment::Literal(all)] => Part::Constant(Value::String(std::mem::take(all))),
        _ => Part::Text(segments),
    }
}

fn segments(node: &Node, text: &str, problems: &mut Diagnostics) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut places = Places::new(node, text);
    let mut at = 0;
    while let Some(found) = text[at..].find("${") {
        let found = at + found;
        if text[at..found].ends_with('$') {
            literal.push_str(&text[at..found - 1]);
            literal.push_str("${");
            at = found + 2;
            places.pass("$${");
            continue;
        }
        literal.push_str(&text[at..found]);
        match parser::parse(text, found + 2, &places.of(text, found)) {
            Ok((expression, end)) => {
                if !literal.is_empty() {
                    segments.push(Segment::Literal(std::mem::take(&mut literal)));
                }
                segments.push(Segment::Expression(expression));
                places.pass(&text[found..end]);
                at = end;
            }
            Err(error) => {
                problems.push(diagnose(&error, &places.of(text, found)));
                return segments;
            }
        }
    }
    literal.push_str(&text[at..]);
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    segments
}

fn diagnose(error: &SyntaxError, locator: &Locator) -> Diagnostic {
    let place = Place::new(
        &locator.file,
        locator.span(error.start, error.end.max(error.start)),
    );
    let diagnostic = Diagnostic::error(error.message.clone()).at(place);
    match &error.help {
        Some(help) => diagnostic.help(help.clone()),
        None => diagnostic,
    }
}

/// Finds expressions in the text as it was written, where quotes and block scalars change what stands between.
struct Places<'a> {
    node: &'a Node,
    raw: &'a str,
    /// The byte of `raw` up to which everything has been seen.
    cursor: usize,
}

impl<'a> Places<'a> {
    fn new(node: &'a Node, text: &str) -> Self {
        // A block scalar's span may end early; its text then lies in the lines that follow.
        let raw = node.raw();
        let raw = if raw.starts_with(['|', '>']) {
            let end = node
                .file
                .text()
                .floor_char_boundary(node.span.start + 4 * text.len() + 200);
            &node.file.text()[node.span.start..end.max(node.span.start)]
        } else {
            raw
        };
        Self { node, raw, cursor: 0 }
    }

    fn of(&self, text: &str, found: usize) -> Locator {
        let end = text[found..].find('}').map_or(text.len(), |end| found + end + 1);
        let written = self
            .raw
            .get(self.cursor..)
            .and_then(|rest| rest.find(&text[found..end]));
        let start = written.map(|at| self.node.span.start + self.cursor + at);
        Locator {
            file: Arc::clone(&self.node.file),
            base: start.and_then(|start| start.checked_sub(found)),
            whole: self.node.span,
        }
    }

    fn pass(&mut self, written: &str) {
        let Some(rest) = self.raw.get(self.cursor..) else {
            return;
        };
        if let Some(at) = rest.find(written) {
            self.cursor += at + written.len();
        }
    }
}
