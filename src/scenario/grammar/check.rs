//! Holds a document against the grammar and reports everything that does not fit.

use super::{Entries, Form, KeyForm, Mapping, Shape, Variants};
use crate::scenario::problems::Problems;
use crate::source::{Diagnostic, Entry, Node, Place, Value};
use crate::template::Placeholder;

/// One walk through a document.
pub(in crate::scenario) struct Checker<'a> {
    /// Where problems go.
    pub problems: &'a mut Problems,
    /// Whether `${name}` may stand for anything: in a group, whose parameters are not known yet.
    pub open: bool,
}

impl Checker<'_> {
    /// Checks `node`, which is the value of `name`.
    pub fn check(&mut self, node: &Node, shape: &Shape, name: &str) {
        if self.open && node.as_str().and_then(Placeholder::parse).is_some() {
            return;
        }
        match shape {
            Shape::Any => {}
            Shape::Mapping(mapping) => self.mapping(node, mapping, name),
            Shape::Entries(entries) => self.entries(node, entries, name),
            Shape::Variants(variants) => self.variants(node, variants),
            Shape::List(item) => match &node.value {
                Value::Sequence(items) => {
                    let name = if let Shape::Mapping(mapping) = item {
                        mapping.name
                    } else {
                        name
                    };
                    for node in items {
                        self.check(node, item, name);
                    }
                }
                _ => self.wrong_kind(node, shape, name),
            },
            Shape::Either(choices) => match choices.iter().find(|choice| suits(node, choice)) {
                Some(choice) => self.check(node, choice, name),
                None => self.wrong_kind(node, shape, name),
            },
            _ if !suits(node, shape) => self.wrong_kind(node, shape, name),
            Shape::Formed(form) => self.formed(node, *form),
            Shape::Choice(words) => self.choice(node, words, name),
            Shape::Integer(least, most) => self.integer(node, *least, *most, name),
            _ => {}
        }
    }

    fn mapping(&mut self, node: &Node, mapping: &Mapping, name: &str) {
        let Value::Mapping(entries) = &node.value else {
            return self.wrong_kind(node, &Shape::Any, name);
        };
        for entry in entries {
            match (mapping.key(&entry.key), mapping.rest) {
                (Some(key), _) => self.check(&entry.value, &key.shape, key.name),
                (None, Some(rest)) => self.entry(entry, rest, &node.file),
                (None, None) => self.unknown_key(entry, mapping, name, node),
            }
        }
        for key in mapping
            .keys
            .iter()
            .filter(|key| key.required && node.get(key.name).is_none())
        {
            self.problems.push(
                Diagnostic::error(format!("`{name}` needs `{}`", key.name))
                    .at(start_of(node))
                    .label(format!("no `{}` here", key.name))
                    .help(format!("{} For example `{}: {}`", key.doc, key.name, key.example)),
            );
        }
    }

    fn entries(&mut self, node: &Node, entries: &Entries, name: &str) {
        match &node.value {
            Value::Mapping(written) => written
                .iter()
                .for_each(|entry| self.entry(entry, entries, &node.file)),
            _ => self.wrong_kind(node, &Shape::Entries(&FREE), name),
        }
    }

    fn entry(&mut self, entry: &Entry, entries: &Entries, file: &std::sync::Arc<crate::source::SourceFile>) {
        if let KeyForm::Formed(form) = entries.key
            && let Err(reason) = form.check(&entry.key)
        {
            let place = Place::new(file, entry.key_span);
            self.problems.push(malformed(form, &entry.key, reason, place));
        }
        self.check(&entry.value, &entries.value, &entry.key);
    }

    fn variants(&mut self, node: &Node, variants: &Variants) {
        let keys: Vec<&str> = variants.kinds.iter().map(|(key, _)| *key).collect();
        let listed = listed(&keys);
        if !matches!(node.value, Value::Mapping(_)) {
            let message = format!(
                "{} is a mapping with one of {listed}, not {}",
                variants.noun,
                node.kind()
            );
            return self.problems.push(Diagnostic::error(message).at(node.place()));
        }
        let mut found = variants.kinds.iter().filter(|(key, _)| node.get(key).is_some());
        match (found.next(), found.next()) {
            (Some((key, mapping)), None) => self.mapping(node, mapping, key),
            (Some((first, _)), Some((second, _))) => {
                let place = node
                    .entry(second)
                    .map(|entry| Place::new(&node.file, entry.key_span));
                let message = format!(
                    "{} has exactly one of {listed}, not `{first}` and `{second}`",
                    variants.noun
                );
                self.problems
                    .push(Diagnostic::error(message).at(place.unwrap_or_else(|| node.place())));
            }
            (None, _) => self.problems.push(no_variant(node, variants, &keys)),
        }
    }

    fn unknown_key(&mut self, entry: &Entry, mapping: &Mapping, name: &str, node: &Node) {
        let keys: Vec<&str> = mapping.keys.iter().map(|key| key.name).collect();
        let mut diagnostic = Diagnostic::error(format!("unknown key `{}`", entry.key))
            .at(Place::new(&node.file, entry.key_span))
            .label(format!("not a key of `{name}`"))
            .help(format!("the keys are {}", listed(&keys)))
            .suggest(&entry.key, keys.iter().copied());
        if let Some(hint) = mapping.hint {
            diagnostic = diagnostic.note(hint);
        }
        self.problems.push(diagnostic);
    }

    fn formed(&mut self, node: &Node, form: Form) {
        let text = node.as_str().unwrap_or_default();
        if let Err(reason) = form.check(text) {
            self.problems.push(malformed(form, text, reason, node.place()));
        }
    }

    fn choice(&mut self, node: &Node, words: &[(&str, &str)], name: &str) {
        let text = node.as_str().unwrap_or_default();
        if words.iter().any(|(word, _)| *word == text) {
            return;
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.problems.push(
            Diagnostic::error(format!("`{text}` is not a value of `{name}`"))
                .at(node.place())
                .help(format!("the values are {}", listed(&known)))
                .suggest(text, known),
        );
    }

    fn integer(&mut self, node: &Node, least: u64, most: u64, name: &str) {
        let Value::Number(number) = &node.value else {
            return;
        };
        if !number
            .as_u64()
            .is_some_and(|number| (least..=most).contains(&number))
        {
            let message = format!("`{name}` is a whole number from {least} to {most}, not {number}");
            self.problems.push(Diagnostic::error(message).at(node.place()));
        }
    }

    fn wrong_kind(&mut self, node: &Node, shape: &Shape, name: &str) {
        let message = format!("`{name}` is {}, not {}", wanted(shape), node.kind());
        let diagnostic = Diagnostic::error(message).at(node.place());
        self.problems.push(match advice(node, shape) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }
}

fn no_variant(node: &Node, variants: &Variants, keys: &[&str]) -> Diagnostic {
    let message = format!("{} has exactly one of {}", variants.noun, listed(keys));
    let mut diagnostic = Diagnostic::error(message)
        .at(start_of(node))
        .label("none of them here");
    for entry in node.entries() {
        diagnostic = diagnostic.suggest(&entry.key, keys.iter().copied());
    }
    match variants.hint {
        Some(hint) => diagnostic.note(hint),
        None => diagnostic,
    }
}

/// What to do about a node of the wrong kind, where that can be said.
fn advice(node: &Node, shape: &Shape) -> Option<String> {
    let raw: String = node.raw().chars().take(40).collect();
    if node.as_str().is_some_and(|text| text.contains("${")) {
        let only =
            "only `${case.…}`, and a parameter within its group, can stand for a part that is not a value";
        return Some(only.to_owned());
    }
    match (shape, &node.value, form_of(shape)) {
        (Shape::Boolean, Value::String(_), _) => {
            Some("write `true` or `false`: by YAML 1.2 `yes` and `no` are text".to_owned())
        }
        (Shape::List(_), Value::String(_) | Value::Number(_), _) => Some(format!("write `[{raw}]`")),
        (_, Value::Number(_) | Value::Bool(_), Some(Form::Slug | Form::Word | Form::Code))
        | (Shape::Text, Value::Number(_) | Value::Bool(_), _) => Some(format!("quote it: `\"{raw}\"`")),
        (_, _, form) => form.map(|form| form.help().to_owned()),
    }
}

static FREE: Entries = Entries {
    noun: "a key",
    key: KeyForm::Free,
    value: Shape::Any,
};

/// Where a mapping starts, so that a caret does not underline all of it.
fn start_of(node: &Node) -> Place {
    match node.entries().first() {
        Some(first) => Place::new(&node.file, first.key_span),
        None => node.place(),
    }
}

fn malformed(form: Form, text: &str, reason: Option<String>, place: Place) -> Diagnostic {
    let short: String = text.chars().take(60).collect();
    let diagnostic = Diagnostic::error(format!("`{short}` is not {}", form.noun()))
        .at(place)
        .help(form.help());
    match reason {
        Some(reason) => diagnostic.label(reason),
        None => diagnostic,
    }
}

/// Whether the kind of the node is one that the shape takes.
fn suits(node: &Node, shape: &Shape) -> bool {
    match (shape, &node.value) {
        (Shape::Any, _)
        | (Shape::Text | Shape::Formed(_) | Shape::Choice(_), Value::String(_))
        | (Shape::Scalar, Value::String(_) | Value::Number(_) | Value::Bool(_))
        | (Shape::Null, Value::Null)
        | (Shape::Boolean, Value::Bool(_))
        | (Shape::Integer(..) | Shape::Number, Value::Number(_))
        | (Shape::List(_), Value::Sequence(_))
        | (Shape::Mapping(_) | Shape::Entries(_) | Shape::Variants(_), Value::Mapping(_)) => true,
        (Shape::NotAMapping, value) => !matches!(value, Value::Mapping(_)),
        (Shape::Either(choices), _) => choices.iter().any(|choice| suits(node, choice)),
        _ => false,
    }
}

fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Any | Shape::Mapping(_) | Shape::Entries(_) | Shape::Variants(_) => "a mapping".to_owned(),
        Shape::NotAMapping => "a scalar or a list".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Scalar => "text, a number or a boolean".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Integer(..) | Shape::Number => "a number".to_owned(),
        Shape::Formed(form) => format!("{} (text)", form.noun()),
        Shape::Choice(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            format!("one of {} (text)", listed(&words))
        }
        Shape::List(_) => "a list".to_owned(),
        Shape::Either(choices) => {
            let all: Vec<String> = choices.iter().map(wanted).collect();
            all.join(" or ")
        }
    }
}

fn form_of(shape: &Shape) -> Option<Form> {
    match shape {
        Shape::Formed(form) => Some(*form),
        Shape::Either(choices) => choices.iter().find_map(form_of),
        _ => None,
    }
}

fn listed(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
