//! A case's life: scripts, clocks, messages, the feed, attachments.

use reqwest::Method;
use serde_json::{Value, json};

use super::client::{Answer, Mock};

const HOUR: u64 = 3_600_000;

#[tokio::test]
async fn submitted_asked_for_correction_corrected_decided() {
    let mock = Mock::start().await;
    let script = json!({
        "after_submit": {"ask_for_correction": {"after": "5s", "text": "Rett beløpet."}},
        "after_change": [{"process": {"after": "1s"}}, {"decide": {"after": "1h", "outcome": "utleggspant"}}],
    });
    mock.set_script("flyt", script).await;
    let body = mock.request_body("flyt").await;
    let reference = mock.submit(&body).await;
    assert_eq!(
        mock.call("messages", &reference, None).await.body,
        json!({"meldinger": []})
    );
    mock.call("change", &reference, Some(&body))
        .await
        .is(422, &["UAVKLART_STATUS"]);

    let moved = mock.advance(&reference, 5000).await;
    assert_eq!(moved.body["saksstatus"], json!("sakUnderBehandling"));
    let messages = mock.call("messages", &reference, None).await;
    let message = &messages.body["meldinger"][0];
    assert_eq!(
        (&message["type"], &message["tekst"]),
        (&json!("retting"), &json!("Rett beløpet."))
    );
    assert_eq!(
        mock.call("validate-change", &reference, Some(&body)).await.status,
        204
    );
    assert_eq!(mock.status(&reference).await, "sakUnderBehandling");
    let changed = mock.call("change", &reference, Some(&body)).await;
    assert_eq!((changed.status, changed.text.as_str()), (200, ""));
    assert_eq!(mock.status(&reference).await, "sakOpprettet");

    mock.advance(&reference, HOUR).await;
    let decided = mock.call("case-status", &reference, None).await;
    assert_eq!(decided.body["saksstatus"], json!("sakBesluttet"));
    assert_eq!(decided.body["innsenderReferanse"], json!("flyt"));
    let decision = &decided.body["beslutningsinformasjon"][0];
    let claims = &decision["besluttetUtleggspant"][0]["kravgrunnlagsidentifikator"];
    assert_eq!(
        claims[0],
        decided.body["kravISak"][0]["kravgrunnlagsidentifikator"]
    );
    mock.call("change", &reference, Some(&body))
        .await
        .is(422, &["UGYLDIG_STATUS"]);

    let feed = mock.call("status-feed", "", None).await;
    let told: Vec<&str> = feed.body["hendelser"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["saksstatus"].as_str().unwrap())
        .collect();
    let expected = [
        "sakOpprettet",
        "sakUnderBehandling",
        "sakOpprettet",
        "sakUnderBehandling",
        "sakBesluttet",
    ];
    assert_eq!(told, expected);
    let page = Answer::of(mock.request(Method::GET, "/status/hendelser?fraSekvensnummer=2&antall=1")).await;
    assert_eq!(page.body["hendelser"].as_array().unwrap().len(), 1);
    assert_eq!(page.body["hendelser"][0]["sekvensnummer"], json!(2));
}

#[tokio::test]
async fn a_clock_moves_its_own_case_only() {
    let mock = Mock::start().await;
    let mut references = Vec::new();
    for own in ["en", "to"] {
        mock.set_script(own, json!({"after_submit": {"refuse": {"after": "1h"}}}))
            .await;
        references.push(mock.submit(&mock.request_body(own).await).await);
    }
    mock.advance(&references[0], HOUR).await;
    assert_eq!(mock.status(&references[0]).await, "sakNektetFremmet");
    assert_eq!(mock.status(&references[1]).await, "sakOpprettet");
    let body = json!({"innsenderReferanse": "to", "advance_ms": HOUR});
    assert_eq!(
        mock.admin(Method::POST, "/clock", body).await.body["saksstatus"],
        json!("sakNektetFremmet")
    );
}

#[tokio::test]
async fn the_feed_tells_of_what_happened_while_nobody_looked() {
    let mock = Mock::start().await;
    mock.set_script(
        "stille",
        json!({"after_submit": [{"present": {}}, {"annul": {}}]}),
    )
    .await;
    mock.submit(&mock.request_body("stille").await).await;
    let feed = mock.call("status-feed", "", None).await;
    let states: Vec<&Value> = feed.body["hendelser"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["saksstatus"])
        .collect();
    assert_eq!(
        states,
        [&json!("sakOpprettet"), &json!("sakForelagt"), &json!("sakHevet")]
    );
}

#[tokio::test]
async fn scripted_faults_strike_where_and_as_often_as_told() {
    let mock = Mock::start().await;
    mock.set_script(
        "feil",
        json!({"after_submit": [
            {"fail": {"code": "KB-001", "times": 1}},
            {"fail": {"code": "KB-002", "operation": "validate-new"}},
            {"fail": {"code": "DAS-003", "operation": "case-status", "times": 1}},
            {"delay": {"by": "1ms", "operation": "case-status"}},
            {"fail": {"code": "KB-001", "status": 409, "operation": "change"}},
        ]}),
    )
    .await;
    let body = mock.request_body("feil").await;
    mock.call("submit", "", Some(&body)).await.is(500, &["KB-001"]);
    assert_eq!(mock.last().await["stage"], json!("script"));
    mock.call("validate-new", "", Some(&body))
        .await
        .is(500, &["KB-002"]);
    mock.call("validate-new", "", Some(&body))
        .await
        .is(500, &["KB-002"]);
    let reference = mock.submit(&body).await;
    mock.call("case-status", &reference, None)
        .await
        .is(500, &["DAS-003"]);
    assert_eq!(mock.status(&reference).await, "sakOpprettet");
    mock.call("change", &reference, Some(&body))
        .await
        .is(409, &["KB-001"]);
    // Another request is not touched.
    assert_eq!(
        mock.call("validate-new", "", Some(&mock.request_body("frisk").await))
            .await
            .status,
        204
    );
}

#[tokio::test]
async fn the_fixed_references_answer_as_documented() {
    let mock = Mock::start().await;
    for (reference, state, decided) in [
        ("TEST_SAK_OPPRETTET", "sakOpprettet", false),
        ("TEST_SAK_UNDER_BEHANDLING", "sakUnderBehandling", false),
        ("TEST_SAK_NEKTET_FREMMET", "sakNektetFremmet", false),
        ("TEST_SAK_FORELAGT", "sakForelagt", false),
        ("TEST_SAK_BESLUTTET", "sakBesluttet", true),
        ("TEST_SAK_AVSLUTTET", "sakAvsluttet", true),
        ("TEST_SAK_HEVET", "sakHevet", false),
    ] {
        let answer = mock.call("case-status", reference, None).await;
        assert_eq!(answer.body["saksstatus"], json!(state));
        assert_eq!(
            answer.body.get("beslutningsinformasjon").is_some(),
            decided,
            "{reference}"
        );
        assert!(!answer.body["kravISak"].as_array().unwrap().is_empty());
    }
    let decided = mock.call("case-status", "TEST_SAK_BESLUTTET", None).await.text;
    for kind in [
        "besluttetUtleggstrekk",
        "besluttetIntetTilUtlegg",
        "besluttetUtleggspant",
    ] {
        assert!(decided.contains(kind), "{decided}");
    }
    mock.call("case-status", "TEST_UGYLDIG", None)
        .await
        .is(404, &["KB-009"]);
}

#[tokio::test]
async fn an_attachment_ripens_on_its_own_clock_and_is_judged_by_its_state() {
    let mock = Mock::start().await;
    let mut body = mock.request_body("vedlegg").await;
    let uploaded = mock.upload("%PDF-1.7 %%EOF", "tvangsgrunnlag", "vedlegg").await;
    let uuid = uploaded.body["uuid"].clone();
    body["begjaeringensTvangsgrunnlag"][0]["tvangsgrunnlag"]["uuid"] = uuid.clone();
    let not_ready = "VEDLEGG_SKAL_VAERE_VIRUSSJEKKET_VALIDERT_OG_KONVERTERT";
    mock.call("validate-new", "", Some(&body))
        .await
        .is(422, &[not_ready]);
    let moved = mock
        .admin(Method::POST, "/clock", json!({"uuid": uuid, "advance_ms": 3000}))
        .await;
    assert_eq!(moved.body["status"], json!("konvertert"));
    let status = mock.call("attachment-status", uuid.as_str().unwrap(), None).await;
    assert_eq!(
        status.body,
        json!({
            "uuid": uuid, "filnavn": "fil.pdf", "type": "tvangsgrunnlag", "status": "konvertert",
        })
    );
    assert_eq!(mock.call("validate-new", "", Some(&body)).await.status, 204);
    body["innsenderReferanse"] = json!("en annen");
    let other = mock.call("validate-new", "", Some(&body)).await;
    other.is(422, &["VEDLEGG_SKAL_HA_REFERANSE_TIL_BEGJAERINGEN"]);
}

#[tokio::test]
async fn an_attachment_that_a_case_names_is_kept_and_one_that_none_names_is_discarded() {
    const MONTH: u64 = 31 * 24 * HOUR;
    let mock = Mock::start().await;
    let mut body = mock.request_body("brukt").await;
    let mut uuids = Vec::new();
    for name in ["brukt", "ubrukt"] {
        let uploaded = mock.upload("%PDF-1.7 %%EOF", "tvangsgrunnlag", name).await;
        uuids.push(uploaded.body["uuid"].as_str().unwrap().to_owned());
    }
    let advance = |uuid: &str, by: u64| {
        let body = json!({"uuid": uuid, "advance_ms": by});
        mock.admin(Method::POST, "/clock", body)
    };
    advance(&uuids[0], 3000).await;
    body["begjaeringensTvangsgrunnlag"][0]["tvangsgrunnlag"]["uuid"] = json!(uuids[0]);
    mock.submit(&body).await;
    let used = advance(&uuids[0], MONTH).await;
    assert_eq!(used.body["status"], json!("konvertert"));
    let unused = advance(&uuids[1], MONTH).await;
    assert_eq!(unused.body["status"], json!("forkastet"));
    let mut other = mock.request_body("ubrukt").await;
    other["begjaeringensTvangsgrunnlag"][0]["tvangsgrunnlag"]["uuid"] = json!(uuids[1]);
    let gone = mock.call("submit", "", Some(&other)).await;
    gone.is(422, &["VEDLEGG_SKAL_VAERE_TILGJENGELIG"]);
}

#[tokio::test]
async fn attachments_must_have_been_uploaded_where_the_mock_is_told_to_be_strict() {
    let mock = Mock::with(|options| options.behaviour.trust_unknown_attachments = false).await;
    let body = mock.request_body("streng").await;
    let answer = mock.call("validate-new", "", Some(&body)).await;
    assert_eq!(
        answer.codes()[0],
        "VEDLEGG_SKAL_VAERE_TILGJENGELIG",
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn insight_is_given_between_the_parties_of_a_submitted_case_only() {
    let mock = Mock::start().await;
    let body = mock.request_body("innsyn").await;
    let parties = json!({
        "saksoeker": body["saksoeker"][0]["saksoeker"]["virksomhet"]["identifikator"]["verdi"],
        "saksoekt": body["saksoekt"][0]["saksoekt"]["person"]["identifikator"]["verdi"],
    });
    mock.call("deduction-insight", "", Some(&parties))
        .await
        .is(404, &["KB-007"]);
    mock.submit(&body).await;
    let answer = mock.call("deduction-insight", "", Some(&parties)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body["saksoekersKravIEttTrekk"].as_array().unwrap().len(),
        3
    );
}

#[tokio::test]
async fn the_ruleset_is_told_of_one_and_of_many() {
    let mock = Mock::start().await;
    let (old, new) = (
        mock.party("rules=old&kind=person").await,
        mock.party("rules=new&kind=person").await,
    );
    let answer = mock
        .call(
            "ruleset-lookup",
            "",
            Some(&json!({"identifikatorer": [old, new]})),
        )
        .await;
    assert_eq!(
        answer.body,
        json!({"regelverk": [
            {"identifikator": old, "regelverk": "gammelt"},
            {"identifikator": new, "regelverk": "nytt"},
        ]})
    );
    mock.call("ruleset-lookup", "", Some(&json!({"identifikatorer": []})))
        .await
        .is(400, &["KB-006"]);
}
