//! The engine against the mock in a process of its own: tokens, scripts and polls in real time, with more users than one.

use std::path::PathBuf;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use utlegg::cli::stand_in::{Spawn, Surroundings, spawn};
use utlegg::contract::Contract;
use utlegg::http::{ReqwestTransport, TransportOptions};
use utlegg::identity::Guard;
use utlegg::load::engine;
use utlegg::mock::RegisterSize;
use utlegg::outcome::load::{Ending, RowKind};
use utlegg::snapshot::{Mode, Store};

use super::service::{closed, options};

const FLOW: &str = "scenario: flow
title: An upload, until it has passed every check
models: [v2]
requires: [attachments]
as: systemuser
given:
  debtor: { person: { rules: new } }
  mock:
    after_submit: { process: {} }
steps:
  - call: upload-attachment
    multipart:
      fil: { text: '%PDF-1.7 synthetic attachment %%EOF', filename: a.pdf, type: application/pdf }
      type: tvangsgrunnlag
      innsenderReferanse: '${reference}'
    expect: { status: success }
    capture: { uuid: $.uuid }
  - poll: attachment-status
    with: { uuid: '${uuid}' }
    until: { $.status: konvertert }
    fail_if: { $.status: { one_of: [feilet, virusFunnet] } }
    every: 100ms
    within: 1m
    measure: upload-to-ready
";

#[tokio::test]
async fn a_flow_polls_in_real_time_and_only_calls_of_steps_are_counted() {
    let surroundings = Surroundings {
        contracts: vec![Contract::builtin("v2").unwrap()],
        seed: 3,
        register: RegisterSize {
            // Far fewer than iterations under way: parties are shared.
            persons: 4,
            organisations: 10,
        },
        snapshots: Store::new(PathBuf::from("snapshots"), Mode::Check),
        guard: Guard::new([], &[], []),
    };
    let spawned = Spawn {
        program: Some(env!("CARGO_BIN_EXE_utlegg").into()),
        ..Spawn::default()
    };
    let transport = Arc::new(ReqwestTransport::new(TransportOptions::default()).unwrap());
    let (_process, world) = spawn(&spawned, surroundings, transport).await.unwrap();
    let plan = closed(FLOW, 12, 12);
    let options = options(&plan);
    let recorder = Arc::clone(&options.recorder);
    let ran = engine::run(Arc::new(world), &plan, options, CancellationToken::new())
        .await
        .unwrap();
    let measured = recorder.finish(ran.ended);
    assert_eq!(ran.ending, Ending::Finished);
    assert_eq!(measured.iterations.passed, 12, "{:?}", measured.failures);
    // One upload each: neither tokens nor scripts nor clocks are among them.
    assert_eq!(measured.traffic.requests, 12);
    // The mock takes a second for each check, and nobody has moved its clocks.
    let waited = measured
        .rows
        .iter()
        .find(|row| row.kind == RowKind::Measure)
        .unwrap();
    let waited = waited.response.as_ref().unwrap();
    assert_eq!(waited.count, 12);
    assert!(waited.min_us >= 1_000_000, "{}", waited.min_us);
    assert!(measured.traffic.polls >= 24, "{}", measured.traffic.polls);
}
