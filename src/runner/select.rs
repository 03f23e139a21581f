//! Which tests are run: by name, code, tag, model, obligation.

use crate::scenario::{Obligation, Test};
use crate::source::closest;

/// What the user asked for; an empty part does not restrict.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Scenario ids, `scenario/case`, or codes (`KB-006`, `DUPLIKAT_INNSENDING`): a test that any of them names.
    pub names: Vec<String>,
    /// Tags: a test that has any of them.
    pub tags: Vec<String>,
    /// Models.
    pub models: Vec<String>,
    /// Obligations.
    pub obligations: Vec<Obligation>,
}

impl Selection {
    /// The tests selected, in their order.
    ///
    /// # Errors
    /// The first name, tag or model that no test has, with the nearest one that exists.
    pub fn select(&self, tests: Vec<Test>) -> Result<Vec<Test>, UnknownName> {
        for name in &self.names {
            if !tests.iter().any(|test| is_named(test, name)) {
                return Err(UnknownName::of(
                    "scenario, case or code",
                    name,
                    tests.iter().flat_map(names_of),
                ));
            }
        }
        for tag in &self.tags {
            if !tests.iter().any(|test| test.scenario.tags.contains(tag)) {
                let known = tests.iter().flat_map(|test| test.scenario.tags.iter().cloned());
                return Err(UnknownName::of("tag", tag, known));
            }
        }
        for model in &self.models {
            if !tests.iter().any(|test| test.model == *model) {
                let known = tests.iter().map(|test| test.model.clone());
                return Err(UnknownName::of("model", model, known));
            }
        }
        Ok(tests.into_iter().filter(|test| self.wants(test)).collect())
    }

    fn wants(&self, test: &Test) -> bool {
        let any =
            |wanted: &[String], has: &dyn Fn(&String) -> bool| wanted.is_empty() || wanted.iter().any(has);
        any(&self.names, &|name| is_named(test, name))
            && any(&self.tags, &|tag| test.scenario.tags.contains(tag))
            && any(&self.models, &|model| test.model == *model)
            && (self.obligations.is_empty() || self.obligations.contains(&test.scenario.obligation))
    }
}

/// A name that no test has.
#[derive(Debug, thiserror::Error)]
#[error("no {kind} is called `{name}`{}", suggestion.as_ref().map(|found| format!("; did you mean `{found}`?")).unwrap_or_default())]
pub struct UnknownName {
    kind: &'static str,
    name: String,
    suggestion: Option<String>,
}

impl UnknownName {
    fn of(kind: &'static str, name: &str, known: impl Iterator<Item = String>) -> Self {
        let known: Vec<String> = known.collect();
        let names = || known.iter().map(String::as_str);
        let suggestion = closest(name, names())
            .or_else(|| names().find(|known| name.len() > 2 && known.contains(name)))
            .map(str::to_owned);
        Self {
            kind,
            name: name.to_owned(),
            suggestion,
        }
    }
}

fn is_named(test: &Test, name: &str) -> bool {
    names_of(test).any(|known| known == name)
}

/// Everything a test can be called by.
fn names_of(test: &Test) -> impl Iterator<Item = String> {
    let scenario = test.scenario.id.value.clone();
    let case = test
        .case
        .as_ref()
        .map(|case| format!("{scenario}/{}", case.value));
    std::iter::once(scenario)
        .chain(case)
        .chain(test.provokes.iter().cloned())
}
