//! The flow that all clients run, POST (201) and GET of the returned reference (200), the server that answers it, and
//! the same flow as a scenario with its contract and snapshots.

pub mod clients;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::routing::{get, post};
use utlegg::auth::{Broker, Client, Identity, SigningKey};
use utlegg::contract::Contract;
use utlegg::http::Transport;
use utlegg::identity::{Guard, OrganisationNumber};
use utlegg::runner::{Principal, Target, World};
use utlegg::scenario::{Disk, Language, Test};
use utlegg::snapshot::{Mode, Store};
use utlegg::source::SourceFile;
use utlegg::testdata::{Party, Pool, Rules, draw_for};

/// What stands in a body in place of each iteration's reference.
const REFERENCE: &str = "UT-ABCDEFGHIJKLM";

/// What is sent.
pub const BODY: &str = r#"{"innsenderReferanse":"UT-ABCDEFGHIJKLM","kunde":{"navn":"Fjord og Fjell AS","land":"NO"},"linjer":[{"vare":"bok","antall":2,"pris":149.5},{"vare":"penn","antall":10,"pris":12},{"vare":"perm","antall":1,"pris":89.9}],"merknad":"Leveres i resepsjonen","hast":false,"valuta":"NOK"}"#;

/// The token that every client sends.
pub const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6ImJlbmNoIn0.c2lnbmF0dXJlLW9mLXRoZS1iZW5jaA";

/// The body of that name: `order`, or `simple`, the bundled simple request with its expressions replaced by values.
pub fn body(name: &str) -> &'static str {
    if name == "order" {
        return BODY;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/requests/v2/simple.yaml");
    let text = std::fs::read_to_string(path).expect("the bundled request");
    let expression = regex::Regex::new(r"\$\{([^}]*)\}").expect("a pattern");
    let text = expression.replace_all(&text, |found: &regex::Captures<'_>| match &found[1] {
        "reference" => REFERENCE,
        name if name.starts_with("today") => "2026-01-15",
        name if name.ends_with("identifier") => "311758489",
        _ => "value",
    });
    let documents = utlegg::source::parse_documents(&SourceFile::new("simple.yaml", text)).expect("YAML");
    let body = documents[0].get("body").expect("a body").to_json();
    Box::leak(body.to_string().into_boxed_str())
}

/// The answer to both calls: a reference, a time, and what was sent.
fn answer(sent: &str, reference: &str) -> String {
    let now = jiff::Timestamp::now();
    format!(r#"{{"eksternSaksreferanse":"{reference}","opprettet":"{now:.6}","innhold":{sent}}}"#)
}

/// Serves the flow and a token endpoint on a free port of loopback; first it prints its address and the token.
pub async fn serve(body: &'static str) {
    let json = || [(header::CONTENT_TYPE, "application/json")];
    let token = format!(r#"{{"access_token":"{TOKEN}","expires_in":36000}}"#);
    let app = Router::new()
        .route(
            "/orders",
            post(async move |_: bytes::Bytes| {
                let answer = answer(body, &uuid::Uuid::new_v4().to_string());
                (StatusCode::CREATED, json(), answer)
            }),
        )
        .route(
            "/orders/{reference}",
            get(async move |Path(reference): Path<String>| (json(), answer(body, &reference))),
        )
        .route("/token", post(async move || (json(), token.clone())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    println!("http://{} {TOKEN}", listener.local_addr().expect("an address"));
    axum::serve(listener, app).await.expect("serving");
}

/// The variable by which a client is given its key: to make one takes more than thousands of requests do, and never the
/// same.
pub const KEY: &str = "UTLEGG_BENCH_KEY";

/// A fresh key, as PEM.
pub fn key() -> String {
    let key = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
    key.expect("a key").serialize_pem()
}

/// The flow against one server.
pub struct Flow<'a> {
    /// Where the server is.
    pub base_url: &'a str,
    /// What is sent.
    pub body: &'static str,
}

impl Flow<'_> {
    /// The world of the flow and its test.
    pub fn with<T: Transport>(&self, transport: T) -> (Arc<World<T>>, Test) {
        let contract = contract();
        let test = test(&contract, self.body);
        (world(self.base_url, &contract, transport, self.body), test)
    }
}

const CONTRACT: &str = r##"
openapi: 3.1.0
info: { title: The flow of the benchmarks, version: "9" }
x-utlegg-model: bench
servers: [{ url: "https://api-test.example/bench" }]
paths:
  /orders:
    post:
      x-utlegg-operation: submit
      x-utlegg-api: request
      parameters:
        - { name: Klientid, in: header, schema: { type: string } }
        - { name: Korrelasjonsid, in: header, schema: { type: string } }
        - { name: meldingsid, in: header, schema: { type: string } }
      requestBody:
        required: true
        content: { application/json: { schema: { type: object } } }
      responses:
        "201": { description: Taken., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
  /orders/{eksternSaksreferanse}:
    get:
      x-utlegg-operation: case-status
      x-utlegg-api: request
      parameters:
        - { name: eksternSaksreferanse, in: path, required: true, schema: { type: string } }
        - { name: Klientid, in: header, schema: { type: string } }
        - { name: Korrelasjonsid, in: header, schema: { type: string } }
      responses:
        "200": { description: Known., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order:
      type: object
      required: [eksternSaksreferanse, opprettet, innhold]
      properties:
        eksternSaksreferanse: { type: string, maxLength: 50 }
        opprettet: { type: string, format: date-time }
        innhold: { $ref: "#/components/schemas/Innhold" }
    Innhold:
      type: object
      required: [innsenderReferanse]
      additionalProperties: true
      properties:
        innsenderReferanse: { type: string, maxLength: 50 }
        kunde:
          type: object
          properties: { navn: { type: string }, land: { type: string } }
        linjer: { type: array, minItems: 1, items: { $ref: "#/components/schemas/Linje" } }
        merknad: { type: string, maxLength: 100 }
        hast: { type: boolean }
        valuta: { type: string, enum: [NOK, SEK, EUR] }
    Linje:
      type: object
      required: [vare, antall, pris]
      properties: { vare: { type: string }, antall: { type: integer }, pris: { type: number } }
"##;

/// The contract of the flow.
fn contract() -> Arc<Contract> {
    let files = [SourceFile::new("bench.yaml", CONTRACT)];
    Arc::new(Contract::load(&files, &BTreeMap::new()).expect("the contract"))
}

/// The flow as a scenario in which everything is checked: status, schema, snapshot.
fn test(contract: &Arc<Contract>, body: &str) -> Test {
    let body = body.replace(REFERENCE, "${reference}");
    let scenario = format!(
        "scenario: flow\ntitle: An order and a look at it\nmodels: [bench]\nsteps:\n\
         - call: submit\n  body: {body}\n  expect: {{ status: success, snapshot: true }}\n  \
         capture: {{ order: $.eksternSaksreferanse }}\n\
         - call: case-status\n  with: {{ eksternSaksreferanse: '${{order}}' }}\n  \
         expect: {{ status: success, snapshot: true }}\n"
    );
    let language = Language {
        contracts: std::slice::from_ref(contract),
        files: &Disk,
    };
    let loaded = language.load(&[SourceFile::new("flow.yaml", scenario)]);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    loaded.tests[0].clone()
}

/// The world of the flow: a token, an organisation that acts, snapshots, the guard.
fn world<T: Transport>(
    base_url: &str,
    contract: &Arc<Contract>,
    transport: T,
    body: &'static str,
) -> Arc<World<T>> {
    let transport = Arc::new(transport);
    let pem = std::env::var(KEY).unwrap_or_else(|_| key());
    let client = Client {
        client_id: "bench".to_owned(),
        issuer: "https://test.example/".to_owned(),
        token_url: format!("{base_url}/token"),
        scope: "bench".to_owned(),
        key: SigningKey::from_pem(pem.as_bytes(), "1").expect("a key"),
    };
    let number = OrganisationNumber::parse("311758489").expect("a synthetic number");
    let vendor = Principal {
        identity: Identity::Own,
        organisation: Some(Party::organisation(
            &mut draw_for(1, "vendor"),
            number,
            Rules::New,
        )),
    };
    let target = Target {
        contract: Arc::clone(contract),
        base_urls: BTreeMap::from([(String::new(), base_url.to_owned())]),
    };
    Arc::new(World {
        name: "bench".to_owned(),
        targets: BTreeMap::from([("bench".to_owned(), target)]),
        capabilities: BTreeSet::new(),
        principals: BTreeMap::from([("vendor".to_owned(), vendor)]),
        default_principal: "vendor".to_owned(),
        broker: Broker::new(Arc::clone(&transport), Some(client), None),
        parties: Pool::new(1, Vec::new()),
        snapshots: Store::new("no-such-folder", Mode::Check).with_fallback(|name| snapshot(name, body)),
        stand_in: None,
        guard: Guard::default(),
        seed: 1,
        known: utlegg::runner::KnownAnswers::default(),
        reference_suffix: String::new(),
        transport,
    })
}

/// The stored answer, its reference and time redacted.
fn snapshot(name: &str, body: &str) -> Option<Cow<'static, str>> {
    let status = if name.contains("submit") { 201 } else { 200 };
    let answer = answer(body, "[eksternSaksreferanse]");
    let (start, rest) = answer.split_once(r#""opprettet":""#)?;
    let (_, rest) = rest.split_once('"')?;
    Some(format!("---\n{{}}\n---\nHTTP {status}\n\n{start}\"opprettet\":\"[timestamp]\"{rest}\n").into())
}
