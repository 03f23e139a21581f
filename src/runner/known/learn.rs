//! Makes a template of an answer that passed every check.

use std::ops::Range;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::KnownStep;
use super::template::{AnswerTemplate, Captured, Hole, MOST_HOLES, is_plain};
use crate::assertion::{self, Check};
use crate::contract::{Operation, TextRule};
use crate::http::{Body, Response};
use crate::runner::iteration::Depth;
use crate::scenario::{CaptureSource, Path, Step};
use crate::snapshot::{Form, Store, VariableText};
use crate::source::{Node, SourceFile, parse_json};

/// An answer that passed every check of its step.
pub(in crate::runner) struct Checked<'a> {
    pub(in crate::runner) step: &'a Step,
    pub(in crate::runner) depth: Depth,
    pub(in crate::runner) operation: &'a Operation,
    pub(in crate::runner) response: &'a Response,
    pub(in crate::runner) body: &'a Body,
    pub(in crate::runner) checks: &'a [Check],
    pub(in crate::runner) snapshots: &'a Store,
}

/// A hole, and where it stands.
struct Found {
    pointer: String,
    /// Between its quotes.
    bytes: Range<usize>,
    hole: Hole,
}

impl KnownStep {
    /// Remembers an answer, where it is of a kind that can be recognised.
    pub(in crate::runner) fn learn(&self, checked: &Checked<'_>) {
        if !self.may_learn() {
            return;
        }
        if let Some(template) = checked.template() {
            self.remember(template);
        }
    }
}

impl Checked<'_> {
    fn template(&self) -> Option<AnswerTemplate> {
        let response = self.response;
        let body = self.body.json()?;
        let text = std::str::from_utf8(&response.body).ok()?;
        let tree = parse_json(&SourceFile::new("answer", text)).ok()?;
        // Of a key that stands there twice only one value was checked.
        if !(200..300).contains(&response.status) || !tree.doubts.0.is_empty() || tree.root.to_json() != *body
        {
            return None;
        }
        let mut holes = self.holes(&tree.root, body, text)?;
        holes.sort_by_key(|found| found.bytes.start);
        let mut pieces = Vec::with_capacity(holes.len());
        let mut pointers = Vec::with_capacity(holes.len());
        let mut at = 0;
        for Found { pointer, bytes, hole } in holes {
            pieces.push((text.as_bytes()[at..bytes.start].to_vec(), hole));
            pointers.push(pointer);
            at = bytes.end;
        }
        let end = text.as_bytes()[at..].to_vec();
        Some(AnswerTemplate {
            status: response.status,
            content_type: response.headers.get(CONTENT_TYPE).cloned(),
            captures: self.captures(body, &pointers)?,
            pieces,
            end,
            checks: Arc::from(self.checks),
        })
    }

    /// The holes, in no order.
    fn holes(&self, root: &Node, body: &Value, text: &str) -> Option<Vec<Found>> {
        let mut holes: Vec<Found> = Vec::new();
        for VariableText { pointer, form } in self.variable_texts(body) {
            let known = holes.iter().any(|found| found.pointer == pointer);
            if known || self.is_looked_at(&pointer, body) || self.is_within_a_capture(&pointer, body) {
                continue;
            }
            let span = root.nearest(&pointer).span;
            let (start, end) = (span.start + 1, span.end.checked_sub(1)?);
            let written = text.get(start..end)?;
            // Its bytes are its text, without escapes.
            let plain = written.bytes().all(is_plain);
            if !plain || body.pointer(&pointer)?.as_str()? != written {
                continue;
            }
            if let Some(rule) = self.rule(body, &pointer).filter(|rule| rule.allows(written)) {
                let text = written.as_bytes().to_vec();
                let hole = Hole { text, form, rule };
                holes.push(Found {
                    pointer,
                    bytes: start..end,
                    hole,
                });
            }
        }
        (holes.len() <= MOST_HOLES).then_some(holes)
    }

    /// The texts that may differ, as far as the snapshot is concerned.
    fn variable_texts(&self, body: &Value) -> Vec<VariableText> {
        match (&self.step.expect.snapshot, self.depth) {
            (Some(spec), Depth::All) => {
                let redact: Vec<_> = spec.redact.iter().map(|path| &path.compiled).collect();
                self.snapshots.variable_texts(body, &redact)
            }
            _ => every_text(body),
        }
    }

    fn rule(&self, body: &Value, pointer: &str) -> Option<TextRule> {
        if self.depth == Depth::Status || !self.step.expect.schema {
            return Some(TextRule::default());
        }
        let media_type = self.response.media_type();
        self.operation
            .text_rule(self.response.status, media_type.as_deref(), body, pointer)
    }

    /// Whether an expectation looks at the text at `pointer`, so that it must stay as it is.
    fn is_looked_at(&self, pointer: &str, body: &Value) -> bool {
        self.depth == Depth::All
            && self
                .step
                .expect
                .body
                .iter()
                .filter_map(|expected| located(&expected.path, body))
                .any(|found| pointer == found || pointer.starts_with(&format!("{found}/")))
    }

    /// Whether a capture keeps a list or an object that the text at `pointer` stands in.
    fn is_within_a_capture(&self, pointer: &str, body: &Value) -> bool {
        let paths = self
            .step
            .capture
            .iter()
            .filter_map(|capture| match &capture.from {
                CaptureSource::Body(path) => located(path, body),
                CaptureSource::Status | CaptureSource::Header(_) => None,
            });
        paths
            .into_iter()
            .any(|kept| pointer.starts_with(&format!("{kept}/")))
    }

    fn captures(&self, body: &Value, holes: &[String]) -> Option<Vec<Captured>> {
        let of = |source: &CaptureSource| {
            let pointer = match source {
                CaptureSource::Body(path) => located(path, body)?,
                CaptureSource::Status | CaptureSource::Header(_) => String::new(),
            };
            let by_path = matches!(source, CaptureSource::Body(_));
            if let Some(number) = holes.iter().position(|hole| by_path && *hole == pointer) {
                return Some(Captured::Hole(number));
            }
            let value = assertion::extract(source, self.response, self.body).ok()?;
            Some(Captured::Value(value))
        };
        self.step
            .capture
            .iter()
            .map(|capture| of(&capture.from))
            .collect()
    }
}

/// The pointer of what a singular path finds.
fn located(path: &Path, body: &Value) -> Option<String> {
    let found = path.compiled.query_located(body);
    let mut locations = found.locations();
    locations
        .next()
        .map(serde_json_path::NormalizedPath::to_json_pointer)
}

/// Every text of a body: without a snapshot, all that the contract says of them counts.
fn every_text(body: &Value) -> Vec<VariableText> {
    fn collect(value: &Value, at: &str, found: &mut Vec<VariableText>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    collect(value, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    collect(value, &format!("{at}/{index}"), found);
                }
            }
            Value::String(_) => found.push(VariableText {
                pointer: at.to_owned(),
                form: Form::Any,
            }),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(body, "", &mut found);
    found
}
