//! The conditions that need what the mock remembers, and that several come in one answer.

use serde_json::{Value, json};

use super::client::Mock;

#[tokio::test]
async fn what_is_validated_is_not_stored_and_what_is_submitted_twice_is_a_duplicate() {
    let mock = Mock::start().await;
    let body = mock.request_body("dobbel").await;
    for _ in 0..2 {
        assert_eq!(mock.call("validate-new", "", Some(&body)).await.status, 204);
    }
    mock.submit(&body).await;
    mock.call("submit", "", Some(&body))
        .await
        .is(422, &["DUPLIKAT_INNSENDING"]);
    mock.call("validate-new", "", Some(&body))
        .await
        .is(422, &["DUPLIKAT_INNSENDING"]);
    assert_eq!(
        mock.admin(reqwest::Method::GET, "/health", Value::Null)
            .await
            .body["cases"],
        json!(1)
    );
}

#[tokio::test]
async fn of_equal_requests_at_the_same_time_one_is_taken() {
    let mock = Mock::start().await;
    let body = mock.request_body("samtidig").await;
    let calls = (0..20).map(|_| mock.call("submit", "", Some(&body)));
    let answers = futures_util::future::join_all(calls).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.codes() == ["DUPLIKAT_INNSENDING"])
            .count(),
        19
    );
}

#[tokio::test]
async fn several_violations_come_in_one_answer_in_the_same_order_each_time() {
    let mock = Mock::start().await;
    let mut body = mock.request_body("flere").await;
    let copy = body["kravTilInnkreving"][0].clone();
    body["kravTilInnkreving"].as_array_mut().unwrap().push(copy);
    body["kravTilInnkreving"][0]["gjenstaaendeBeloep"]["beloep"] = json!(10.123);
    body.as_object_mut().unwrap().shift_remove("innsender");
    let first = mock.call("submit", "", Some(&body)).await;
    assert_eq!(first.status, 422);
    for code in ["KRAV_DUPLIKATE_REFERANSER", "UGYLDIG_BELOEP", "INNSENDER_MANGLER"] {
        assert!(first.codes().contains(&code), "{}", first.text);
    }
    let second = mock.call("validate-new", "", Some(&body)).await;
    assert_eq!(first.codes(), second.codes());
    let entry = mock.last().await;
    assert!(
        entry["reason"]
            .as_str()
            .unwrap()
            .contains("KRAV_DUPLIKATE_REFERANSER"),
        "{entry}"
    );
}

#[tokio::test]
async fn a_debtor_under_the_old_rules_is_turned_away() {
    let mock = Mock::start().await;
    let mut body = mock.request_body("gammelt").await;
    let old = mock.party("kind=person&rules=old").await;
    body["saksoekt"][0]["saksoekt"]["person"]["identifikator"]["verdi"] = json!(old);
    mock.call("submit", "", Some(&body))
        .await
        .is(422, &["SAKSOEKT_GAMMELT_REGELVERK"]);
}

#[tokio::test]
async fn the_submitter_must_be_who_the_token_says_unless_that_is_switched_off() {
    let mut mock = Mock::start().await;
    let vendors = mock.request_body("hvem").await;
    let customer = mock.party("kind=organisation&rules=new&seed=5").await;
    mock.act_for(&customer).await;
    let refused = mock.call("submit", "", Some(&vendors)).await;
    refused.is(422, &["INNSENDER_SAMSVARER_IKKE_MED_AUTENTISERING"]);
    mock.submit(&mock.request_body("hvem").await).await;

    let mut lenient = Mock::with(|options| options.behaviour.check_submitter = false).await;
    let vendors = lenient.request_body("hvem").await;
    lenient.act_for(&customer).await;
    lenient.submit(&vendors).await;
}

#[tokio::test]
async fn a_change_may_not_alter_who_submitted() {
    let mock = Mock::start().await;
    mock.set_script("endret", json!({"after_submit": {"process": {}}}))
        .await;
    let mut body = mock.request_body("endret").await;
    let reference = mock.submit(&body).await;
    let other = mock.party("kind=organisation&rules=new&seed=6").await;
    body["innsender"]["innsender"]["virksomhet"]["identifikator"]["verdi"] = json!(other);
    let answer = mock.call("change", &reference, Some(&body)).await;
    assert!(
        answer.codes().contains(&"ULOVLIG_ENDRING_INNSENDER"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn the_same_seed_gives_the_same_parties_and_references() {
    let mut references = Vec::new();
    for seed in [3, 3, 4] {
        let mock = Mock::with(|options| options.seed = seed).await;
        let reference = mock.submit(&mock.request_body("frø").await).await;
        let number = mock.call("case-status", &reference, None).await.body["saksnummer"].clone();
        references.push((reference, number, mock.organisation.clone()));
    }
    assert_eq!(references[0], references[1]);
    assert_ne!(references[0], references[2]);
}
