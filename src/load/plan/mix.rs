//! The mix: from names and weights to tests.

use std::collections::HashMap;

use super::fingerprint;
use super::model::Mixed;
use crate::scenario::Test;
use crate::source::{Diagnostic, Diagnostics, Node, Place, Value};

/// The largest sum of weights, so that a mix can be dealt out.
const MOST: u64 = 10_000_000;

/// Every test alike.
pub(super) fn alike(tests: &[Test]) -> Vec<Mixed> {
    tests.iter().map(|test| mixed(test, 1)).collect()
}

/// The tests that a plan's `mix` names, with whole weights: a scenario's weight is shared by its tests alike.
pub(super) fn read(list: &Node, tests: &[Test], problems: &mut Diagnostics) -> Vec<Mixed> {
    if list.items().is_empty() {
        problems.push(
            Diagnostic::error("the mix is empty, so nothing is run")
                .at(list.place())
                .help("leave `mix` out to run every test of the files"),
        );
    }
    let mut first: HashMap<String, Place> = HashMap::new();
    let mut parts = Vec::new();
    for node in list.items() {
        match tests_of(node, tests) {
            Ok(found) => {
                for test in &found {
                    let id = mixed(test, 1).id().to_string();
                    if let Some(place) = first.insert(id.clone(), node_place(node)) {
                        problems.push(
                            Diagnostic::error(format!("`{id}` stands in the mix twice"))
                                .at(node_place(node))
                                .related(place, "first here")
                                .help("give it one weight"),
                        );
                    }
                }
                parts.push((weight(node), found));
            }
            Err(problem) => problems.push(problem),
        }
    }
    whole(parts).unwrap_or_else(|| {
        problems.push(
            Diagnostic::error("the weights cannot be shared out among so many cases")
                .at(list.place())
                .help("name fewer cases, or weights with a common measure"),
        );
        Vec::new()
    })
}

/// The tests that an entry names.
fn tests_of<'a>(node: &Node, tests: &'a [Test]) -> Result<Vec<&'a Test>, Diagnostic> {
    let name = node.get("scenario").unwrap_or(node);
    let text = name.as_str().unwrap_or_default();
    let (scenario, case) = match text.split_once('/') {
        Some((scenario, case)) => (scenario, Some(case)),
        None => (text, None),
    };
    let of_scenario: Vec<&Test> = tests
        .iter()
        .filter(|test| test.scenario.id.value == scenario)
        .collect();
    if of_scenario.is_empty() {
        let known = tests.iter().map(|test| test.scenario.id.value.as_str());
        return Err(Diagnostic::error(format!("there is no scenario `{scenario}`"))
            .at(name.place())
            .help("a scenario is named by its id; `scenarios:` says in which files it is looked for")
            .suggest(scenario, known));
    }
    let mut found = of_scenario.clone();
    if let Some(case) = case {
        let id = |test: &&'a Test| test.case.as_ref().map(|case| case.value.as_str());
        found.retain(|test| id(test) == Some(case));
        if found.is_empty() {
            return Err(
                Diagnostic::error(format!("scenario `{scenario}` has no case `{case}`"))
                    .at(name.place())
                    .help("a case is named by its id in the scenario's table")
                    .suggest(case, of_scenario.iter().filter_map(id)),
            );
        }
    }
    if let Some(node) = node.get("model")
        && let Some(model) = node.as_str()
    {
        let mut models: Vec<&str> = found.iter().map(|test| test.model.as_str()).collect();
        models.dedup();
        found.retain(|test| test.model == model);
        if found.is_empty() {
            return Err(
                Diagnostic::error(format!("`{text}` does not apply to model `{model}`"))
                    .at(node.place())
                    .help(format!("it applies to {}", models.join(", ")))
                    .suggest(model, models.iter().copied()),
            );
        }
    }
    Ok(found)
}

/// Where an entry names its scenario.
fn node_place(node: &Node) -> Place {
    node.get("scenario").unwrap_or(node).place()
}

fn weight(node: &Node) -> u64 {
    match node.get("weight").map(|node| &node.value) {
        Some(Value::Number(number)) => number.as_u64().unwrap_or(1),
        _ => 1,
    }
}

/// The smallest whole weights in the same relation; nothing when they are too large to be dealt out.
fn whole(parts: Vec<(u64, Vec<&Test>)>) -> Option<Vec<Mixed>> {
    let mut common: u64 = 1;
    for (_, tests) in &parts {
        let count = u64::try_from(tests.len()).ok()?;
        common = common.checked_mul(count / divisor(common, count))?;
        if common > MOST {
            return None;
        }
    }
    let mut weighted = Vec::new();
    for (weight, tests) in parts {
        let count = u64::try_from(tests.len()).ok()?;
        let each = weight.checked_mul(common / count)?;
        weighted.extend(tests.into_iter().map(|test| (each, test)));
    }
    let shared = weighted
        .iter()
        .fold(0, |shared, (weight, _)| divisor(shared, *weight));
    let sum: u64 = weighted.iter().map(|(weight, _)| weight / shared.max(1)).sum();
    if sum > MOST {
        return None;
    }
    weighted
        .into_iter()
        .map(|(weight, test)| Some(mixed(test, u32::try_from(weight / shared.max(1)).ok()?)))
        .collect()
}

/// The greatest common divisor; of 0 and a number, the number.
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}

fn mixed(test: &Test, weight: u32) -> Mixed {
    Mixed {
        fingerprint: fingerprint::of(test),
        test: test.clone(),
        weight,
    }
}
