//! One trial or more for each condition: the change to the clean document that provokes it, and where it is told.

mod changes;
mod claims;
mod grounds;
mod parties;
pub mod permitted;

use serde_json::Value;

use super::document::{clean_v1, clean_v2};
use super::surroundings::Known;

type Change = (&'static str, Do);

/// What is done at a pointer.
#[derive(Debug, Clone)]
enum Do {
    Set(Value),
    Add(Value),
    /// Adds a copy of what is at this pointer.
    AddCopyOf(&'static str),
    Remove,
}

/// One condition provoked.
#[derive(Debug, Clone)]
pub struct Trial {
    pub name: String,
    pub code: &'static str,
    pub model: &'static str,
    pub pointer: &'static str,
    /// What cannot but be violated as well.
    pub also: &'static [(&'static str, &'static str)],
    pub known: Known,
    /// Whether it needs to know something outside the request.
    pub asks_around: bool,
    changes: Vec<Change>,
    /// Whether the change is what the condition is about, so that the case before was the clean document.
    alters_case: bool,
}

impl Trial {
    pub fn request(&self) -> Value {
        let mut request = self.clean();
        for (pointer, change) in &self.changes {
            apply(&mut request, pointer, change);
        }
        request
    }

    pub fn before(&self) -> Value {
        if self.alters_case {
            self.clean()
        } else {
            self.request()
        }
    }

    fn clean(&self) -> Value {
        if self.model == "v1" {
            clean_v1()
        } else {
            clean_v2()
        }
    }

    fn v1(mut self) -> Self {
        self.model = "v1";
        self
    }

    fn asks(mut self) -> Self {
        self.asks_around = true;
        self
    }

    fn alters(mut self) -> Self {
        self.alters_case = true;
        self.asks()
    }

    fn known(mut self, change: impl FnOnce(&mut Known)) -> Self {
        change(&mut self.known);
        self.asks()
    }

    fn also(mut self, also: &'static [(&'static str, &'static str)]) -> Self {
        self.also = also;
        self
    }
}

fn apply(request: &mut Value, pointer: &str, change: &Do) {
    let copied = match change {
        Do::AddCopyOf(from) => request.pointer(from).unwrap().clone(),
        Do::Set(value) | Do::Add(value) => value.clone(),
        Do::Remove => Value::Null,
    };
    if let Do::Add(_) | Do::AddCopyOf(_) = change {
        request
            .pointer_mut(pointer)
            .unwrap()
            .as_array_mut()
            .unwrap()
            .push(copied);
        return;
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match (request.pointer_mut(parent).unwrap(), change) {
        (Value::Object(members), Do::Remove) => drop(members.remove(name).unwrap()),
        (Value::Object(members), _) => drop(members.insert(name.to_owned(), copied)),
        (Value::Array(items), _) => items[name.parse::<usize>().unwrap()] = copied,
        (other, _) => unreachable!("{pointer} in {other}"),
    }
}

fn trial(code: &'static str, pointer: &'static str, changes: Vec<Change>) -> Trial {
    Trial {
        name: format!("{code} {changes:?}"),
        code,
        model: "v2",
        pointer,
        also: &[],
        known: Known::default(),
        asks_around: false,
        changes,
        alters_case: false,
    }
}

fn set(value: impl Into<Value>) -> Do {
    Do::Set(value.into())
}

/// All of them.
pub fn trials() -> Vec<Trial> {
    [
        parties::parties(),
        parties::submitters(),
        parties::register(),
        parties::addresses(),
        parties::representatives(),
        claims::claims(),
        claims::relations(),
        claims::interest(),
        claims::priorities(),
        grounds::grounds(),
        grounds::attachment_types(),
        grounds::attachment_states(),
        grounds::numbers(),
        grounds::accounts(),
        changes::changes(),
    ]
    .concat()
}
