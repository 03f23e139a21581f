//! The limits, each way.

use super::{CPU_LIMIT, LAG_LIMIT, Observed, judge};
use crate::outcome::load::HealthLimit;

/// An injector in the open model that does all that is asked of it.
fn fine() -> Observed {
    Observed {
        offered: 10_000,
        started: 10_000,
        schedule: Some(10.0),
        measured: 10.5,
        calls: 20_000,
        median_us: 1_000,
        lag_us: (900, 4_000),
        start_lag_us: Some(150),
        cpu: Some(0.5),
        cores: 4,
        usable: 1,
        ..Observed::default()
    }
}

fn missed(seen: &Observed) -> Vec<HealthLimit> {
    let health = judge(seen);
    let missed: Vec<_> = health.limits.into_iter().filter(|limit| !limit.kept).collect();
    assert_eq!(health.healthy, missed.is_empty());
    missed
}

fn names(seen: &Observed) -> Vec<String> {
    missed(seen).into_iter().map(|limit| limit.name).collect()
}

#[test]
fn an_injector_that_keeps_up_is_healthy() {
    let health = judge(&fine());
    assert!(health.healthy, "{:?}", health.limits);
    assert_eq!(health.limits.len(), 5);
    assert_eq!(
        (health.offered_rate, health.achieved_rate),
        (Some(1_000.0), 1_000.0)
    );
    assert!((health.cpu_us_per_request - 262.5).abs() < 0.1);
}

#[test]
fn a_lag_is_held_against_the_median_where_that_is_long() {
    let late = Observed {
        lag_us: (LAG_LIMIT + 1, 9_000),
        start_lag_us: Some(LAG_LIMIT + 1),
        ..fine()
    };
    assert_eq!(names(&late), ["wake-up lag, p99", "start lag, p99"]);
    let slow_service = Observed {
        median_us: 60_000,
        ..late
    };
    assert!(missed(&slow_service).is_empty());
    let health = judge(&slow_service);
    assert_eq!(
        health.limits[0].limit,
        "at most 6 ms (10 % of the median response time)"
    );
}

#[test]
fn cpu_counts_against_the_cores_that_can_be_used() {
    let busy = Observed {
        cpu: Some(CPU_LIMIT + 0.01),
        ..fine()
    };
    assert_eq!(names(&busy), ["CPU of the injector"]);
    let more_threads = Observed { usable: 2, ..busy };
    assert!(missed(&more_threads).is_empty());
    let unknown = Observed { cpu: None, ..fine() };
    assert!(missed(&unknown).is_empty());
    assert!(judge(&unknown).limits[2].found.starts_with("unknown"));
}

#[test]
fn one_in_a_hundred_may_be_dropped() {
    let dropping = |dropped| Observed {
        started: 10_000 - dropped,
        dropped,
        late: 500,
        ..fine()
    };
    assert!(missed(&dropping(100)).is_empty());
    assert_eq!(names(&dropping(101)), ["arrivals begun", "arrivals dropped"]);
}

#[test]
fn what_is_dropped_is_laid_at_the_door_of_who_was_slow() {
    let dropping = Observed {
        started: 6_000,
        dropped: 4_000,
        late: 500,
        ..fine()
    };
    let why = |seen: &Observed| missed(seen).pop().unwrap().found;
    assert!(
        why(&dropping).contains("the service is too slow"),
        "{}",
        why(&dropping)
    );
    let no_cpu = Observed {
        cpu: Some(1.0),
        ..dropping
    };
    assert!(why(&no_cpu).contains("did not keep up"), "{}", why(&no_cpu));
    let cut = Observed { late: 0, ..dropping };
    assert!(why(&cut).contains("cut short"), "{}", why(&cut));
}

#[test]
fn the_closed_model_offers_nothing_that_could_be_dropped() {
    let closed = Observed {
        schedule: None,
        start_lag_us: None,
        ..fine()
    };
    let health = judge(&closed);
    assert_eq!((health.limits.len(), health.offered_rate), (2, None));
    assert!((health.achieved_rate - 10_000.0 / 10.5).abs() < 1e-6);
    assert!(
        judge(&Observed::default()).healthy,
        "nothing at all is not unhealthy"
    );
}
