//! The groups of failures, each with its example.

use serde::Serialize;

use crate::outcome::load::{FailureGroup, FailureKind};
use crate::outcome::{ExchangeRecord, StepRecord};
use crate::report::html::{Block, ProblemView};
use crate::report::load::figures::{grouped, time};
use crate::report::problem::problem_of;
use crate::report::units::cut;

/// How many bytes of a body are shown.
const BODY: usize = 4 << 10;

/// A group of failures.
#[derive(Serialize)]
pub(super) struct FailureView {
    count: String,
    row: String,
    shape: String,
    kind: &'static str,
    when: String,
    example: Option<ProblemView>,
}

/// `group` as the page shows it.
pub(super) fn view(group: &FailureGroup) -> FailureView {
    let when = if group.count == 1 {
        format!("after {}", time(group.first_us))
    } else {
        format!("after {} to {}", time(group.first_us), time(group.last_us))
    };
    FailureView {
        count: grouped(group.count),
        row: group.row.clone(),
        shape: group.shape.clone(),
        kind: match group.kind {
            FailureKind::Check => "a check did not hold",
            FailureKind::Transport => "no answer, or none that can be read",
            FailureKind::Harness => "the harness could not go on",
        },
        when,
        example: group.example.as_deref().map(example),
    }
}

fn example(step: &StepRecord) -> ProblemView {
    let bodies = step.exchange.iter().flat_map(bodies).collect();
    ProblemView::new(&problem_of(step), bodies)
}

/// What was sent and what came back, where there is a body.
fn bodies(exchange: &ExchangeRecord) -> Vec<Block> {
    let answer = exchange.response.as_ref().map(|it| ("Answer", &it.body));
    let all = [Some(("Request", &exchange.request.body)), answer];
    let shown = all.into_iter().flatten().filter(|(_, body)| !body.is_empty());
    let block = |(what, body): (&str, &String)| Block {
        label: format!("{what} body"),
        text: cut(body, BODY),
    };
    shown.map(block).collect()
}
