//! A load run in plain words: the same sentences in every report.

use super::figures::{counted, grouped, rate, share, time};
use super::overview::missed;
use crate::outcome::load::{
    Arrivals, CheckPolicy, Latency, LoadResult, PlanRecord, Row, RowKind, Stage, StageKind, ThresholdOutcome,
    UserModel,
};

/// How many missed thresholds are named in the text; all stand in the table.
const NAMED: usize = 3;

/// What happened, as whole sentences.
pub(super) fn sentences(result: &LoadResult) -> Vec<String> {
    let parts = [
        Some(demand(result)),
        outcome(result),
        speed(result),
        Some(thresholds(result)),
        Some(injector(result)),
        Some(checked(result)),
        warm_up(result),
    ];
    parts.into_iter().flatten().collect()
}

/// What was asked for, and how much of it was begun.
fn demand(result: &LoadResult) -> String {
    let it = &result.iterations;
    let length = time(result.measured_us);
    match result.run.plan.model {
        UserModel::Users { users } => format!(
            "{} began {} in {length}: {} per second.",
            counted(users, "user"),
            counted(it.started, "iteration"),
            rate(result.health.achieved_rate),
        ),
        UserModel::Rate { per_second, .. } => {
            let due = format!(
                "{} due in {length}, at up to {} per second",
                counted(it.offered, "iteration"),
                rate(per_second)
            );
            let begun = match it.dropped {
                0 => "all were begun".to_owned(),
                dropped => format!(
                    "{} were begun and {} dropped",
                    grouped(it.started),
                    grouped(dropped)
                ),
            };
            let late = match it.late {
                0 => "none had to wait for a free user".to_owned(),
                late => format!("{} had to wait for a free user", grouped(late)),
            };
            format!("{due}; {begun}, {late}.")
        }
    }
}

/// How the iterations ended.
fn outcome(result: &LoadResult) -> Option<String> {
    let it = &result.iterations;
    let ended = it.passed + it.failed + it.errors;
    if ended == 0 {
        return None;
    }
    let mut text = if it.passed == ended {
        format!("In all {} that ended, every check held", grouped(ended))
    } else {
        let mut parts = vec![format!("{} passed", grouped(it.passed))];
        if it.failed > 0 {
            parts.push(format!("{} failed a check", grouped(it.failed)));
        }
        if it.errors > 0 {
            parts.push(format!("{} could not be judged", grouped(it.errors)));
        }
        format!("Of {} that ended, {}", grouped(ended), parts.join(", "))
    };
    if it.unfinished > 0 {
        text.push_str(&format!(
            "; the end of the run cut off {}",
            grouped(it.unfinished)
        ));
    }
    Some(text + ".")
}

/// How fast the calls were answered, and how much of that was waiting.
fn speed(result: &LoadResult) -> Option<String> {
    let all = result.merged.iter().find(|row| row.kind == RowKind::All);
    let together = all.and_then(|row| Some((row, row.response.as_ref()?)));
    let steps = rows_of(result, RowKind::Step);
    let timed = steps
        .iter()
        .filter_map(|row| Some((*row, row.response.as_ref()?)));
    let slowest = timed.max_by_key(|(_, response)| response.p95_us);
    let (row, first) = match (together, slowest) {
        (Some((row, it)), _) => (row, answered("Half of the business calls were", it)),
        (None, Some((row, it))) => (
            row,
            answered(
                &format!("Half of the calls of the slowest step, {}, were", row.name),
                it,
            ),
        ),
        (None, None) => return None,
    };
    let step = slowest
        .filter(|_| together.is_some() && steps.len() > 1)
        .map(|(row, it)| {
            format!(
                "The slowest step is {}: 95 % within {}.",
                row.name,
                time(it.p95_us)
            )
        });
    let parts = [Some(first), step, waiting(row)];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

fn answered(subject: &str, response: &Latency) -> String {
    format!(
        "{subject} answered within {}, 95 % within {}, the slowest in {}.",
        time(response.p50_us),
        time(response.p95_us),
        time(response.max_us),
    )
}

/// Says so where much of the response time is waiting.
fn waiting(row: &Row) -> Option<String> {
    let (response, service) = (row.response.as_ref()?, row.service.as_ref()?);
    let much = response.p99_us > service.p99_us + service.p99_us / 10 + 1_000;
    much.then(|| {
        format!(
            "Counted from when they were due, 99 % took at most {}, counted from when they were sent {}: the rest is \
             waiting, because no user was free or an earlier call was late.",
            time(response.p99_us),
            time(service.p99_us),
        )
    })
}

fn thresholds(result: &LoadResult) -> String {
    let all = result.thresholds.len();
    let missed_ones = result
        .thresholds
        .iter()
        .filter(|it| it.outcome != ThresholdOutcome::Met);
    let named: Vec<String> = missed_ones
        .take(NAMED)
        .map(|it| match it.outcome {
            ThresholdOutcome::NoSample => format!("{} (no sample to judge it by)", it.text),
            _ => format!("{} (it was {})", it.text, it.actual),
        })
        .collect();
    match (all, missed(result)) {
        (0, _) => "No threshold was set.".to_owned(),
        (1, 0) => "The one threshold is met.".to_owned(),
        (all, 0) => format!("All {all} thresholds are met."),
        (all, missed) => {
            let more = match missed - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{missed} of {all} thresholds missed: {}{more}.", named.join("; "))
        }
    }
}

/// Whether the injector kept up.
pub(super) fn injector(result: &LoadResult) -> String {
    let broken: Vec<String> = result
        .health
        .limits
        .iter()
        .filter(|limit| !limit.kept)
        .map(|limit| format!("{}: {} (limit: {})", limit.name, limit.found, limit.limit))
        .collect();
    if result.health.healthy {
        "The injector kept all its own limits, so the times are the service's.".to_owned()
    } else if broken.is_empty() {
        "The injector did not keep up, so the times are not the service's alone.".to_owned()
    } else {
        format!(
            "The injector did not keep up, so the times are not the service's alone. {}.",
            broken.join("; ")
        )
    }
}

/// How much of the answers was looked at.
pub(super) fn checked(result: &LoadResult) -> String {
    let it = &result.checked;
    if it.answers == 0 {
        return "There was no answer to check.".to_owned();
    }
    let rest = match it.reconstructed {
        0 => String::new(),
        n => format!(
            "; {} of them rest on reconstructed facts, not on documentation",
            grouped(n)
        ),
    };
    let whole = if it.whole == it.answers {
        format!("Each of {} was checked whole", counted(it.answers, "answer"))
    } else {
        format!(
            "{} of {} were checked whole, the others for their status",
            share(it.whole, it.answers),
            counted(it.answers, "answer"),
        )
    };
    format!("{whole}, with {}{rest}.", counted(it.checks, "check"))
}

/// Failures that are in no number.
fn warm_up(result: &LoadResult) -> Option<String> {
    (result.warm_up_failures > 0).then(|| {
        format!(
            "There were {} during the warm-up, which {} in no other number.",
            counted(result.warm_up_failures, "failure"),
            if result.warm_up_failures == 1 { "is" } else { "are" },
        )
    })
}

/// Who decides when an iteration begins, in words.
pub(super) fn model(plan: &PlanRecord) -> String {
    match plan.model {
        UserModel::Users { users } => format!(
            "closed: {}, each beginning again when it has ended",
            counted(users, "user")
        ),
        UserModel::Rate {
            per_second,
            arrivals,
            max_users,
        } => {
            let spread = match arrivals {
                Arrivals::Constant => "evenly spread",
                Arrivals::Poisson => "independent of each other (Poisson)",
            };
            format!(
                "open: up to {} arrivals per second, {spread}; at most {} at work at once",
                rate(per_second),
                counted(max_users, "user"),
            )
        }
    }
}

/// A stage in words: `ramp to 50 over 10.0 s`.
pub(super) fn stage(stage: &Stage) -> String {
    let (to, over) = (rate(stage.to), time(stage.over_us));
    match stage.kind {
        StageKind::Ramp => format!("ramp to {to} over {over}"),
        StageKind::Hold => format!("hold {to} for {over}"),
        StageKind::Spike => format!("spike to {to} for {over}"),
    }
}

/// How much is checked, in words.
pub(super) fn policy(policy: CheckPolicy) -> String {
    match policy {
        CheckPolicy::All => "everything that a functional run checks".to_owned(),
        CheckPolicy::Sample { every } => {
            format!("everything in every {every}th iteration, in the others the status")
        }
        CheckPolicy::Status => "the status only".to_owned(),
    }
}

/// The rows of one kind that are shown together, under a heading.
pub(super) const GROUPS: [(RowKind, &str); 9] = [
    (RowKind::All, "All business calls"),
    (RowKind::Step, "Steps"),
    (RowKind::Shared, "Steps of one name or operation, together"),
    (RowKind::Poll, "Polling calls"),
    (RowKind::SharedPoll, "Polling steps of one name, together"),
    (
        RowKind::Preparation,
        "Calls that prepare an iteration, in no other number",
    ),
    (RowKind::Scenario, "Whole iterations"),
    (
        RowKind::SharedScenario,
        "Whole iterations of one scenario, together",
    ),
    (RowKind::Measure, "Measurements"),
];

/// The rows of `kind`, in their order.
pub(super) fn rows_of(result: &LoadResult, kind: RowKind) -> Vec<&Row> {
    let rows = result.merged.iter().chain(&result.rows);
    rows.filter(|row| row.kind == kind).collect()
}
