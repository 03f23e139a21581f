//! The engine: who begins what and when, what is counted, and every way in which a run can end.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use utlegg::http::Transport;
use utlegg::load::engine::{self, EngineError, Options, Ran};
use utlegg::load::measure::Measured;
use utlegg::load::plan::Plan;
use utlegg::outcome::load::{Ending, RowKind, Stage, StageKind, UserModel};

use super::service::{Deed, ONE_CALL, Service, closed, open, options, plan, world};

const AT_ONCE: Deed = Deed::Answer(200, Duration::ZERO);

/// Longer than any run here takes: a run that hangs fails.
const PATIENCE: Duration = Duration::from_mins(1);

async fn run<T: Transport + 'static>(transport: Arc<T>, plan: &Plan, options: Options) -> (Ran, Measured) {
    run_until(transport, plan, options, CancellationToken::new()).await
}

async fn run_until<T: Transport + 'static>(
    transport: Arc<T>,
    plan: &Plan,
    options: Options,
    cancel: CancellationToken,
) -> (Ran, Measured) {
    let recorder = Arc::clone(&options.recorder);
    let running = engine::run(world(transport), plan, options, cancel);
    let ran = tokio::time::timeout(PATIENCE, running).await;
    let ran = ran.expect("the run ends").expect("the run begins");
    let measured = recorder.finish(ran.ended);
    (ran, measured)
}

/// Calls of the only step slower than 100 ms: by response time, by service time.
fn slow(measured: &Measured) -> (f64, f64) {
    let step = measured
        .rows
        .iter()
        .find(|row| row.kind == RowKind::Step)
        .unwrap();
    let above = |latency: &Option<utlegg::outcome::load::Latency>| {
        let curve = &latency.as_ref().unwrap().curve;
        let share = curve.iter().filter(|point| point.value_us <= 100_000);
        100.0 - share.map(|point| point.percentile).fold(0.0, f64::max)
    };
    (above(&step.response), above(&step.service))
}

#[tokio::test]
async fn a_closed_run_makes_as_many_iterations_as_the_plan_says() {
    let service = Service::new(|_| AT_ONCE);
    for users in [1, 7] {
        let plan = closed(ONE_CALL, users, 100);
        let (ran, measured) = run(Arc::clone(&service), &plan, options(&plan)).await;
        assert_eq!((ran.ending, ran.stopped_because), (Ending::Finished, None));
        let found = measured.iterations;
        assert_eq!((found.started, found.passed, found.unfinished), (100, 100, 0));
        assert_eq!(measured.traffic.requests, 100);
        // Goose counts for itself; it must have been told of every call, and of no other.
        let goose = ran.goose.expect("goose's own metrics");
        let counted: usize = goose.requests.values().map(|row| row.raw_data.counter).sum();
        assert_eq!(counted, 100, "{:?}", goose.requests.keys());
        assert!(
            goose.requests.contains_key("GET one/case-status (v2)"),
            "{:?}",
            goose.requests.keys()
        );
    }
    // Both runs together, in one process.
    assert_eq!(service.calls.load(Ordering::Relaxed), 200);
}

#[tokio::test]
async fn in_an_open_run_what_is_offered_is_begun_or_dropped() {
    let service = Service::new(|_| AT_ONCE);
    let plan = open(ONE_CALL, 500.0, 20, 1000);
    let (ran, measured) = run(service, &plan, options(&plan)).await;
    assert_eq!(ran.ending, Ending::Finished);
    let found = measured.iterations;
    assert_eq!(found.offered, 500);
    assert_eq!(found.started + found.dropped, 500);
    assert_eq!(found.passed, found.started);
    assert!(found.started > 0, "{found:?}");
}

#[tokio::test]
async fn too_few_users_drop_arrivals_and_say_so() {
    let service = Service::new(|_| Deed::Answer(200, Duration::from_millis(200)));
    let plan = open(ONE_CALL, 50.0, 2, 1000);
    let (_, measured) = run(service, &plan, options(&plan)).await;
    let found = measured.iterations;
    // Two users can begin at most six each within the second.
    assert!(found.started <= 12, "{found:?}");
    assert_eq!((found.offered, found.dropped), (50, 50 - found.started));
    assert!(found.late > 0, "{found:?}");
}

#[tokio::test]
async fn a_stall_is_in_the_response_time_of_all_who_came_meanwhile() {
    // One user: the service stalls it once for 300 ms, and all arrivals of that time wait for it.
    let service = Service::new(|number| match number {
        50 => Deed::Answer(200, Duration::from_millis(300)),
        _ => AT_ONCE,
    });
    let plan = open(ONE_CALL, 100.0, 1, 1500);
    let (_, measured) = run(service, &plan, options(&plan)).await;
    let (response, service) = slow(&measured);
    // One call of 150 in service; twenty arrivals of the 300 ms waited for more than 100.
    assert!(service < 3.0, "{service}");
    assert!(response > 8.0, "{response}");
}

#[tokio::test]
async fn an_interrupted_run_ends_soon_and_counts_what_it_cut_off() {
    let service = Service::new(|_| Deed::Answer(200, Duration::from_secs(50)));
    let plan = closed(ONE_CALL, 4, 1000);
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let asked = Arc::clone(&service);
    tokio::spawn(async move {
        while asked.calls.load(Ordering::Relaxed) < 4 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.cancel();
    });
    let began = Instant::now();
    let (ran, measured) = run_until(service, &plan, options(&plan), cancel).await;
    assert_eq!(ran.ending, Ending::Interrupted);
    assert_eq!(
        (measured.iterations.started, measured.iterations.unfinished),
        (4, 4)
    );
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_run_that_is_cancelled_before_it_begins_ends_at_once() {
    let service = Service::new(|_| AT_ONCE);
    let plan = open(ONE_CALL, 10.0, 5, 50_000);
    let cancel = CancellationToken::new();
    cancel.cancel();
    let (ran, measured) = run_until(Arc::clone(&service), &plan, options(&plan), cancel).await;
    assert_eq!(
        (ran.ending, measured.iterations.started),
        (Ending::Interrupted, 0)
    );
    assert_eq!(service.calls.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn what_is_under_way_at_the_planned_end_is_waited_for_and_then_cut_off() {
    let service = Service::new(|number| match number {
        0 => Deed::Answer(200, Duration::from_millis(700)),
        _ => Deed::Answer(200, Duration::from_secs(50)),
    });
    let plan = open(ONE_CALL, 10.0, 2, 200);
    let mut options = options(&plan);
    options.drain = Duration::from_secs(1);
    let (ran, measured) = run(service, &plan, options).await;
    assert_eq!(ran.ending, Ending::Finished);
    let found = measured.iterations;
    assert_eq!((found.started, found.passed, found.unfinished), (2, 1, 1));
    // What is measured ends with the plan, not with the waiting.
    assert_eq!(measured.measured_us, 200_000);
}

#[tokio::test]
async fn a_panic_in_an_iteration_is_counted_and_ends_nothing_else() {
    let service = Service::new(|number| if number % 10 == 3 { Deed::Panic } else { AT_ONCE });
    let plan = closed(ONE_CALL, 3, 50);
    let (ran, measured) = run(service, &plan, options(&plan)).await;
    assert_eq!((ran.ending, ran.panics), (Ending::Finished, 5));
    let found = measured.iterations;
    assert_eq!((found.started, found.passed, found.errors), (50, 45, 5));
    let shapes: Vec<&str> = measured
        .failures
        .iter()
        .map(|group| group.shape.as_str())
        .collect();
    assert!(
        shapes
            .iter()
            .any(|shape| shape.contains("the transport is broken")),
        "{shapes:?}"
    );
}

#[tokio::test]
async fn a_target_that_is_not_there_ends_the_run_with_the_reason() {
    let service = Service::new(|_| Deed::Refuse);
    let plan = open(ONE_CALL, 50.0, 5, 50_000);
    let (ran, measured) = run(service, &plan, options(&plan)).await;
    assert_eq!(ran.ending, Ending::Aborted);
    let reason = ran.stopped_because.unwrap();
    assert!(
        reason.contains("had no answer") && reason.contains("connection refused"),
        "{reason}"
    );
    assert_eq!(measured.iterations.passed, 0);
    assert!(measured.iterations.errors >= 20);
}

#[tokio::test]
async fn refused_tokens_end_the_run_with_the_reason() {
    let service = Service::new(|_| Deed::Answer(401, Duration::ZERO));
    let plan = open(ONE_CALL, 50.0, 5, 50_000);
    let (ran, _) = run(service, &plan, options(&plan)).await;
    assert_eq!(ran.ending, Ending::Aborted);
    assert!(ran.stopped_because.unwrap().contains("401"));
}

#[tokio::test]
async fn iterations_that_never_get_to_a_call_end_the_run_with_the_reason() {
    let text = ONE_CALL.replace("    with:", "    as: nobody\n    with:");
    let service = Service::new(|_| AT_ONCE);
    let plan = closed(&text, 3, u64::MAX);
    let (ran, _) = run(service, &plan, options(&plan)).await;
    assert_eq!(ran.ending, Ending::Aborted);
    let reason = ran.stopped_because.unwrap();
    assert!(reason.contains("no identity `nobody`"), "{reason}");
}

#[tokio::test]
async fn whoever_holds_the_halt_ends_the_run() {
    let service = Service::new(|_| AT_ONCE);
    let plan = open(ONE_CALL, 50.0, 5, 50_000);
    let options = options(&plan);
    let halt = options.halt.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        halt.abort("p95 < 1ms was missed");
        halt.abort("something later");
    });
    let (ran, _) = run(service, &plan, options).await;
    assert_eq!(ran.ending, Ending::Aborted);
    assert_eq!(ran.stopped_because.as_deref(), Some("p95 < 1ms was missed"));
}

#[tokio::test]
async fn the_stages_decide_how_many_users_work() {
    // 1 user for 400 ms, then 10 for 200 ms: with answers after 100 ms about 4 + 20 iterations.
    let service = Service::new(|_| Deed::Answer(200, Duration::from_millis(100)));
    let stage = |to, millis: u64| Stage {
        kind: StageKind::Hold,
        to,
        over_us: millis * 1000,
    };
    let plan = plan(
        ONE_CALL,
        UserModel::Users { users: 10 },
        vec![stage(1.0, 400), stage(10.0, 200)],
    );
    let (_, measured) = run(service, &plan, options(&plan)).await;
    let found = measured.iterations.started;
    // Ten users from the start would have begun 60.
    assert!((12..=30).contains(&found), "{found}");
}

#[tokio::test]
async fn a_test_that_does_not_apply_is_refused_before_anything_begins() {
    let text = ONE_CALL.replace("steps:", "requires: [processing]\nsteps:");
    let plan = closed(&text, 1, 1);
    let running = engine::run(
        world(Service::new(|_| AT_ONCE)),
        &plan,
        options(&plan),
        CancellationToken::new(),
    );
    let refused = running.await.unwrap_err();
    assert!(matches!(refused, EngineError::NotApplicable { .. }));
    assert!(refused.to_string().contains("lacks: processing"), "{refused}");
}
