//! `expect:` and matchers.

use super::Decoder;
use super::scalar::{boolean, code, duration, located, number, path, whole};
use crate::scenario::contract_check;
use crate::scenario::grammar::form;
use crate::scenario::{
    BodyExpectation, ConditionSet, Expect, JsonType, Matcher, Path, SnapshotSpec, StatusExpectation,
};
use crate::source::{Located, Node, Place, Value};
use crate::template::Template;

impl Decoder<'_> {
    pub(super) fn expect(&mut self, node: &Node) -> Expect {
        let mut expect = Expect::nothing(node.place());
        expect.status = node.get("status").and_then(status);
        expect.code = node.get("code").and_then(code);
        if let Some(code) = &expect.code {
            contract_check::error_code(code, self.contract, self.problems);
        }
        expect.conditions = node
            .get("conditions")
            .map(|node| located(self.conditions(node), node));
        for entry in node.get("headers").map(Node::entries).unwrap_or_default() {
            let name = Located {
                value: entry.key.clone(),
                place: Place::new(&node.file, entry.key_span),
            };
            expect.headers.push((name, self.matcher(&entry.value)));
        }
        if let Some(body) = node.get("body") {
            let pairs = self.matchers(body).into_iter();
            expect.body = pairs
                .map(|(path, matcher)| BodyExpectation { path, matcher })
                .collect();
        }
        expect.snapshot = node.get("snapshot").and_then(snapshot);
        expect.within = node.get("within").and_then(duration);
        expect.schema = node.get("schema").and_then(boolean).unwrap_or(true);
        expect
    }

    /// Matchers by path.
    pub(super) fn matchers(&mut self, node: &Node) -> Vec<(Path, Matcher<Template>)> {
        let mut found = Vec::new();
        for entry in node.entries() {
            if let Some(path) = path(&entry.key, Place::new(&node.file, entry.key_span)) {
                found.push((path, self.matcher(&entry.value)));
            }
        }
        found
    }

    fn conditions(&mut self, node: &Node) -> ConditionSet {
        let part = node.get("contains");
        let codes: Vec<_> = part.unwrap_or(node).items().iter().filter_map(code).collect();
        for code in &codes {
            contract_check::condition(code, self.contract, self.problems);
        }
        let codes = codes.into_iter().map(|code| code.value).collect();
        if part.is_some() {
            ConditionSet::Contains(codes)
        } else {
            ConditionSet::Exactly(codes)
        }
    }

    fn matcher(&mut self, node: &Node) -> Matcher<Template> {
        let mut matcher = Matcher::anything(node.place());
        if !matches!(node.value, Value::Mapping(_)) {
            matcher.equals = self.template(node);
            return matcher;
        }
        let mut template = |key: &str| node.get(key).and_then(|node| self.template(node));
        matcher.equals = template("equals");
        matcher.contains = template("contains");
        matcher.one_of = node.get("one_of").map(|list| {
            list.items()
                .iter()
                .filter_map(|item| self.template(item))
                .collect()
        });
        matcher.matches = node
            .get("matches")
            .and_then(|node| Some(located(form::regex(node.as_str()?).ok()?, node)));
        let absent = node.get("absent").and_then(boolean).map(|absent| !absent);
        matcher.exists = node.get("exists").and_then(boolean).or(absent);
        matcher.json_type = node.get("type").and_then(Node::as_str).and_then(json_type);
        matcher.length = node.get("length").map(length);
        matcher.at_least = node.get("min").and_then(number);
        matcher.at_most = node.get("max").and_then(number);
        matcher.not = node.get("not").map(|node| Box::new(self.matcher(node)));
        matcher
    }
}

fn status(node: &Node) -> Option<Located<StatusExpectation>> {
    let one = |node: &Node| whole(node).and_then(|status| u16::try_from(status).ok());
    let value = match &node.value {
        Value::String(text) => form::status(text)?,
        Value::Sequence(items) => StatusExpectation::OneOf(items.iter().filter_map(one).collect()),
        _ => StatusExpectation::OneOf(vec![one(node)?]),
    };
    Some(located(value, node))
}

fn snapshot(node: &Node) -> Option<SnapshotSpec> {
    if boolean(node) == Some(false) {
        return None;
    }
    let paths = node.get("redact").map(Node::items).unwrap_or_default().iter();
    let redact = paths
        .filter_map(|node| path(node.as_str()?, node.place()))
        .collect();
    Some(SnapshotSpec {
        place: node.place(),
        redact,
    })
}

fn length(node: &Node) -> (Option<u64>, Option<u64>) {
    match whole(node) {
        Some(exact) => (Some(exact), Some(exact)),
        None => (node.get("min").and_then(whole), node.get("max").and_then(whole)),
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "null" => JsonType::Null,
        "boolean" => JsonType::Boolean,
        "number" => JsonType::Number,
        "integer" => JsonType::Integer,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}
