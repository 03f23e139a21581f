//! The thresholds of a plan and of flags.

use std::time::Duration;

use super::written::{flag, time};
use crate::load::threshold::{Metric, Operator, Threshold, Unit};
use crate::source::{Diagnostic, Diagnostics, Node, Place, Span, Value};

/// How much must have been measured before a threshold ends the run, where the plan does not say.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads those of a plan (`list`), then those of flags; adds the implicit one where none is of errors.
pub(super) fn read(list: Option<&Node>, flags: &[String], problems: &mut Diagnostics) -> Vec<Threshold> {
    let mut thresholds = Vec::new();
    for node in list.map(Node::items).unwrap_or_default() {
        match of_node(node, problems) {
            Ok(threshold) => thresholds.push(threshold),
            Err(problem) => problems.push(problem),
        }
    }
    for text in flags {
        match Threshold::parse(text, &flag("--threshold", text)) {
            Ok(threshold) => thresholds.push(threshold),
            Err(problem) => problems.push(problem),
        }
    }
    if !thresholds
        .iter()
        .any(|threshold| threshold.metric == Metric::Errors)
    {
        thresholds.push(Threshold::implicit());
    }
    thresholds
}

fn of_node(node: &Node, problems: &mut Diagnostics) -> Result<Threshold, Diagnostic> {
    let that = node.get("that").unwrap_or(node);
    let mut threshold = Threshold::parse(that.as_str().unwrap_or_default(), &text_of(that))?;
    threshold.abort = matches!(node.get("abort").map(|node| &node.value), Some(Value::Bool(true)));
    let after = time(node.get("after"));
    if let Some(after) = after.as_ref().filter(|_| !threshold.abort) {
        problems.push(
            Diagnostic::error("`after` goes with `abort: true` only")
                .at(after.place.clone())
                .help("without it a threshold is judged at the end"),
        );
    }
    threshold.after = match (&after, threshold.abort) {
        (Some(after), _) => after.value,
        (None, true) => PATIENCE,
        (None, false) => Duration::ZERO,
    };
    let grows = threshold.unit == Unit::Count
        && matches!(threshold.operator, Operator::More | Operator::AtLeast)
        || threshold.metric == Metric::Requests && threshold.operator == Operator::Equal;
    if threshold.abort && grows {
        problems.push(
            Diagnostic::error("a count that must be reached can be judged at the end only")
                .at(that.place())
                .help("leave `abort` out"),
        );
    }
    Ok(threshold)
}

/// Where the text of a scalar is written, without its quotes.
fn text_of(node: &Node) -> Place {
    let quotes = usize::from(!node.is_plain());
    let inner = Span::new(node.span.start + quotes, node.span.end.saturating_sub(quotes));
    let place = Place::new(&node.file, inner);
    if node.as_str() == Some(place.text()) {
        place
    } else {
        node.place()
    }
}
