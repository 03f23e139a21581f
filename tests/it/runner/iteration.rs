//! One iteration of a load: its own seed, every call seen, real waiting, and how much is checked.

use super::*;

use utlegg::runner::{Depth, Ended, Iteration, Listener, SeenCall, StandIn};
use utlegg::scenario::Test;
use utlegg::testdata::Register;

/// What a listener saw of one call: its step, whether it polls, its outcome, its URL.
type Seen = (String, bool, StepOutcome, String);

#[derive(Default)]
struct Watching {
    calls: Mutex<Vec<Seen>>,
}

impl Listener for Watching {
    async fn on_event(&self, _event: Event) {}

    fn on_call(&self, call: SeenCall<'_>) {
        let url = call.exchange.request.url.clone();
        let seen = (call.step.id.clone(), call.is_poll(), call.outcome, url);
        self.calls.lock().unwrap().push(seen);
    }
}

fn tests(text: &str, contract: &Arc<Contract>) -> Vec<Test> {
    let language = Language {
        contracts: std::slice::from_ref(contract),
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("test.yaml", text)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    loaded.tests
}

/// Runs the text's only test with these seeds, against a world that has a mock's admin interface and three parties.
async fn iterate(
    text: &str,
    seeds: &[u64],
    depth: Depth,
    cancel: CancellationToken,
    script: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static,
) -> (Vec<Ended>, Vec<Seen>, Vec<Request>) {
    let contract = Contract::builtin("v2").unwrap();
    let found = &tests(text, &contract)[0];
    let transport = Arc::new(Scripted {
        script: Box::new(script),
        sent: Mutex::default(),
    });
    let mut world = Arc::into_inner(world(Arc::clone(&transport), contract)).unwrap();
    world.stand_in = Some(StandIn::new(Arc::clone(&transport), "http://127.0.0.1:9/_utlegg"));
    world.parties = Pool::new(1, Register::generate(1, 3, 0).parties().cloned());
    let listener = Watching::default();
    let id = runner::test_id(found);
    let mut ended = Vec::new();
    for &seed in seeds {
        let iteration = Iteration {
            world: &world,
            test: found,
            id: &id,
            seed,
            depth,
        };
        ended.push(iteration.run(&listener, &cancel).await);
    }
    let sent = transport.sent.lock().unwrap().clone();
    (ended, listener.calls.into_inner().unwrap(), sent)
}

fn verdicts(ended: &[Ended]) -> Vec<Verdict> {
    ended.iter().map(|ended| ended.verdict).collect()
}

#[tokio::test]
async fn every_attempt_of_a_poll_is_seen_and_waits_in_real_time_and_the_mock_is_told_its_script_only() {
    let text = POLL.replace("steps:", "given:\n  mock: { after_submit: {} }\nsteps:");
    let began = Instant::now();
    let (ended, seen, sent) = iterate(
        &text,
        &[1],
        Depth::All,
        CancellationToken::new(),
        |request, number| match request.url.contains("_utlegg") {
            true => Answer::Json(204, Value::Null),
            // The script came first.
            false if number < 5 => status("sakUnderBehandling"),
            false => status("sakBesluttet"),
        },
    )
    .await;
    assert_eq!(verdicts(&ended), [Verdict::Passed]);
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|(step, poll, outcome, url)| step == "case-status"
        && *poll
        && *outcome == StepOutcome::Passed
        && !url.contains("_utlegg")));
    // Three waits, 10, 20 and 40 ms, and no clock was moved.
    assert!(began.elapsed() >= Duration::from_millis(70) && ended[0].elapsed >= Duration::from_millis(70));
    let admin = sent.iter().filter(|request| request.url.contains("_utlegg"));
    assert_eq!(admin.count(), 1);
}

const SENDS: &str = "scenario: sends
title: x
given:
  one: { person: { rules: new } }
  two: { person: { rules: new } }
steps:
  - call: case-status
    with: { eksternSaksreferanse: '${reference}-${one.person.identifikator.verdi}-${two.person.identifikator.verdi}' }
    expect: { status: success, body: { $.saksstatus: sakOpprettet } }
";

#[tokio::test]
async fn every_iteration_has_a_reference_of_its_own_and_shares_parties() {
    let lots: Vec<u64> = (1..=20)
        .map(|k: u64| k.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .collect();
    let (ended, _, sent) = iterate(SENDS, &lots, Depth::All, CancellationToken::new(), |_, _| {
        status("sakOpprettet")
    })
    .await;
    assert!(verdicts(&ended).iter().all(|verdict| *verdict == Verdict::Passed));
    let mut references = BTreeSet::new();
    for request in &sent {
        let last = request.url.rsplit('/').next().unwrap();
        let parts: Vec<&str> = last.rsplitn(3, '-').collect();
        assert_ne!(
            parts[0], parts[1],
            "two parties of one iteration are not the same"
        );
        references.insert(parts[2].to_owned());
    }
    assert_eq!(references.len(), lots.len());
}

#[tokio::test]
async fn status_only_looks_past_the_body_but_not_past_the_status() {
    for (depth, expected) in [
        (Depth::All, [Verdict::Failed, Verdict::Failed]),
        (Depth::Status, [Verdict::Passed, Verdict::Failed]),
    ] {
        let (ended, seen, _) = iterate(SENDS, &[1, 2], depth, CancellationToken::new(), |_, number| {
            match number {
                // Another state than expected, and no body the contract knows.
                1 => Answer::Json(200, json!({ "saksstatus": "sakHevet" })),
                _ => Answer::Json(500, json!({})),
            }
        })
        .await;
        assert_eq!(verdicts(&ended), expected, "{depth:?}");
        assert_eq!(seen[1].2, StepOutcome::Failed);
    }
}

#[tokio::test]
async fn a_lost_connection_is_a_call_in_error_and_what_is_cut_off_was_not_run() {
    let (ended, seen, _) = iterate(SENDS, &[1], Depth::All, CancellationToken::new(), |_, _| {
        Answer::Refused
    })
    .await;
    assert_eq!(verdicts(&ended), [Verdict::Error]);
    assert_eq!(seen[0].2, StepOutcome::Error);
    let cancel = CancellationToken::new();
    let inside = cancel.clone();
    let (ended, seen, _) = iterate(POLL, &[1], Depth::All, cancel, move |_, _| {
        inside.cancel();
        status("sakUnderBehandling")
    })
    .await;
    assert_eq!((verdicts(&ended), seen.len()), (vec![Verdict::NotRun], 1));
}
