//! From a plan's file and flags to a plan.

use std::sync::Arc;
use std::time::Duration;

use super::model::{Mixed, Plan};
use super::overrides::Overrides;
use super::written::Written;
use super::{doubts, levels, mix, thresholds};
use crate::contract::Contract;
use crate::load::threshold::{Metric, Names, Threshold};
use crate::outcome::load::CheckPolicy;
use crate::scenario::{Files, Language, Test, find, plan_document};
use crate::source::{Diagnostic, Diagnostics, Node, Place, SourceFile};

/// What plans are read against.
#[derive(Clone, Copy)]
pub struct Plans<'a> {
    /// One contract for each model.
    pub contracts: &'a [Arc<Contract>],
    /// Where the files that a plan names come from.
    pub files: &'a dyn Files,
    /// The tests that a plan without `scenarios` chooses from.
    pub tests: &'a [Test],
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The plan; nothing when it has errors.
    pub plan: Option<Plan>,
    /// Everything wrong or doubtful.
    pub diagnostics: Diagnostics,
}

/// A plan's head: what it is called, and where.
struct Head {
    name: String,
    title: Option<String>,
    file: Option<String>,
    place: Option<Place>,
}

impl Plans<'_> {
    /// Reads the plan in a file; flags take the place of what it says.
    pub fn load(&self, file: &Arc<SourceFile>, flags: &Overrides) -> Loaded {
        let node = match plan_document(file) {
            Ok(node) => node,
            Err(diagnostics) => {
                return Loaded {
                    plan: None,
                    diagnostics,
                };
            }
        };
        let mut problems = Diagnostics::default();
        let own = self.own_tests(&node, &mut problems);
        let mix = match &own {
            Some(_) if problems.has_errors() => Vec::new(),
            Some(tests) => mix_of(&node, tests, &mut problems),
            None => mix_of(&node, self.tests, &mut problems),
        };
        let mut written = Written::of(&node, &mut problems);
        written.override_with(flags);
        let text = |key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let head = Head {
            name: text("load").unwrap_or_default(),
            title: text("title"),
            file: Some(file.name().to_owned()),
            place: node.get("load").map(Node::place),
        };
        self.finish(head, mix, &written, (node.get("thresholds"), flags), problems)
    }

    /// A plan without a file: every one of [`Plans::tests`] alike, everything else from flags.
    pub fn of_tests(&self, flags: &Overrides) -> Loaded {
        let mut written = Written::default();
        written.override_with(flags);
        // Nothing of a file is out of reach on purpose here.
        written.reshaped = false;
        let mut problems = Diagnostics::default();
        if self.tests.is_empty() {
            problems
                .push(Diagnostic::error("there is no scenario to run").help("name a file that holds one"));
        }
        let head = Head {
            name: name_of(self.tests),
            title: None,
            file: None,
            place: None,
        };
        self.finish(head, mix::alike(self.tests), &written, (None, flags), problems)
    }

    /// The tests of the files that a plan names; nothing when it names none.
    fn own_tests(&self, node: &Node, problems: &mut Diagnostics) -> Option<Vec<Test>> {
        let list = node.get("scenarios")?;
        let mut sources = Vec::new();
        for name in list.items() {
            match find(self.files, &node.file, name.as_str().unwrap_or_default()) {
                Some(Ok(source)) => sources.push(source),
                Some(Err(problem)) => problems.push(Diagnostic {
                    place: problem.place.clone().or(Some(name.place())),
                    ..problem
                }),
                None => problems.push(
                    Diagnostic::error(format!("there is no file `{}`", name.as_str().unwrap_or_default()))
                        .at(name.place())
                        .help("it is looked for in the plan's folder, in those above it, and among the bundled ones"),
                ),
            }
        }
        let language = Language {
            contracts: self.contracts,
            files: self.files,
        };
        let loaded = language.load(&sources);
        problems.extend(loaded.diagnostics);
        if loaded.tests.is_empty() && !problems.has_errors() {
            problems.push(Diagnostic::error("these files hold no scenario").at(list.place()));
        }
        Some(loaded.tests)
    }

    /// Puts the parts together, and looks whether they agree.
    fn finish(
        &self,
        head: Head,
        mix: Vec<Mixed>,
        written: &Written,
        (list, flags): (Option<&Node>, &Overrides),
        mut problems: Diagnostics,
    ) -> Loaded {
        let levels = levels::read(written, head.place.as_ref(), &mut problems);
        let mut thresholds = thresholds::read(list, &flags.thresholds, &mut problems);
        if !mix.is_empty() {
            let names = Names::of(mix.iter().map(|mixed| &mixed.test));
            for threshold in &mut thresholds {
                if let Err(problem) = names.resolve(threshold) {
                    problems.push(problem);
                }
                if let Some(problem) = self.unknown_code(threshold) {
                    problems.push(problem);
                }
            }
        }
        let plan = levels.filter(|_| !problems.has_errors()).map(|levels| Plan {
            name: head.name,
            title: head.title,
            file: head.file,
            mix,
            model: levels.model,
            stages: levels.stages,
            think: written
                .think
                .as_ref()
                .map_or((Duration::ZERO, Duration::ZERO), |think| think.value),
            duration: levels.duration,
            iterations: written.iterations.as_ref().map(|most| most.value),
            warm_up: written.warm_up.as_ref().map_or(Duration::ZERO, |time| time.value),
            check: written.check.unwrap_or(CheckPolicy::All),
            thresholds,
        });
        if let Some(plan) = &plan {
            doubts::look(plan, written.reshaped, &mut problems);
        }
        Loaded {
            plan: plan.filter(|_| !problems.has_errors()),
            diagnostics: problems,
        }
    }

    /// A threshold on a code that no contract has, which would hold whatever happens.
    fn unknown_code(&self, threshold: &Threshold) -> Option<Diagnostic> {
        let Metric::Code(code) = &threshold.metric else {
            return None;
        };
        let known = || self.contracts.iter().flat_map(|contract| contract.codes());
        let unknown = known().next().is_some() && known().all(|entry| entry.code != *code);
        unknown.then(|| {
            Diagnostic::error(format!("there is no code `{code}`"))
                .at(threshold.place.clone())
                .help("the codes are those of the contract; `utlegg explain CODE` tells of each")
                .suggest(code, known().map(|entry| entry.code.as_str()))
        })
    }
}

fn mix_of(node: &Node, tests: &[Test], problems: &mut Diagnostics) -> Vec<Mixed> {
    match node.get("mix") {
        Some(list) => mix::read(list, tests, problems),
        None => mix::alike(tests),
    }
}

/// A name from those of the scenarios.
fn name_of(tests: &[Test]) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for test in tests {
        if !ids.contains(&test.scenario.id.value.as_str()) {
            ids.push(&test.scenario.id.value);
        }
    }
    match ids.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, others @ ..] => format!("{first}-and-{}-more", others.len()),
    }
}
