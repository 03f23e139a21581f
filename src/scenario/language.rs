//! From files to tests.

use std::sync::Arc;

use super::case::{self, Row};
use super::contract_check;
use super::decode::{Decoder, located, word, words};
use super::files::Files;
use super::grammar::{Checker, SCENARIO, Shape};
use super::library::Library;
use super::problems::Problems;
use super::registry::{Document, Registry};
use super::unfold::size;
use super::variables::{self, Captures};
use super::{ConditionSet, Obligation, Scenario, Step, Test};
use crate::contract::Contract;
use crate::source::{Diagnostic, Diagnostics, Node, SourceFile};

/// What scenarios are read against.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    /// One contract for each model that is to be tested.
    pub contracts: &'a [Arc<Contract>],
    /// Where request files, attachments and shared groups come from.
    pub files: &'a dyn Files,
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// In the order of files, documents, cases, models. A test with errors is not among them.
    pub tests: Vec<Test>,
    /// Everything wrong or doubtful, in the order of the files.
    pub diagnostics: Diagnostics,
}

impl Language<'_> {
    /// Reads scenarios, request files and groups, and unfolds them into tests.
    pub fn load(&self, sources: &[Arc<SourceFile>]) -> Loaded {
        let mut problems = Problems::default();
        let registry = Registry::read(sources, &self.files.groups(), &mut problems);
        let library = Library::new(self.files);
        let mut tests = Vec::new();
        for document in &registry.scenarios {
            let mut reader = Reader {
                contracts: self.contracts,
                registry: &registry,
                library: &library,
                problems: &mut problems,
                captures: Captures::default(),
            };
            tests.extend(reader.scenario(document));
            reader.captures.report_unused(&mut problems);
        }
        Loaded {
            tests,
            diagnostics: problems.into_diagnostics(sources),
        }
    }
}

/// Reads the tests of one scenario.
struct Reader<'a> {
    contracts: &'a [Arc<Contract>],
    registry: &'a Registry,
    library: &'a Library<'a>,
    problems: &'a mut Problems,
    captures: Captures,
}

impl Reader<'_> {
    fn scenario(&mut self, document: &Document) -> Vec<Test> {
        let Some(node) = case::with_table(&document.node, self.registry, self.problems) else {
            return Vec::new();
        };
        let node = node.as_ref();
        let rows = case::rows(node, self.problems);
        if let Err(problem) = self.library.spend(size(node).saturating_mul(rows.len().max(1))) {
            self.problems.push(problem.at(node.place()));
            return Vec::new();
        }
        let mut drafts = Vec::new();
        for row in &rows {
            let unfolded = case::unfold(node, row.as_ref(), self.problems);
            Checker {
                problems: &mut *self.problems,
                open: false,
            }
            .check(&unfolded, &Shape::Mapping(&SCENARIO), "scenario");
            for contract in self.models(&unfolded) {
                drafts.extend(self.test(&unfolded, row.as_ref(), &contract));
            }
        }
        match header(node, &drafts) {
            Some(header) => {
                let header = Arc::new(header);
                drafts
                    .into_iter()
                    .map(|draft| Test {
                        scenario: Arc::clone(&header),
                        ..draft
                    })
                    .collect()
            }
            None => Vec::new(),
        }
    }

    /// The contracts whose models the scenario applies to.
    fn models(&mut self, node: &Node) -> Vec<Arc<Contract>> {
        let wanted = words(node.get("models"));
        for model in &wanted {
            let mut known = self.contracts.iter().flat_map(|contract| {
                let codes = contract
                    .codes()
                    .iter()
                    .flat_map(|code| code.models.iter().map(String::as_str));
                std::iter::once(contract.model()).chain(codes)
            });
            if !known.clone().any(|known| known == model.value) {
                let names: Vec<&str> = self.contracts.iter().map(|contract| contract.model()).collect();
                self.problems.push(
                    Diagnostic::error(format!("there is no model `{}`", model.value))
                        .at(model.place.clone())
                        .help(format!("the contracts loaded are for {}", names.join(", ")))
                        .suggest(&model.value, known.by_ref()),
                );
            }
        }
        let applies = |contract: &&Arc<Contract>| {
            wanted.is_empty() || wanted.iter().any(|model| model.value == contract.model())
        };
        self.contracts.iter().filter(applies).cloned().collect()
    }

    /// One test; nothing when it has errors.
    fn test(&mut self, node: &Node, row: Option<&Row<'_>>, contract: &Contract) -> Option<Test> {
        let before = self.problems.errors();
        let mut decoder = Decoder::new(self.registry, self.library, contract, self.problems);
        decoder.columns = row.map(Row::columns).unwrap_or_default();
        let (given, preparation) = decoder.given(node.get("given"));
        let mut steps = Vec::new();
        if let Some(list) = node.get("steps") {
            decoder.steps(list, &mut steps);
        }
        if let Some(identity) = node.get("as") {
            decoder.template(identity);
        }
        let events = std::mem::take(&mut decoder.events);
        for step in preparation.iter().chain(&steps) {
            contract_check::check(step, contract, self.problems);
        }
        variables::check(&events, row.is_some(), &mut self.captures, self.problems);
        asserts_something(node, &steps, self.problems);
        let whole_row = row.and_then(|row| row.whole(&events, self.problems));
        if self.problems.errors() > before {
            return None;
        }
        let header = header(node, &[])?;
        let mut provokes = Vec::new();
        for step in &steps {
            add_codes(step, &mut provokes);
        }
        Some(Test {
            place: row.map_or(&header.id, |row| &row.id).place.clone(),
            scenario: Arc::new(header),
            case: row.map(|row| row.id.clone()),
            row: whole_row,
            model: contract.model().to_owned(),
            given,
            preparation,
            steps,
            provokes,
        })
    }
}

/// What a document says before its steps, with the codes that its tests expect.
fn header(node: &Node, tests: &[Test]) -> Option<Scenario> {
    let id = word(node.get("scenario")?)?;
    let title = node
        .get("title")
        .and_then(Node::as_str)
        .unwrap_or(&id.value)
        .to_owned();
    let mut provokes: Vec<String> = Vec::new();
    for code in tests.iter().flat_map(|test| &test.provokes) {
        if !provokes.contains(code) {
            provokes.push(code.clone());
        }
    }
    Some(Scenario {
        title,
        models: words(node.get("models")),
        tags: words(node.get("tags")).into_iter().map(|tag| tag.value).collect(),
        obligation: match node.get("obligation").and_then(Node::as_str) {
            Some("should") => Obligation::Should,
            Some("may") => Obligation::May,
            _ => Obligation::Must,
        },
        requires: words(node.get("requires")),
        identity: node
            .get("as")
            .and_then(|node| Some(located(node.as_str()?.to_owned(), node))),
        provokes,
        id,
    })
}

fn add_codes(step: &Step, codes: &mut Vec<String>) {
    let conditions = step
        .expect
        .conditions
        .iter()
        .flat_map(|conditions| match &conditions.value {
            ConditionSet::Exactly(codes) | ConditionSet::Contains(codes) => codes,
        });
    for code in step.expect.code.iter().map(|code| &code.value).chain(conditions) {
        if !codes.contains(code) {
            codes.push(code.clone());
        }
    }
}

fn asserts_something(node: &Node, steps: &[Step], problems: &mut Problems) {
    let written = node.get("steps");
    if !steps.is_empty() || written.is_some_and(|list| !list.items().is_empty()) {
        return;
    }
    if let Some(written) = written.filter(|list| matches!(list.value, crate::source::Value::Sequence(_))) {
        problems.push(
            Diagnostic::error("the scenario has no steps, so it asserts nothing")
                .at(written.place())
                .help("a step is `call`, `poll`, `raw` or `use`"),
        );
    }
}
