//! Slowness on purpose, and what the mock says that requests were really served in.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use utlegg::mock::{Injection, Options, Server, StartError};

use super::client::{Mock, contract};

const READY: &str = "TEST_SAK_BESLUTTET";

async fn recording(injection: Value) -> Mock {
    Mock::with(|options| {
        options.limits.served = 100;
        options.injection = serde_json::from_value(injection).unwrap();
    })
    .await
}

async fn served(mock: &Mock, since: u64) -> Vec<Value> {
    // The log has an answer's end a moment after the client has.
    for _ in 0..1000 {
        let path = format!("/served?since={since}");
        let page = mock.admin(Method::GET, &path, Value::Null).await.body;
        let entries = page["entries"].as_array().unwrap();
        if entries.iter().all(|entry| entry["served_us"].is_f64()) {
            return entries.clone();
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("an answer's end is never noted")
}

fn micros(entry: &Value, name: &str) -> f64 {
    entry[name].as_f64().unwrap()
}

/// A call by a client that does nothing but wait, and how long it waited.
async fn get(mock: &Mock, path: &str, id: &str) -> Duration {
    let url = format!("{}/{path}", mock.server.base_url("v2").unwrap());
    let request = mock
        .http
        .get(url)
        .bearer_auth(&mock.token)
        .header("Korrelasjonsid", id);
    let began = Instant::now();
    let answer = request.header("Accept", "application/json").send().await.unwrap();
    let status = answer.status();
    answer.bytes().await.unwrap();
    assert_eq!(status, 200, "{path}");
    began.elapsed()
}

#[tokio::test]
async fn each_request_is_held_back_and_the_log_says_by_its_id_what_it_was_served_in() {
    let mock = recording(json!({"latency": "30ms", "operations": {"messages": "60ms"}})).await;
    let seen = [
        get(&mock, "status/TEST_SAK_BESLUTTET", "case-status").await,
        get(&mock, "TEST_SAK_BESLUTTET/meldinger", "messages").await,
    ];
    let entries = served(&mock, 0).await;
    for ((entry, seen), (name, least)) in entries
        .iter()
        .zip(seen)
        .zip([("case-status", 30_000.0), ("messages", 60_000.0)])
    {
        assert_eq!(
            (&entry["id"], &entry["operation"], &entry["status"]),
            (&json!(name), &json!(name), &json!(200))
        );
        let served = micros(entry, "served_us");
        assert!(
            served >= least && served <= seen.as_secs_f64() * 1e6,
            "{entry} {seen:?}"
        );
    }
    assert_eq!(entries.len(), 2);
    assert!(served(&mock, 2).await.is_empty());
}

#[tokio::test]
async fn beyond_the_capacity_requests_wait_for_their_turn() {
    let mock = recording(json!({"capacity": 1, "latency": "200ms"})).await;
    let call = || get(&mock, "status/TEST_SAK_BESLUTTET", "");
    tokio::join!(call(), call(), call());
    let entries = served(&mock, 0).await;
    let mut begun: Vec<f64> = entries
        .iter()
        .map(|entry| micros(entry, "read_us") + micros(entry, "queued_us"))
        .collect();
    begun.sort_by(f64::total_cmp);
    assert_eq!(begun.len(), 3);
    assert!(
        begun.windows(2).all(|pair| pair[1] - pair[0] >= 200_000.0),
        "{entries:?}"
    );
}

#[tokio::test]
async fn an_injection_is_set_shown_and_taken_back_and_a_stall_counts_from_then() {
    let mock = recording(json!({})).await;
    let shown = mock.admin(Method::GET, "/injection", Value::Null).await;
    assert_eq!(shown.body, json!({"seed": 0}));
    let stall = json!({"stall": "200ms@0s", "seed": 4});
    let set = mock.admin(Method::PUT, "/injection", stall).await;
    assert_eq!(set.body, json!({"stall": "200000us@0us", "seed": 4}));
    mock.call("case-status", READY, None).await;
    let entries = served(&mock, 0).await;
    assert!(
        micros(&entries[0], "read_us") > 0.0 && micros(&entries[0], "served_us") > 50_000.0,
        "{entries:?}"
    );
    let gone = mock.admin(Method::DELETE, "/injection", Value::Null).await;
    assert_eq!(gone.status, 204);
    let shown = mock.admin(Method::GET, "/injection", Value::Null).await;
    assert_eq!(
        serde_json::from_value::<Injection>(shown.body).unwrap(),
        Injection::default()
    );
}

#[tokio::test]
async fn what_cannot_be_injected_is_refused_in_words() {
    let mock = Mock::start().await;
    for (body, expected) in [
        (json!({"latency": "fast"}), "`fast` is no time"),
        (json!({"stall": "2s"}), "is no stall"),
        (json!({"capacity": 0}), "at least 1"),
        (json!({"slow": 0.5}), "between 1 and 100"),
        (
            json!({"operations": {"hest": "1ms"}}),
            "no contract has the operation `hest`",
        ),
        (json!({"latenzy": "1ms"}), "unknown field"),
    ] {
        let answer = mock.admin(Method::PUT, "/injection", body).await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        assert!(answer.text.contains(expected), "{}", answer.text);
    }
    let off = mock.admin(Method::GET, "/served", Value::Null).await;
    assert_eq!(off.status, 404);
    assert!(off.text.contains("--record-served"), "{}", off.text);
    let mut options = Options::new(vec![contract()]);
    options.injection.capacity = Some(0);
    assert!(matches!(
        Server::start(options).await,
        Err(StartError::Injection(_))
    ));
}

#[tokio::test]
async fn a_late_body_comes_after_a_head_that_went_at_once_and_counts_to_its_last_byte() {
    let mock = recording(json!({"latency": "300ms", "hold": "body"})).await;
    let url = format!("{}/status/{READY}", mock.server.base_url("v2").unwrap());
    let request = mock.http.get(url).bearer_auth(&mock.token);
    let answer = request.header("Accept", "application/json").send().await.unwrap();
    let length = answer.content_length();
    assert_eq!(answer.status(), 200);
    // The head is here; nothing is noted as served in its whole time before the body is.
    let page = mock.admin(Method::GET, "/served", Value::Null).await.body;
    let so_far = page["entries"][0]["served_us"].as_f64().unwrap_or_default();
    assert!(so_far < 300_000.0, "{page}");
    let body = answer.bytes().await.unwrap();
    assert_eq!(length, Some(body.len() as u64));
    let mut whole = 0.0;
    for _ in 0..1000 {
        whole = micros(&served(&mock, 0).await[0], "served_us");
        if whole >= 300_000.0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(whole >= 300_000.0);
}
