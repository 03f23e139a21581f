//! Checks, before anything runs, that every variable has a value when it is used.

use std::collections::{HashMap, HashSet};

use super::decode::{BUILTIN, Event};
use super::problems::Problems;
use crate::source::{Diagnostic, Place};

/// The captures of a scenario's tests, and which of them some test uses.
#[derive(Debug, Default)]
pub(super) struct Captures {
    made: Vec<(String, Place)>,
    used: HashSet<String>,
}

impl Captures {
    /// Warns of every capture that no test uses.
    pub fn report_unused(self, problems: &mut Problems) {
        for (name, place) in self.made {
            if !self.used.contains(&name) && !name.starts_with('_') {
                problems.push(
                    Diagnostic::warning(format!("`{name}` is captured but never used"))
                        .at(place)
                        .help("leave it out, or begin its name with `_`"),
                );
            }
        }
    }
}

/// Follows one test's variables in the order in which they get their values and are used.
pub(super) fn check(events: &[Event], has_row: bool, captures: &mut Captures, problems: &mut Problems) {
    let mut later: HashMap<&str, &Place> = HashMap::new();
    for event in events.iter().rev() {
        if let Event::Defined { name, place, .. } = event {
            later.insert(name, place);
        }
    }
    let mut known: HashSet<&str> = BUILTIN.into_iter().collect();
    if has_row {
        known.insert("case");
    }
    for event in events {
        match event {
            Event::Defined { name, place, capture } => {
                let reserved = BUILTIN.contains(&name.as_str())
                    || name == "request" && *capture
                    || name == "case" && has_row;
                if reserved {
                    problems.push(taken(name, place));
                } else if *capture {
                    captures.made.push((name.clone(), place.clone()));
                }
                known.insert(name);
            }
            Event::Used(reference) => {
                captures.used.insert(reference.name.clone());
                if !reference.optional && !known.contains(reference.name.as_str()) {
                    problems.push(undefined(&reference.name, &reference.place, &later, &known));
                }
            }
        }
    }
}

fn taken(name: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(format!("`{name}` is defined already"))
        .at(place.clone())
        .label("this name has a meaning of its own")
        .help("choose another name")
}

fn undefined(name: &str, place: &Place, later: &HashMap<&str, &Place>, known: &HashSet<&str>) -> Diagnostic {
    // A group's own variables have the group's id before a dot, which nobody wrote.
    let (scope, shown) = name.rsplit_once('.').unwrap_or(("", name));
    if let Some(definition) = later.get(name) {
        return Diagnostic::error(format!("variable `{shown}` is used before it has a value"))
            .at(place.clone())
            .related((*definition).clone(), "it gets its value here");
    }
    let diagnostic = Diagnostic::error(format!("variable `{shown}` is not defined")).at(place.clone());
    let mut visible: Vec<&str> = known
        .iter()
        .filter_map(|name| match name.rsplit_once('.') {
            Some((inside, name)) => (inside == scope).then_some(name),
            None => (scope.is_empty() || BUILTIN.contains(name)).then_some(*name),
        })
        .collect();
    visible.sort_unstable();
    let listed: Vec<String> = visible.iter().map(|name| format!("`{name}`")).collect();
    let diagnostic = diagnostic.help(format!("defined here: {}", listed.join(", ")));
    let diagnostic = match shown {
        "request" => diagnostic.help("say what it is under `given.request`"),
        "case" => diagnostic.help("`case` is the row of a table: give the scenario `cases`"),
        _ => diagnostic,
    };
    diagnostic.suggest(shown, visible)
}
