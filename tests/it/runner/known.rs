//! An answer that is recognised passes exactly the checks it would pass in full, and gives the same captures.

use super::*;

use std::sync::OnceLock;

use http::StatusCode;
use proptest::prelude::*;
use utlegg::runner::{Depth, FinishedStep, Iteration, Listener};
use utlegg::scenario::Test;

const CONTRACT: &str = r##"
openapi: 3.1.0
info: { title: Answers to be recognised, version: "9" }
x-utlegg-model: v2
servers: [{ url: "https://api-test.example/x" }]
paths:
  /ordre:
    post:
      x-utlegg-operation: submit
      x-utlegg-api: request
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses:
        "201": { description: x, content: { application/json: { schema: { $ref: "#/components/schemas/Ordre" } } } }
  /ordre/{id}:
    get:
      x-utlegg-operation: case-status
      x-utlegg-api: request
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200": { description: x, content: { application/json: { schema: { type: object } } } }
components:
  schemas:
    Ordre:
      type: object
      required: [eksternSaksreferanse, opprettet]
      properties:
        eksternSaksreferanse: { type: string, minLength: 3, maxLength: 40 }
        uuid: { type: string, format: uuid }
        opprettet: { type: string, format: date-time }
        frist: { type: string, format: date }
        saksnummer: { type: string, pattern: "^UT-[1-9]\\d*$" }
        navn: { type: string, enum: [Kari, Ola] }
        meldingsid: { type: string, not: { const: "0" } }
        saksstatus: { type: string }
        fri: {}
        tall: { type: number }
        tekst: { type: string }
        part:
          oneOf:
            - { type: object, properties: { navn: { const: Kari } } }
            - { type: object, properties: { navn: { const: Ola } } }
        linjer: { type: array, items: { type: object, properties: { kommunenummer: { type: string, maxLength: 4 } } } }
"##;

const SCENARIO: &str = "scenario: known
title: x
steps:
  - call: submit
    body: { a: 1 }
    expect:
      status: success
      snapshot: { redact: [$.fri] }
      body: { $.saksstatus: ny }
    capture: { id: $.eksternSaksreferanse, state: $.saksstatus, last: '$.linjer[1]' }
  - call: case-status
    with: { id: '${id}-${state}-${last.kommunenummer}' }
    expect: { status: success }
";

const GOOD: &str = r#"{"eksternSaksreferanse":"sak-12345","uuid":"0f8fad5b-d9cb-469f-a165-70867728950e","opprettet":"2026-11-24T01:02:03.5Z","frist":"2026-12-01","saksnummer":"UT-17","navn":"Kari","meldingsid":"m1","saksstatus":"ny","part":{"navn":"Kari"},"linjer":[{"kommunenummer":"0301"},{"kommunenummer":"1103"}],"fri":"hva som helst","tall":12.50,"tekst":"sendt 2026-01-01"}"#;

/// Answers the submission with what is set, and anything else with an empty object.
#[derive(Default)]
struct Set {
    answer: Mutex<(u16, Bytes)>,
    sent: Mutex<Vec<String>>,
}

impl Transport for Set {
    async fn send(&self, request: Request) -> Exchange {
        let submission = request.method == http::Method::POST;
        self.sent.lock().unwrap().push(request.url.clone());
        let (status, body) = if submission {
            self.answer.lock().unwrap().clone()
        } else {
            (200, Bytes::from_static(b"{}"))
        };
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        Exchange {
            request,
            result: Ok(Response {
                status,
                headers,
                body,
            }),
            timing: Timing {
                started_at: jiff::Timestamp::UNIX_EPOCH,
                to_headers: None,
                total: Duration::from_micros(10),
            },
        }
    }
}

/// What is told of each step, and not of time or chance.
#[derive(Default)]
struct Judged(Mutex<Vec<Value>>);

impl Listener for Judged {
    async fn on_event(&self, _event: Event) {}

    async fn on_step(&self, step: FinishedStep<'_>) {
        let record = step.record();
        self.0.lock().unwrap().push(json!({
            "outcome": record.outcome, "error": record.error, "checks": record.checks, "notes": record.notes,
        }));
    }
}

struct Bench {
    contract: Arc<Contract>,
    test: Test,
    knowing: OnceLock<World<Set>>,
}

thread_local! {
    /// One for each test, since what is set to be answered is shared by all who use it.
    static BENCH: &'static Bench = Box::leak(Box::new(Bench::new()));
}

impl Bench {
    fn new() -> Self {
        let files = [SourceFile::new("contract.yaml", CONTRACT)];
        let contract = Arc::new(Contract::load(&files, &BTreeMap::new()).unwrap());
        let language = Language {
            contracts: std::slice::from_ref(&contract),
            files: &Disk,
        };
        let loaded = language.load(&[SourceFile::new("known.yaml", SCENARIO)]);
        assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
        let test = loaded.tests[0].clone();
        Self {
            contract,
            test,
            knowing: OnceLock::new(),
        }
    }

    fn world(&self) -> World<Set> {
        let transport = Arc::new(Set::default());
        let target = Target {
            contract: Arc::clone(&self.contract),
            base_urls: BTreeMap::from([(String::new(), "http://127.0.0.1:9".to_owned())]),
        };
        let stored = format!("---\n{{}}\n---\nHTTP 201\n\n{GOOD}\n");
        World {
            name: "known".to_owned(),
            targets: BTreeMap::from([("v2".to_owned(), target)]),
            capabilities: BTreeSet::new(),
            principals: BTreeMap::new(),
            default_principal: "none".to_owned(),
            broker: Broker::new(Arc::clone(&transport), None, None),
            parties: Pool::new(1, Vec::new()),
            snapshots: Store::new("nowhere", Mode::Check).with_fallback(move |_| Some(stored.clone().into())),
            stand_in: None,
            guard: Guard::default(),
            seed: 1,
            known: runner::KnownAnswers::default(),
            reference_suffix: String::new(),
            transport,
        }
    }

    /// What is told and sent where the submission gets this answer, and how many answers were recognised.
    fn judge(
        &self,
        world: &World<Set>,
        depth: Depth,
        status: u16,
        answer: &[u8],
    ) -> (Vec<Value>, Vec<String>, u64) {
        *world.transport.answer.lock().unwrap() = (status, Bytes::copy_from_slice(answer));
        world.transport.sent.lock().unwrap().clear();
        let before = world.known.recognised();
        let judged = Judged::default();
        let id = runner::test_id(&self.test);
        let iteration = Iteration {
            world,
            test: &self.test,
            id: &id,
            seed: 7,
            depth,
        };
        let cancel = CancellationToken::new();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(iteration.run(&judged, &cancel));
        let sent = world.transport.sent.lock().unwrap().clone();
        (
            judged.0.into_inner().unwrap(),
            sent,
            world.known.recognised() - before,
        )
    }
}

/// Runs an answer past a world that knows the good one and past one that knows nothing; how many were recognised.
fn both_agree(bench: &Bench, depth: Depth, status: u16, answer: &[u8]) -> u64 {
    let knowing = bench.knowing.get_or_init(|| bench.world());
    let (first, ..) = bench.judge(knowing, depth, 201, GOOD.as_bytes());
    assert!(first.iter().all(|step| step["outcome"] == "passed"), "{first:#?}");
    let (told, sent, recognised) = bench.judge(knowing, depth, status, answer);
    let (told_in_full, sent_in_full, none) = bench.judge(&bench.world(), depth, status, answer);
    assert_eq!(none, 0);
    let text = String::from_utf8_lossy(answer);
    assert_eq!(told, told_in_full, "{text}");
    assert_eq!(sent, sent_in_full, "{text}");
    recognised
}

#[test]
fn what_may_differ_is_recognised_and_all_else_is_looked_at() {
    let bench = Bench::new();
    let with = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replacen(from, to, 1)
    };
    let recognised = |answer: &str| both_agree(&bench, Depth::All, 201, answer.as_bytes()) == 2;
    for (from, to) in [
        ("Z", "Z"),
        ("sak-12345", "another one"),
        ("0f8fad5b-d9cb", "ffffffff-0000"),
        ("2026-11-24T01:02:03.5Z", "1999-01-31T23:59:58.0Z"),
        ("2026-12-01", "2028-02-29"),
        ("UT-17", "UT-99999"),
        (r#""navn":"Kari","m"#, r#""navn":"Ola","m"#),
        ("m1", "any"),
        ("0301", "1"),
        ("hva som helst", "7"),
    ] {
        assert!(recognised(&with(from, to)), "{to}");
    }
    for (from, to) in [
        ("sak-12345", "s"),
        ("sak-12345", "s\\u0041k"),
        ("sak-12345", "såk"),
        ("2026-11-24T01:02:03.5Z", "2026-13-24T01:02:03.5Z"),
        ("2026-12-01", "2026-02-30"),
        ("2026-12-01", "2026-12-1"),
        ("UT-17", "UT-07"),
        (r#""navn":"Kari","m"#, r#""navn":"Per","m"#),
        ("m1", "0"),
        ("0301", "03011"),
        ("1103", "1104"),
        (r#"part":{"navn":"Kari"#, r#"part":{"navn":"Ola"#),
        (r#""ny""#, r#""gammel""#),
        ("12.50", "12.5"),
        ("sendt 2026-01-01", "sendt 2026-01-02"),
        ("}", ""),
        (r#","tekst""#, r#","ny":1,"tekst""#),
    ] {
        assert!(!recognised(&with(from, to)), "{to}");
    }
    assert!(!recognised(&format!("{GOOD} ")));
    assert_eq!(
        both_agree(&bench, Depth::All, StatusCode::OK.as_u16(), GOOD.as_bytes()),
        0
    );
}

#[test]
fn status_only_recognises_what_the_captures_need() {
    let bench = Bench::new();
    let other = GOOD.replace("sak-12345", "x").replace("UT-17", "no number");
    assert_eq!(both_agree(&bench, Depth::Status, 201, other.as_bytes()), 1);
    assert_eq!(both_agree(&bench, Depth::Status, 201, b"{}"), 0);
    assert_eq!(both_agree(&bench, Depth::Status, 500, GOOD.as_bytes()), 0);
}

/// A change to the bytes of an answer: where, how many go, what comes.
type Change = (usize, usize, String);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_change_of_an_answer_slips_through(
        changes in prop::collection::vec((0..GOOD.len(), 0_usize..4, "[0-9a-zA-Z\"\\\\{}:, \u{e5}\u{0}.-]{0,3}"), 1..4),
        all in any::<bool>(),
    ) {
        let mut answer = GOOD.as_bytes().to_vec();
        for (at, gone, come) in changes as Vec<Change> {
            let at = at.min(answer.len());
            let end = (at + gone).min(answer.len());
            answer.splice(at..end, come.into_bytes());
        }
        let depth = if all { Depth::All } else { Depth::Status };
        both_agree(BENCH.with(|bench| *bench), depth, 201, &answer);
    }

    #[test]
    fn no_text_in_a_hole_slips_through(
        field in prop::sample::select(vec![
            "sak-12345", "0f8fad5b-d9cb-469f-a165-70867728950e", "2026-11-24T01:02:03.5Z", "2026-12-01", "UT-17", "m1", "0301",
        ]),
        text in "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-g]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]Z)?|UT-[0-9]{1,3}|[0-9]{0,5}|[ -~]{0,45})",
    ) {
        let text = serde_json::to_string(&text).unwrap();
        let answer = GOOD.replacen(&format!("\"{field}\""), &text, 1);
        both_agree(BENCH.with(|bench| *bench), Depth::All, 201, answer.as_bytes());
    }
}
