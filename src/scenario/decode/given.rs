//! `given:` – parties and values of the request file and the scenario together, and the request.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value as Json;

use super::call::key;
use super::scalar::word;
use super::{BUILTIN, Decoder};
use crate::scenario::registry::Document;
use crate::scenario::{Given, PartyKind, PartySpec, RequestSpec, RuleSet, Step};
use crate::source::{Diagnostic, Entry, Located, Node};
use crate::template::{Scope, Template};

/// The longest chain of values that name each other.
const MAX_CHAIN: usize = 50;

/// What the `given:` of a request file and of a scenario define together.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    parties: Vec<PartySpec>,
    values: Vec<(Located<String>, Node)>,
}

impl Decoder<'_> {
    /// Reads what a test needs, and the steps that prepare its request.
    pub fn given(&mut self, given: Option<&Node>) -> (Given, Vec<Step>) {
        let reference = given.and_then(|given| given.get("request"));
        let request = reference.and_then(|reference| self.request_document(reference));
        let mut names = Names::default();
        let inherited = request.as_ref().and_then(|request| request.node.get("given"));
        if let Some(inherited) = inherited {
            self.names(inherited, given, &mut names);
        }
        if let Some(given) = given {
            self.names(given, None, &mut names);
        }
        for party in &names.parties {
            self.define(&party.name.value, party.name.place.clone(), false);
        }
        let mut read = Given {
            parties: names.parties,
            values: self.values(names.values),
            ..Given::default()
        };
        let mock = given.and_then(|given| given.get("mock"));
        let mock = mock.or_else(|| inherited.and_then(|inherited| inherited.get("mock")));
        read.mock = mock.and_then(|node| self.template(node));
        let mut preparation = Vec::new();
        if let (Some(reference), Some(request)) = (reference, request) {
            if let Some(steps) = request.node.get("steps") {
                self.preparing = true;
                self.steps(steps, &mut preparation);
                self.preparing = false;
            }
            read.request = self.request(reference, &request);
        }
        (read, preparation)
    }

    fn request_document(&mut self, reference: &Node) -> Option<Document> {
        let from = reference.get("from")?;
        let template = self.template(from)?;
        match template.evaluate(&OnlyModel(self.contract.model().into())) {
            Ok(Json::String(name)) => self.library.request(&name, from, self.problems),
            Ok(_) => None,
            Err(error) => {
                let help = "only `${model}` is known when the file is read";
                self.problems.push(Diagnostic::from(error).help(help));
                None
            }
        }
    }

    fn request(&mut self, reference: &Node, request: &Document) -> Option<RequestSpec> {
        let body = self.template(request.node.get("body")?)?;
        let spec = RequestSpec {
            body,
            set: reference
                .get("set")
                .map(|node| self.set(node))
                .unwrap_or_default(),
            patch: reference.get("patch").map(|node| self.patch(node)),
            place: reference.get("from")?.place(),
        };
        self.define("request", reference.place(), false);
        Some(spec)
    }

    /// Sorts the names under a `given:` into parties and values; those that `but` defines as well are left out.
    fn names(&mut self, given: &Node, but: Option<&Node>, names: &mut Names) {
        let overriding: HashSet<&str> = but
            .into_iter()
            .flat_map(|but| {
                but.entries()
                    .iter()
                    .chain(but.get("values").map(Node::entries).unwrap_or_default())
            })
            .map(|entry| entry.key.as_str())
            .collect();
        let values = given.get("values").map(Node::entries).unwrap_or_default();
        let free = given
            .entries()
            .iter()
            .filter(|entry| !matches!(entry.key.as_str(), "request" | "mock" | "values"));
        let all = values
            .iter()
            .map(|entry| (entry, true))
            .chain(free.map(|entry| (entry, false)));
        for (entry, is_value) in all.filter(|(entry, _)| !overriding.contains(entry.key.as_str())) {
            let name = key(entry, given);
            if BUILTIN.contains(&entry.key.as_str()) || !names.taken.insert(entry.key.clone()) {
                let message = format!("`{}` is defined already", name.value);
                self.problems.push(
                    Diagnostic::error(message)
                        .at(name.place)
                        .help("choose another name"),
                );
            } else if is_value || entry.value.entries().is_empty() {
                names.values.push((name, entry.value.clone()));
            } else {
                names.parties.extend(party(entry, name));
            }
        }
    }

    /// Parses values and puts each after those it names.
    fn values(&mut self, definitions: Vec<(Located<String>, Node)>) -> Vec<(Located<String>, Template)> {
        let mut waiting = Vec::new();
        for (name, node) in definitions {
            if let Ok(template) = Template::parse(&node).map_err(|problems| self.problems.extend(problems)) {
                waiting.push((name, self.bind(&template)));
            }
        }
        let mut sorted = Vec::new();
        for _ in 0..MAX_CHAIN {
            let names: HashSet<String> = waiting.iter().map(|(name, _)| name.value.clone()).collect();
            let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, template)| {
                template
                    .references()
                    .iter()
                    .all(|reference| !names.contains(&reference.name))
            });
            for (name, template) in ready {
                self.events
                    .extend(template.references().into_iter().map(super::Event::Used));
                self.define(&name.value, name.place.clone(), false);
                sorted.push((name, template));
            }
            waiting = rest;
        }
        for (name, _) in &waiting {
            let message = format!("value `{}` is defined by way of itself", name.value);
            self.problems
                .push(Diagnostic::error(message).at(name.place.clone()));
            self.define(&name.value, name.place.clone(), false);
        }
        sorted
    }
}

fn party(entry: &Entry, name: Located<String>) -> Option<PartySpec> {
    let (kind, node) = match (entry.value.get("person"), entry.value.get("organisation")) {
        (Some(person), None) => (PartyKind::Person, person),
        (None, Some(organisation)) => (PartyKind::Organisation, organisation),
        _ => return None,
    };
    let rules = node
        .get("rules")
        .and_then(Node::as_str)
        .and_then(|rules| match rules {
            "new" => Some(RuleSet::New),
            "old" => Some(RuleSet::Old),
            _ => None,
        });
    Some(PartySpec {
        name,
        kind,
        rules,
        unit: node.get("unit").and_then(word),
    })
}

/// What is known when files are read: the model.
struct OnlyModel(Json);

impl Scope for OnlyModel {
    fn variable(&self, name: &str) -> Option<Cow<'_, Json>> {
        (name == "model").then_some(Cow::Borrowed(&self.0))
    }

    fn function(&self, _name: &str, _arguments: &[Json]) -> Option<Result<Json, String>> {
        None
    }

    fn names(&self) -> Vec<String> {
        vec!["model".to_owned()]
    }
}
