//! Nodes to model. Whatever is malformed has been reported by the grammar's checker; here it is passed over.

mod call;
mod expect;
mod given;
mod group;
mod scalar;
mod step;

use std::collections::{HashMap, HashSet};

pub(super) use group::GroupScope;
pub(super) use scalar::{located, word, words};

use super::library::Library;
use super::problems::Problems;
use super::registry::Registry;
use crate::contract::Contract;
use crate::source::{Node, Place};
use crate::template::{Reference, Template, TextTemplate};

/// Reads the parts of one test.
pub(super) struct Decoder<'a> {
    /// The groups that may be used.
    pub registry: &'a Registry,
    /// Where other files come from.
    pub library: &'a Library<'a>,
    /// The contract of the model the test is for.
    pub contract: &'a Contract,
    /// Where problems go.
    pub problems: &'a mut Problems,
    /// What happens to variables, in the order it happens when the test runs.
    pub events: Vec<Event>,
    /// The groups whose steps are being read, outermost first.
    pub scopes: Vec<GroupScope>,
    /// The columns of the case, for expressions within longer text.
    pub columns: HashMap<String, Template>,
    /// The step ids taken so far.
    pub ids: HashSet<String>,
    /// The word before the ids of steps in groups.
    pub prefix: String,
    /// Whether the steps being read are those of a request file.
    pub preparing: bool,
}

/// Something that happens to a variable.
#[derive(Debug)]
pub(super) enum Event {
    /// An expression uses it.
    Used(Reference),
    /// It gets a value.
    Defined {
        /// Its name; a group's own variables have the group's name before a dot.
        name: String,
        /// Where.
        place: Place,
        /// Whether it is a capture, which somebody should use.
        capture: bool,
    },
}

/// Names that every expression may use.
pub(super) const BUILTIN: [&str; 3] = ["innsender", "model", "reference"];

impl<'a> Decoder<'a> {
    /// Begins a test.
    pub fn new(
        registry: &'a Registry,
        library: &'a Library<'a>,
        contract: &'a Contract,
        problems: &'a mut Problems,
    ) -> Self {
        Self {
            registry,
            library,
            contract,
            problems,
            events: Vec::new(),
            scopes: Vec::new(),
            columns: HashMap::new(),
            ids: HashSet::new(),
            prefix: String::new(),
            preparing: false,
        }
    }

    /// Parses a template, gives the names of groups their meaning and notes which variables it uses.
    pub fn template(&mut self, node: &Node) -> Option<Template> {
        match Template::parse(node) {
            Ok(template) => {
                let bound = self.bind(&template);
                self.events
                    .extend(bound.references().into_iter().map(Event::Used));
                Some(bound)
            }
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    /// The same for text.
    pub fn text_template(&mut self, node: &Node) -> Option<TextTemplate> {
        self.template(node).map(TextTemplate)
    }

    /// Notes that a variable gets a value.
    pub fn define(&mut self, name: &str, place: Place, capture: bool) {
        self.events.push(Event::Defined {
            name: name.to_owned(),
            place,
            capture,
        });
    }

    /// An id that no step has yet.
    fn fresh_id(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
        let id = all.find(|id| !self.ids.contains(id)).unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }
}
