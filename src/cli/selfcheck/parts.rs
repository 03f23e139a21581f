//! What is injected, what is demanded of the load tester, and how often it is tried.

use std::time::Duration;

use super::bench::{Arrivals, Bench, Measurement};
use crate::cli::problem::Problem;
use crate::load::selfcheck::{
    Attempt, CapacityRun, CapacityTruth, Finding, Outcome, Part, Schedule, capacity, latency, stall,
};
use crate::mock::{Hold, Injection, Latency, Stall};
use crate::outcome::load::{Row, RowKind};

/// How often a part is tried: once, and twice more where it does not hold.
const ATTEMPTS: usize = 3;
/// What every answer takes in the parts that are not about the distribution.
const STEADY: Duration = Duration::from_millis(20);
/// Limits of the injector's health that a capacity below the rate is to go past.
const PAST_BY_DESIGN: [&str; 2] = ["arrivals begun", "arrivals dropped"];
/// Requests at work at once.
const CAPACITY: u32 = 4;
/// The schedule of the stall. Eight users, so that less than a hundredth of the calls are under way in it: what it costs
/// is in the arrivals that wait for a user.
const STALL: Schedule = Schedule {
    rate: 100.0,
    lasts: Duration::from_secs(9),
    users: 8,
    stall_at: Duration::from_secs(3),
    stall: Duration::from_secs(2),
};

/// All parts, as far as nobody ends them.
pub(super) async fn all(bench: &Bench) -> Result<Vec<Part>, Problem> {
    Ok(vec![
        distribution(bench).await?,
        stalled(bench).await?,
        limited(bench).await?,
    ])
}

async fn distribution(bench: &Bench) -> Result<Part, Problem> {
    let arrivals = Arrivals::of(400.0, Duration::from_secs(12), 100);
    let injection = Injection {
        latency: Some(Latency::LogNormal(Duration::from_millis(20), 0.5)),
        hold: Hold::Body,
        seed: 1,
        ..Injection::default()
    };
    let judge = |seen: &Measurement| {
        let findings = row(seen).map_or_else(nothing, |row| latency(row, &seen.served));
        Attempt::new(findings, &seen.health, &[])
    };
    let title = "Latency lognormal(20ms,0.5), bodies late, 400 arrivals/s for 12 s";
    attempts(bench, title, (&arrivals, &injection), judge).await
}

async fn stalled(bench: &Bench) -> Result<Part, Problem> {
    let users = u64::try_from(STALL.users).unwrap_or(u64::MAX);
    let arrivals = Arrivals::of(STALL.rate, STALL.lasts, users);
    let injection = Injection {
        latency: Some(Latency::Fixed(STEADY)),
        stall: Some(Stall {
            at: STALL.stall_at,
            lasts: STALL.stall,
            every: None,
        }),
        ..Injection::default()
    };
    let judge = |seen: &Measurement| {
        let findings = row(seen).map_or_else(nothing, |row| stall(row, &seen.served, &STALL));
        Attempt::new(findings, &seen.health, &[])
    };
    let title = format!(
        "A stall of 2 s, 100 arrivals/s for 9 s and 8 users; {:.0} % of the arrivals come in it",
        STALL.share_in_stall() * 100.0
    );
    attempts(bench, &title, (&arrivals, &injection), judge).await
}

async fn limited(bench: &Bench) -> Result<Part, Problem> {
    let (rate, seconds) = (400_u32, 5);
    let arrivals = Arrivals::of(f64::from(rate), Duration::from_secs(seconds), 50);
    let injection = Injection {
        latency: Some(Latency::Fixed(STEADY)),
        capacity: usize::try_from(CAPACITY).ok(),
        ..Injection::default()
    };
    let truth = CapacityTruth {
        rate: f64::from(rate),
        arrivals: u64::from(rate) * seconds,
        capacity: f64::from(CAPACITY) / STEADY.as_secs_f64(),
    };
    let judge = |seen: &Measurement| {
        let run = CapacityRun {
            iterations: &seen.measured.iterations,
            series: &seen.measured.series,
            health: &seen.health,
        };
        Attempt::new(
            capacity(&run, &seen.served, &truth),
            &seen.health,
            &PAST_BY_DESIGN,
        )
    };
    let title = "A capacity of 4 requests of 20 ms, 400 arrivals/s for 5 s and 50 users";
    attempts(bench, title, (&arrivals, &injection), judge).await
}

/// The one step.
fn row(seen: &Measurement) -> Option<&Row> {
    seen.measured.rows.iter().find(|row| row.kind == RowKind::Step)
}

fn nothing() -> Vec<Finding> {
    vec![Finding::must("something was measured", false)]
}

async fn attempts(
    bench: &Bench,
    title: &str,
    (arrivals, injection): (&Arrivals, &Injection),
    judge: impl Fn(&Measurement) -> Attempt,
) -> Result<Part, Problem> {
    let mut attempts = Vec::new();
    while attempts.len() < ATTEMPTS && !bench.is_cancelled() {
        let seen = bench.measure(arrivals, injection).await?;
        let mut attempt = judge(&seen);
        let failed: u64 = row(&seen).map_or(0, |row| row.errors);
        attempt
            .findings
            .push(Finding::must("every answer passed every check", failed == 0));
        let holds = attempt.outcome() == Outcome::Holds;
        attempts.push(attempt);
        if holds {
            break;
        }
    }
    Ok(Part::new(title, attempts))
}
