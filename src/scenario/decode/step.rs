//! Steps: their ids, what they expect, what they keep.

use std::collections::HashMap;

use super::Decoder;
use super::call::key;
use super::scalar::{boolean, duration, located, number, path, word};
use crate::scenario::{Backoff, Capture, CaptureSource, Expect, Poll, StatusExpectation, Step, StepAction};
use crate::source::{Diagnostic, Entry, Located, Node, Place};

/// The most steps a test may have, groups unfolded.
const MAX_STEPS: usize = 1000;

/// The wait between two calls of a poll that says nothing of it.
const EVERY: std::time::Duration = std::time::Duration::from_secs(5);

/// How a growing wait grows, and how far, where it is not said.
const FACTOR: f64 = 2.0;
const LONGEST: std::time::Duration = std::time::Duration::from_mins(1);

impl Decoder<'_> {
    /// Reads a list of steps, groups unfolded, and adds them to `steps`.
    pub fn steps(&mut self, list: &Node, steps: &mut Vec<Step>) {
        self.explicit_ids(list);
        for node in list.items() {
            if steps.len() >= MAX_STEPS {
                let message = format!("a test has at most {MAX_STEPS} steps, groups unfolded");
                return self.problems.push(Diagnostic::error(message).at(node.place()));
            }
            if node.get("use").is_some() {
                self.group(node, steps);
            } else if let Some(step) = self.step(node) {
                steps.push(step);
            }
        }
    }

    fn explicit_ids(&mut self, list: &Node) {
        let mut seen: HashMap<&str, Place> = HashMap::new();
        for id in list.items().iter().filter_map(|step| step.get("id")) {
            let Some(text) = id.as_str() else { continue };
            if let Some(first) = seen.get(text) {
                self.problems.push(
                    Diagnostic::error(format!("two steps have the id `{text}`"))
                        .at(id.place())
                        .label("here again")
                        .related(first.clone(), "first here")
                        .help("step ids are unique: reports and snapshots are filed under them"),
                );
            }
            seen.entry(text).or_insert_with(|| id.place());
        }
    }

    fn step(&mut self, node: &Node) -> Option<Step> {
        // With two of them the grammar's checker has said so.
        if ["call", "poll", "raw"]
            .iter()
            .filter(|kind| node.get(kind).is_some())
            .count()
            != 1
        {
            return None;
        }
        let identity = match node.get("as") {
            Some(identity) => Some(located(self.text_template(identity)?, identity)),
            None => None,
        };
        let (action, name) = self.action(node)?;
        let expect = self.expected(node, &action);
        let capture = self.captures(node);
        let wanted = node.get("id").and_then(Node::as_str).unwrap_or(&name);
        let wanted = format!("{}{wanted}", self.prefix);
        Some(Step {
            id: self.fresh_id(&wanted),
            place: node.place(),
            title: node.get("title").and_then(Node::as_str).map(str::to_owned),
            identity,
            action,
            expect,
            capture,
            measure: node.get("measure").and_then(word),
        })
    }

    /// What the step does, and what it is called where it has no id.
    fn action(&mut self, node: &Node) -> Option<(StepAction, String)> {
        if let Some(operation) = node.get("call") {
            let call = self.call(node, operation)?;
            let name = call.operation.value.clone();
            return Some((StepAction::Call(Box::new(call)), name));
        }
        if let Some(operation) = node.get("poll") {
            let poll = self.poll(node, operation)?;
            let name = poll.call.operation.value.clone();
            return Some((StepAction::Poll(Box::new(poll)), name));
        }
        let raw = self.raw(node.get("raw")?)?;
        Some((StepAction::Raw(Box::new(raw)), "raw".to_owned()))
    }

    fn poll(&mut self, node: &Node, operation: &Node) -> Option<Poll> {
        let call = self.call(node, operation)?;
        let until = self.matchers(node.get("until")?);
        let fail_if = node
            .get("fail_if")
            .map(|node| self.matchers(node))
            .unwrap_or_default();
        let every = node
            .get("every")
            .map_or_else(|| Some(constant(EVERY)), |node| self.backoff(node))?;
        let within = duration(node.get("within")?)?.value;
        Some(Poll {
            call,
            until,
            fail_if,
            every,
            within,
        })
    }

    fn backoff(&mut self, node: &Node) -> Option<Backoff> {
        if node.as_str().is_some() {
            return duration(node).map(|wait| constant(wait.value));
        }
        let initial = duration(node.get("initial")?)?.value;
        let factor = node.get("factor").map_or(Some(FACTOR), number)?;
        if !(1.0..=1000.0).contains(&factor) {
            let place = node.get("factor").unwrap_or(node).place();
            let message = "`factor` is a number from 1 to 1000: a wait never shrinks";
            self.problems.push(Diagnostic::error(message).at(place));
            return None;
        }
        let max = node
            .get("max")
            .map_or(Some(LONGEST), |node| duration(node).map(|max| max.value))?;
        Some(Backoff {
            initial,
            factor,
            max: max.max(initial),
        })
    }

    fn expected(&mut self, node: &Node, action: &StepAction) -> Expect {
        let raw = matches!(action, StepAction::Raw(_));
        if let Some(written) = node.entry("expect") {
            let expect = self.expect(&written.value);
            let says = written.value.entries().iter().any(|entry| entry.key != "schema");
            if !says && (raw || !expect.schema) && !matches!(action, StepAction::Poll(_)) {
                self.problems.push(
                    Diagnostic::error("the step asserts nothing")
                        .at(Place::new(&node.file, written.key_span))
                        .label("nothing that could fail")
                        .help("say at least which status is expected"),
                );
            }
            return expect;
        }
        let mut expect = Expect::nothing(node.place());
        if matches!(action, StepAction::Poll(_)) {
            return expect;
        }
        if self.preparing || !self.scopes.is_empty() {
            if !raw {
                expect.status = Some(Located {
                    value: StatusExpectation::Success,
                    place: node.place(),
                });
            }
            return expect;
        }
        self.problems.push(
            Diagnostic::error("the step does not say what it expects")
                .at(node
                    .entries()
                    .first()
                    .map_or_else(|| node.place(), |first| key(first, node).place))
                .label("asserts nothing")
                .help("add `expect: { status: success }`, or what else the answer must be"),
        );
        expect
    }

    fn captures(&mut self, node: &Node) -> Vec<Capture> {
        let Some(list) = node.get("capture") else {
            return Vec::new();
        };
        let mut captures = Vec::new();
        for entry in list.entries() {
            let Some(from) = self.source(entry) else { continue };
            let mut name = key(entry, list);
            name.value = self.own_name(&name.value, &name.place);
            self.define(&name.value, name.place.clone(), self.scopes.is_empty());
            captures.push(Capture { name, from });
        }
        captures
    }

    fn source(&mut self, entry: &Entry) -> Option<CaptureSource> {
        let node = &entry.value;
        if let Some(text) = node.as_str() {
            return path(text, node.place()).map(CaptureSource::Body);
        }
        let status = node.get("status").filter(|flag| boolean(flag) == Some(true));
        match (node.get("body"), node.get("header"), status) {
            (Some(body), None, None) => path(body.as_str()?, body.place()).map(CaptureSource::Body),
            (None, Some(header), None) => word(header).map(CaptureSource::Header),
            (None, None, Some(_)) => Some(CaptureSource::Status),
            _ => {
                let message = "a capture has exactly one of `body`, `header`, `status: true`";
                self.problems.push(Diagnostic::error(message).at(node.place()));
                None
            }
        }
    }
}

fn constant(wait: std::time::Duration) -> Backoff {
    Backoff {
        initial: wait,
        factor: 1.0,
        max: wait,
    }
}
