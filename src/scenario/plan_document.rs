//! Load plans as documents of the same strict language; what they mean, `load::plan` knows.

use std::sync::Arc;

use super::grammar::{Checker, DOCUMENT, PLAN, Shape};
use super::problems::Problems;
use crate::source::{Diagnostic, Diagnostics, Node, SourceFile, parse_documents};

/// The key that a load plan begins with.
const MARK: &str = "load";

/// Keys that tell a plan whose mark is misspelt from a scenario whose mark is.
const OF_PLANS: [&str; 6] = ["mix", "users", "rate", "stages", "thresholds", "warm_up"];

/// Whether a file is meant as a load plan, as far as it can be read.
pub fn is_plan(file: &Arc<SourceFile>) -> bool {
    let has = |node: &Node, keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    let marks: Vec<&str> = DOCUMENT.kinds.iter().map(|(mark, _)| *mark).collect();
    parse_documents(file).is_ok_and(|documents| {
        documents.iter().any(|node| has(node, &[MARK]))
            || documents.iter().any(|node| has(node, &OF_PLANS))
                && !documents.iter().any(|node| has(node, &marks))
    })
}

/// The plan in a file, every key of it known and of the right kind.
///
/// # Errors
/// Whatever does not fit the grammar, all of it.
pub fn plan_document(file: &Arc<SourceFile>) -> Result<Node, Diagnostics> {
    let mut documents = parse_documents(file)?.into_iter();
    let empty = || {
        let message = format!("{} holds no load plan", file.name());
        Diagnostic::error(message).help("a plan begins with `load:` and its id")
    };
    let plan = documents.next().ok_or_else(empty)?;
    let mut problems = Problems::default();
    Checker {
        problems: &mut problems,
        open: false,
    }
    .check(&plan, &Shape::Mapping(&PLAN), "plan");
    if let Some(second) = documents.next() {
        problems.push(
            Diagnostic::error("a load plan has a file of its own")
                .at(second
                    .entries()
                    .first()
                    .map_or_else(|| second.place(), |first| first.value.place()))
                .label("a second document begins here")
                .help("put it in another file"),
        );
    }
    let found = problems.into_diagnostics(std::slice::from_ref(file));
    if found.has_errors() { Err(found) } else { Ok(plan) }
}
