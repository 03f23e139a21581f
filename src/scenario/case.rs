//! Tables of cases: one test for each row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::decode::{BUILTIN, Event, word};
use super::problems::Problems;
use super::registry::Registry;
use super::unfold::{Replacement, fallback, substitute};
use crate::source::{Diagnostic, Entry, Located, Node, Place, Value};
use crate::template::{Placeholder, Template};

/// A row of a table.
pub(super) struct Row<'a> {
    /// Its id.
    pub id: Located<String>,
    node: &'a Node,
}

/// The scenario with its table in place, where `cases` names another scenario whose table it shares; nothing when
/// there is no such table.
pub(super) fn with_table<'a>(
    scenario: &'a Node,
    registry: &Registry,
    problems: &mut Problems,
) -> Option<Cow<'a, Node>> {
    let shared = scenario
        .get("cases")
        .and_then(|node| Some((node, node.as_str()?)));
    let Some((name, id)) = shared else {
        return Some(Cow::Borrowed(scenario));
    };
    let owners = || registry.scenarios.iter().filter(|other| has_table(&other.node));
    let id_of = |node: &'_ Node| node.get("scenario").and_then(Node::as_str).map(str::to_owned);
    let Some(owner) = owners().find(|other| id_of(&other.node).as_deref() == Some(id)) else {
        let known: Vec<String> = owners().filter_map(|other| id_of(&other.node)).collect();
        problems.push(
            Diagnostic::error(format!("no scenario `{id}` with a table of cases is loaded"))
                .at(name.place())
                .help("`cases` is a table, or the id of the scenario whose table it shares")
                .suggest(id, known.iter().map(String::as_str)),
        );
        return None;
    };
    let mut filled = scenario.clone();
    if let (Value::Mapping(entries), Some(table)) = (&mut filled.value, owner.node.get("cases")) {
        for entry in entries.iter_mut().filter(|entry| entry.key == "cases") {
            entry.value = table.clone();
        }
    }
    Some(Cow::Owned(filled))
}

fn has_table(scenario: &Node) -> bool {
    let table = scenario.get("cases").map(|table| &table.value);
    matches!(table, Some(Value::Sequence(_)))
}

/// The rows of a scenario's table; a single `None` where it has no table.
pub(super) fn rows<'a>(scenario: &'a Node, problems: &mut Problems) -> Vec<Option<Row<'a>>> {
    let Some(table) = scenario.get("cases") else {
        return vec![None];
    };
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    let mut rows = Vec::new();
    for node in table.items() {
        // A row without an id is reported with the rest of the document, below.
        let Some(id) = node.get("id") else { continue };
        let Some(text) = id.as_str() else { continue };
        if let Some(first) = seen.get(text) {
            problems.push(
                Diagnostic::error(format!("two cases have the id `{text}`"))
                    .at(id.place())
                    .label("here again")
                    .related(first.place(), "first here")
                    .help("case ids are unique: reports and snapshots are filed under them"),
            );
            continue;
        }
        seen.insert(text, id);
        rows.extend(word(id).map(|id| Some(Row { id, node })));
    }
    if table.items().is_empty() {
        problems.push(Diagnostic::error("the table of cases has no rows").at(table.place()));
    } else if rows.is_empty() {
        rows.push(None);
    }
    rows
}

/// The scenario with the row's values where `${case.…}` stands for a whole value.
pub(super) fn unfold(scenario: &Node, row: Option<&Row<'_>>, problems: &mut Problems) -> Node {
    let Some(row) = row else {
        return scenario.clone();
    };
    let mut unfolded = Vec::new();
    for entry in scenario.entries() {
        let value = match entry.key.as_str() {
            "cases" => Some(entry.value.clone()),
            _ => substitute(&entry.value, &mut |found, at| row.replace(found, at, problems)),
        };
        unfolded.extend(value.map(|value| Entry {
            key: entry.key.clone(),
            key_span: entry.key_span,
            value,
        }));
    }
    Node {
        value: Value::Mapping(unfolded),
        file: Arc::clone(&scenario.file),
        span: scenario.span,
    }
}

impl Row<'_> {
    /// What takes the place of a placeholder that may name a column.
    fn replace(&self, found: &Placeholder, at: &Node, problems: &mut Problems) -> Replacement {
        let Some(column) = found.field.as_deref().filter(|_| found.name == "case") else {
            return Replacement::Keep;
        };
        match (self.node.get(column), &found.fallback) {
            (Some(node), _) => Replacement::With(node.clone()),
            (None, Some(value)) => fallback(value, at),
            (None, None) => {
                problems.push(self.lacks(column, at.place()));
                Replacement::Drop
            }
        }
    }

    /// The columns as templates; a malformed one is reported where it replaces something.
    pub fn columns(&self) -> HashMap<String, Template> {
        let columns = self.node.entries().iter();
        columns
            .filter_map(|entry| Some((entry.key.clone(), Template::parse(&entry.value).ok()?)))
            .collect()
    }

    /// The whole row, where an expression names `case` itself. Columns that were there have been replaced.
    pub fn whole(&self, events: &[Event], problems: &mut Problems) -> Option<Template> {
        let mut row = None;
        for event in events {
            let Event::Used(reference) = event else { continue };
            if reference.name != "case" {
                continue;
            }
            match &reference.field {
                Some(field) if !reference.optional => {
                    problems.push(self.lacks(field, reference.place.clone()));
                }
                None if row.is_none() => {
                    let parsed = Template::parse(self.node);
                    row = parsed.map_err(|found| problems.extend(found)).ok();
                }
                _ => {}
            }
        }
        for reference in row.iter().flat_map(Template::references) {
            if !BUILTIN.contains(&reference.name.as_str()) {
                let message = format!(
                    "`{}` has no value yet where the whole row is used",
                    reference.name
                );
                problems.push(
                    Diagnostic::error(message)
                        .at(reference.place)
                        .help("name the column: `${case.…}`"),
                );
            }
        }
        row
    }

    fn lacks(&self, column: &str, at: Place) -> Diagnostic {
        let columns = self.node.entries().iter().map(|entry| entry.key.as_str());
        Diagnostic::error(format!("case `{}` has no `{column}`", self.id.value))
            .at(self.id.place.clone())
            .related(at, "used here")
            .help(format!(
                "add it to the row, or write `${{default(case.{column}, null)}}` where it may be missing"
            ))
            .suggest(column, columns)
    }
}
