//! `use:` – the steps of a group in place of the step that names it.
//!
//! A group sees its parameters, the names every expression sees, and what its own steps capture; nothing of its
//! caller. Which names are the group's is decided by where an expression is written.

use std::collections::HashMap;

use super::call::key;
use super::scalar::{located, word, words};
use super::{BUILTIN, Decoder};
use crate::scenario::Step;
use crate::scenario::grammar::{Checker, STEP_LIST};
use crate::scenario::registry::{Document, Extent};
use crate::scenario::unfold::{Replacement, size, substitute};
use crate::source::{Diagnostic, Located, Node, Place, Value};
use crate::template::{Binding, Template};

/// The word that marks a parameter without default; nothing at all does so too.
const REQUIRED: &str = "required";

/// A group while its steps are read.
pub(in crate::scenario) struct GroupScope {
    name: String,
    /// What its own variables are called outside: this, a dot, the name.
    id: String,
    extent: Extent,
    parameters: HashMap<String, Template>,
    /// Its variables that the caller takes, with the names the caller gives them.
    taken: HashMap<String, String>,
}

impl GroupScope {
    fn own(&self, name: &str) -> String {
        self.taken
            .get(name)
            .cloned()
            .unwrap_or_else(|| format!("{}.{name}", self.id))
    }

    fn resolve(&self, name: &str) -> Option<Binding> {
        if let Some(value) = self.parameters.get(name) {
            return Some(Binding::Value(value.clone()));
        }
        let everywhere = BUILTIN.contains(&name) || name == "request";
        (!everywhere).then(|| Binding::Variable(self.own(name)))
    }
}

impl Decoder<'_> {
    /// The template with the columns of the case, and the names of the groups it is written in, replaced.
    pub(super) fn bind(&self, template: &Template) -> Template {
        if self.scopes.is_empty() && self.columns.is_empty() {
            return template.clone();
        }
        template.bind(&mut |name, field, place| match (self.scope_of(place), field) {
            (Some(scope), None) => scope.resolve(name),
            (None, Some(column)) if name == "case" => self.columns.get(column).cloned().map(Binding::Value),
            _ => None,
        })
    }

    /// What a variable that is defined at `place` is called in the whole test.
    pub(super) fn own_name(&self, name: &str, place: &Place) -> String {
        self.scope_of(place)
            .map_or_else(|| name.to_owned(), |scope| scope.own(name))
    }

    fn scope_of(&self, place: &Place) -> Option<&GroupScope> {
        self.scopes
            .iter()
            .rev()
            .find(|scope| scope.extent.contains(place))
    }

    /// Adds the steps of the group that `node` uses.
    pub(super) fn group(&mut self, node: &Node, steps: &mut Vec<Step>) {
        let Some((name, group)) = self.find_group(node) else {
            return;
        };
        let arguments = self.arguments(node, &group);
        let Some(list) = group
            .node
            .get("steps")
            .and_then(|list| self.fill(list, &arguments, node))
        else {
            return;
        };
        let parameters = arguments
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), self.bind(&Template::parse(value).ok()?))))
            .collect();
        let wanted = node.get("id").and_then(Node::as_str).unwrap_or(&name);
        let id = self.fresh_id(&format!("{}{wanted}", self.prefix));
        let taken = self.taken(node, &group);
        let outer = std::mem::replace(&mut self.prefix, format!("{id}-"));
        let (first, event) = (steps.len(), self.events.len());
        let targets: Vec<_> = taken.values().cloned().collect();
        self.scopes.push(GroupScope {
            name,
            id,
            extent: group.extent.clone(),
            parameters,
            taken,
        });
        self.steps(&list, steps);
        self.scopes.pop();
        self.prefix = outer;
        self.finish(node, &mut steps[first..]);
        self.check_taken(node, &targets, event);
    }

    fn find_group(&mut self, node: &Node) -> Option<(String, Document)> {
        let name = node.get("use").and_then(word)?;
        if self.scopes.iter().any(|scope| scope.name == name.value) {
            let message = format!("group `{}` uses itself", name.value);
            self.problems.push(
                Diagnostic::error(message)
                    .at(name.place)
                    .help("groups cannot go round in a circle"),
            );
            return None;
        }
        let Some(group) = self.registry.groups.get(&name.value) else {
            let known = self.registry.groups.keys();
            self.problems.push(
                Diagnostic::error(format!("there is no group `{}`", name.value))
                    .at(name.place)
                    .help("groups are documents that begin `group: NAME`, in any file that is loaded")
                    .suggest(&name.value, known.map(String::as_str)),
            );
            return None;
        };
        Some((name.value, group.clone()))
    }

    /// The group's parameters with their values, as they were written.
    fn arguments(&mut self, node: &Node, group: &Document) -> HashMap<String, Node> {
        let declared = group
            .node
            .get("parameters")
            .map(Node::entries)
            .unwrap_or_default();
        let given = node.get("with").map(Node::entries).unwrap_or_default();
        for entry in given
            .iter()
            .filter(|entry| declared.iter().all(|known| known.key != entry.key))
        {
            self.problems.push(
                Diagnostic::error(format!("the group has no parameter `{}`", entry.key))
                    .at(key(entry, node.get("with").unwrap_or(node)).place)
                    .suggest(&entry.key, declared.iter().map(|known| known.key.as_str())),
            );
        }
        let mut arguments = HashMap::new();
        for parameter in declared {
            let value = given
                .iter()
                .find(|entry| entry.key == parameter.key)
                .map(|entry| &entry.value);
            let required =
                matches!(parameter.value.value, Value::Null) || parameter.value.as_str() == Some(REQUIRED);
            if required && value.is_none() {
                self.problems.push(
                    Diagnostic::error(format!("the group needs a value for `{}`", parameter.key))
                        .at(node.get("use").unwrap_or(node).place())
                        .related(key(parameter, &group.node).place, "declared here")
                        .help(format!("add `with: {{ {}: … }}`", parameter.key)),
                );
            }
            arguments.insert(parameter.key.clone(), value.unwrap_or(&parameter.value).clone());
        }
        arguments
    }

    /// The steps with parameters in place, checked against the grammar.
    fn fill(&mut self, list: &Node, arguments: &HashMap<String, Node>, node: &Node) -> Option<Node> {
        let weight = size(list) + arguments.values().map(size).sum::<usize>();
        if let Err(problem) = self.library.spend(weight) {
            self.problems.push(problem.at(node.place()));
            return None;
        }
        let filled = substitute(
            list,
            &mut |placeholder, _| match arguments.get(&placeholder.name) {
                Some(value) if placeholder.field.is_none() => Replacement::With(value.clone()),
                _ => Replacement::Keep,
            },
        )?;
        let mut checker = Checker {
            problems: &mut *self.problems,
            open: false,
        };
        checker.check(&filled, &STEP_LIST, "steps");
        Some(filled)
    }

    fn taken(&mut self, node: &Node, group: &Document) -> HashMap<String, String> {
        let exports: Vec<Located<String>> = words(group.node.get("exports"));
        let mut taken = HashMap::new();
        let Some(list) = node.get("capture") else {
            return taken;
        };
        for entry in list.entries() {
            let Some(theirs) = word(&entry.value) else {
                continue;
            };
            let mine = key(entry, list);
            if exports.iter().any(|export| export.value == theirs.value) {
                taken.insert(theirs.value, self.own_name(&mine.value, &mine.place));
                continue;
            }
            self.problems.push(
                Diagnostic::error(format!("the group does not export `{}`", theirs.value))
                    .at(theirs.place)
                    .help("it lists what may be taken under `exports`")
                    .suggest(&theirs.value, exports.iter().map(|export| export.value.as_str())),
            );
        }
        taken
    }

    fn finish(&mut self, node: &Node, steps: &mut [Step]) {
        if let Some(identity) = node.get("as")
            && let Some(template) = self.text_template(identity)
        {
            for step in steps.iter_mut().filter(|step| step.identity.is_none()) {
                step.identity = Some(located(template.clone(), identity));
            }
        }
        if let (Some(measure), Some(last)) = (node.get("measure").and_then(word), steps.last_mut()) {
            last.measure = Some(measure);
        }
    }

    fn check_taken(&mut self, node: &Node, targets: &[String], since: usize) {
        for target in targets {
            let defined = self.events[since..]
                .iter()
                .any(|event| matches!(event, super::Event::Defined { name, .. } if name == target));
            if !defined {
                let message =
                    format!("the group exports what becomes `{target}`, but none of its steps captures it");
                self.problems
                    .push(Diagnostic::error(message).at(node.get("capture").unwrap_or(node).place()));
            }
        }
    }
}
