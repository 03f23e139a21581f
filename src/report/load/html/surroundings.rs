//! The plan, the injector, and all one needs to run it again.

use crate::outcome::load::LoadResult;
use crate::report::html::{Fact, environment_facts};
use crate::report::load::figures::{bytes, counted, grouped, rate, share, time};
use crate::report::load::words;

/// What the injector used, and how late it was.
pub(super) fn injector(result: &LoadResult) -> Vec<Fact> {
    let it = &result.health;
    let mut facts = vec![Fact::new(
        "CPU",
        format!(
            "{} of {} cores; {} µs for each request",
            rate(it.cpu_cores),
            it.cores,
            rate(it.cpu_us_per_request)
        ),
    )];
    if let Some(peak) = it.peak_memory {
        facts.push(Fact::new("Memory", format!("{} at most", bytes(peak))));
    }
    facts.push(Fact::new(
        "Heartbeat",
        format!(
            "late by {} at p99, {} at most",
            time(it.lag_p99_us),
            time(it.lag_max_us)
        ),
    ));
    if let Some(late) = it.start_lag_p99_us {
        facts.push(Fact::new(
            "Starts",
            format!("late by {} at p99 although a user was free", time(late)),
        ));
    }
    facts
}

/// The plan.
pub(super) fn plan(result: &LoadResult) -> Vec<Fact> {
    let plan = &result.run.plan;
    let total: u64 = plan.mix.iter().map(|it| u64::from(it.weight)).sum();
    let mix = plan
        .mix
        .iter()
        .map(|it| format!("{} {}", share(u64::from(it.weight), total), it.test));
    let mut facts = vec![
        Fact::new(
            "Plan",
            plan.file
                .clone()
                .unwrap_or_else(|| format!("{}, from the command", plan.name)),
        ),
        Fact::list("Mix", mix),
        Fact::new("Model", words::model(plan)),
    ];
    if !plan.stages.is_empty() {
        facts.push(Fact::list("Stages", plan.stages.iter().map(words::stage)));
    }
    if plan.think_us.1 > 0 {
        let (from, to) = plan.think_us;
        let between = format!("{} to {} between two iterations of a user", time(from), time(to));
        facts.push(Fact::new("Think time", between));
    }
    let planned = [
        plan.duration_us.map(time),
        plan.iterations.map(|n| counted(n, "iteration")),
    ];
    let planned: Vec<String> = planned.into_iter().flatten().collect();
    facts.push(Fact::new(
        "Length",
        format!(
            "{} planned, {} measured after a warm-up of {}",
            planned.join(" or "),
            time(result.measured_us),
            time(plan.warm_up_us),
        ),
    ));
    facts.push(Fact::new("Checked", words::policy(plan.check)));
    facts
}

/// The environment, the versions, the machine, the traffic.
pub(super) fn surroundings(result: &LoadResult) -> Vec<Fact> {
    let (run, traffic) = (&result.run, &result.traffic);
    let models = format!("; models {}", run.environment.models.join(", "));
    let mut facts = environment_facts(&run.environment, &models);
    facts.extend([
        Fact::new("utlegg", run.tool_version.clone()),
        Fact::new(
            "From",
            format!(
                "{} {}, {}",
                run.host.os,
                run.host.architecture,
                counted(run.host.cores as u64, "core")
            ),
        ),
        Fact::new(
            "Traffic",
            format!(
                "{}, {}, {}; {} sent, {} received, bodies only",
                counted(traffic.requests, "business call"),
                counted(traffic.polls, "polling call"),
                if traffic.tokens == 1 {
                    "1 token".to_owned()
                } else {
                    format!("{} tokens", grouped(traffic.tokens))
                },
                bytes(traffic.sent_bytes),
                bytes(traffic.received_bytes),
            ),
        ),
        Fact::new("Seed", run.seed.to_string()),
    ]);
    if !run.guard_exceptions.is_empty() {
        facts.push(Fact::list(
            "Exceptions from the identity guard",
            run.guard_exceptions.clone(),
        ));
    }
    facts
}
