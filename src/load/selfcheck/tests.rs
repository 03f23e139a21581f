//! A check that cannot fail is none: results that a wrong load tester would report must be found to be wrong.

use std::collections::BTreeMap;
use std::time::Duration;

use super::percentile::{exact, sorted};
use super::*;
use crate::outcome::load::{Health, HealthLimit, Iterations, Latency, Row, RowKind, Second};

fn reported(samples: &[f64]) -> Latency {
    let samples = sorted(samples.iter().copied());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "test values"
    )]
    let at = |share| exact(&samples, share) as u64;
    Latency {
        count: samples.len() as u64,
        min_us: at(0.0),
        mean_us: 0.0,
        stdev_us: 0.0,
        p50_us: at(0.5),
        p90_us: at(0.9),
        p95_us: at(0.95),
        p99_us: at(0.99),
        p999_us: at(0.999),
        max_us: at(1.0),
        curve: Vec::new(),
    }
}

fn row(response: &[f64], service: &[f64]) -> Row {
    Row {
        kind: RowKind::Step,
        name: String::new(),
        step: None,
        operation: None,
        count: response.len() as u64,
        errors: 0,
        response: Some(reported(response)),
        service: Some(reported(service)),
        statuses: BTreeMap::new(),
        codes: BTreeMap::new(),
        response_log: None,
        service_log: None,
    }
}

fn off(findings: &[Finding]) -> Vec<&str> {
    let off = findings.iter().filter(|finding| !finding.held);
    off.map(|finding| finding.what.as_str()).collect()
}

fn calls(times: &[f64]) -> Vec<ServedCall> {
    let call = |(at, served_us): (usize, &f64)| ServedCall {
        read_us: f64::from(u32::try_from(at).unwrap()) * 1000.0,
        served_us: *served_us,
    };
    times.iter().enumerate().map(call).collect()
}

/// From 5 to 105 ms, evenly.
fn served() -> Vec<f64> {
    (0..10_000).map(|n| 5000.0 + f64::from(n) * 10.0).collect()
}

#[test]
fn what_was_served_and_a_little_way_is_right() {
    let served = served();
    let seen: Vec<f64> = served.iter().map(|time| time + 300.0).collect();
    let findings = latency(&row(&seen, &seen), &calls(&served));
    assert_eq!(findings.len(), 9);
    assert_eq!(off(&findings), [""; 0]);
}

#[test]
fn a_clock_that_stops_at_the_headers_is_found() {
    let served = served();
    let headers = vec![400.0; served.len()];
    let found = latency(&row(&headers, &headers), &calls(&served));
    assert_eq!(off(&found).len(), 8);
    // A clock that is right in one of the two only is found as well.
    assert_eq!(off(&latency(&row(&served, &headers), &calls(&served))).len(), 4);
}

#[test]
fn samples_that_are_left_out_cut_or_rounded_are_found() {
    let served = served();
    let without_the_slowest = &served[..9_985];
    let found = latency(&row(without_the_slowest, without_the_slowest), &calls(&served));
    assert!(off(&found).contains(&"requests"));
    let cut: Vec<f64> = served.iter().map(|time| time.min(100_000.0)).collect();
    let found = latency(&row(&cut, &cut), &calls(&served));
    assert!(off(&found).contains(&"response time, p99"), "{found:?}");
    let too_much: Vec<f64> = served.iter().map(|time| time * 1.03).collect();
    let found = latency(&row(&too_much, &too_much), &calls(&served));
    assert!(off(&found).contains(&"service time, p90"), "{found:?}");
    // No samples are no agreement.
    assert!(!off(&latency(&row(&[], &[]), &calls(&served))).is_empty());
    assert!(!off(&latency(&row(&[], &[]), &[])).is_empty());
}

fn schedule() -> Schedule {
    Schedule {
        rate: 100.0,
        lasts: Duration::from_secs(9),
        users: 5,
        stall_at: Duration::from_secs(3),
        stall: Duration::from_secs(2),
    }
}

/// What the mock serves under that schedule: all but the calls that all users wait in take 20 ms.
fn stalled() -> Vec<f64> {
    let mut served = vec![20_000.0; 895];
    served.extend([2_000_000.0; 5]);
    served
}

#[test]
fn the_schedule_demands_what_the_stall_costs() {
    let schedule = schedule();
    let times = schedule.response_times(20_000.0);
    assert_eq!((times.len() as u64, schedule.arrivals()), (900, 900));
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1.0, "{found} {expected}");
    near(times[0], 20_000.0);
    // Due at 2.98 s, it would have been ready at the very start of the stall.
    near(times[298], 2_020_000.0);
    near(times[302], 1_980_000.0);
    // All five users wait; the sixth begins when the stall ends, and takes its 20 ms.
    near(times[303], 1_990_000.0);
    near(times[899], 20_000.0);
    let waiting = times.iter().filter(|time| **time > 21_000.0).count();
    // 200 in the stall, and those that come while they are worked off: 150 a second more than arrive.
    assert!((330..345).contains(&waiting), "{waiting}");
}

#[test]
fn response_times_from_the_intended_start_are_right_and_omitted_ones_are_found() {
    let response = schedule().response_times(20_000.0);
    let findings = stall(&row(&response, &stalled()), &calls(&stalled()), &schedule());
    assert_eq!(off(&findings), [""; 0], "{findings:?}");
    let omitted = stall(&row(&stalled(), &stalled()), &calls(&stalled()), &schedule());
    assert!(off(&omitted).contains(&"response time, p90") && off(&omitted).contains(&"response time, p99"));
    // Arrivals that were never counted, and a mock that never stalled.
    let fewer = stall(
        &row(&response[..700], &stalled()),
        &calls(&stalled()),
        &schedule(),
    );
    assert!(off(&fewer).contains(&"requests, every arrival counted"));
    let smooth = stall(&row(&response, &stalled()), &calls(&[20_000.0; 900]), &schedule());
    assert_eq!(off(&smooth), ["the mock did stall"]);
}

fn health(past: &[&str]) -> Health {
    let limit = |name: &str| HealthLimit {
        name: name.to_owned(),
        limit: "at most 1".to_owned(),
        found: "2".to_owned(),
        kept: !past.contains(&name),
    };
    Health {
        healthy: past.is_empty(),
        offered_rate: None,
        achieved_rate: 0.0,
        lag_p99_us: 0,
        lag_max_us: 0,
        start_lag_p99_us: None,
        cpu_cores: 0.0,
        cores: 2,
        cpu_us_per_request: 0.0,
        peak_memory: None,
        limits: ["lag", "dropped"].map(limit).into(),
    }
}

#[test]
fn an_unhealthy_injector_tells_nothing_and_one_good_attempt_is_enough() {
    let right = || vec![Finding::must("right", true)];
    let wrong = || vec![Finding::must("wrong", false)];
    let attempt = |findings, past: &[&str]| Attempt::new(findings, &health(past), &["dropped"]);
    let of = |attempts| Part::new("", attempts).outcome;
    assert_eq!(of(vec![attempt(right(), &["dropped"])]), Outcome::Holds);
    assert_eq!(
        of(vec![attempt(right(), &["lag"]), attempt(wrong(), &["lag"])]),
        Outcome::Inconclusive
    );
    assert_eq!(
        of(vec![attempt(wrong(), &[]), attempt(wrong(), &["lag"])]),
        Outcome::Off
    );
    let part = Part::new("", vec![attempt(wrong(), &[]), attempt(right(), &[])]);
    assert_eq!(part.outcome, Outcome::Holds);
    assert_eq!(
        part.decisive().map(|attempt| attempt.findings.clone()),
        Some(right())
    );
    assert_eq!(of(Vec::new()), Outcome::Inconclusive);
    assert!(Outcome::Off > Outcome::Inconclusive && Outcome::Inconclusive > Outcome::Holds);
}

/// Five seconds at 400 a second, of which the mock served 200 a second.
fn limited(change: impl FnOnce(&mut Iterations, &mut [Second])) -> Vec<String> {
    let mut iterations = Iterations {
        offered: 2000,
        started: 1050,
        dropped: 950,
        late: 900,
        ..Iterations::default()
    };
    let mut series = [Second {
        finished: 200,
        ..Second::default()
    }; 6];
    change(&mut iterations, &mut series);
    let run = CapacityRun {
        iterations: &iterations,
        series: &series,
        health: &health(&["dropped"]),
    };
    let served: Vec<ServedCall> = (0..1050_u32)
        .map(|number| ServedCall {
            read_us: f64::from(number) * 5000.0,
            served_us: 20_000.0,
        })
        .collect();
    let truth = CapacityTruth {
        rate: 400.0,
        arrivals: 2000,
        capacity: 200.0,
    };
    let findings = capacity(&run, &served, &truth);
    off(&findings).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_capacity_shows_in_what_is_achieved_and_arrivals_that_are_skipped_silently_are_found() {
    assert_eq!(limited(|_, _| ()), [""; 0]);
    let skipped = limited(|iterations, _| (iterations.offered, iterations.dropped) = (1050, 0));
    assert!(skipped.contains(&"arrivals offered".to_owned()), "{skipped:?}");
    let lost = limited(|iterations, _| iterations.dropped = 0);
    assert_eq!(lost.len(), 2, "{lost:?}");
    let boast = limited(|_, series| series.iter_mut().for_each(|second| second.finished = 400));
    assert_eq!(boast.len(), 2, "{boast:?}");
    let punctual = limited(|iterations, _| iterations.late = 0);
    assert_eq!(punctual, ["late arrivals are counted"]);
}
