//! Environments that answer badly: a network problem is never non-conformance, nothing hangs, results are kept.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use flate2::{Compress, Compression, FlushCompress};
use serde_json::Value;

use super::raw_server::{Arrived, RawServer, json};
use crate::command::{Folder, Output};

const JSON: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";

/// Answers by the path: each word a different way to be wrong.
fn answer(request: &Arrived, stream: &mut TcpStream) -> std::io::Result<()> {
    match request.path.as_str() {
        "/truncated" => write!(stream, "{JSON}content-length: 100\r\n\r\n{{\"a\": 1"),
        "/text" => write!(stream, "{JSON}content-length: 5\r\n\r\nhello"),
        "/gzip" => {
            write!(stream, "{JSON}content-encoding: gzip\r\n\r\n")?;
            gigabytes(stream)
        }
        "/broken-gzip" => write!(
            stream,
            "{JSON}content-encoding: gzip\r\ncontent-length: 5\r\n\r\nhello"
        ),
        "/endless" => {
            write!(stream, "{JSON}\r\n[1")?;
            loop {
                write!(stream, ",1")?;
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        "/silent" => {
            std::thread::sleep(Duration::from_secs(50));
            Ok(())
        }
        "/garbage" => write!(stream, "SSH-2.0-nothing\r\n"),
        "/closed" => Ok(()),
        _ => write!(stream, "{}", json(200, "{\"a\":1}")),
    }
}

/// Three gigabytes of zeros, in gzip: one compressed block that refers to nothing before it, over and over.
fn gigabytes(stream: &mut TcpStream) -> std::io::Result<()> {
    const BLOCK: usize = 1 << 20;
    let mut block = Vec::with_capacity(BLOCK);
    let mut compress = Compress::new(Compression::fast(), false);
    compress
        .compress_vec(&vec![0; BLOCK], &mut block, FlushCompress::Full)
        .map_err(std::io::Error::other)?;
    stream.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])?;
    for _ in 0..3 * 1024 {
        stream.write_all(&block)?;
    }
    Ok(())
}

/// Runs a scenario that asks for `/good`, then for this path, then in a second test for `/good` again.
fn ask(path: &str) -> (Folder, Output) {
    let server = RawServer::start(answer);
    let scenario = format!(
        "scenario: bad
title: A good answer, then a bad one
as: none
steps:
  - raw: {{ method: GET, path: /good }}
    expect: {{ status: 200 }}
  - raw: {{ method: GET, path: {path} }}
    expect: {{ status: 200, body: {{ \"$.a\": 1 }} }}
---
scenario: good
title: A good answer
as: none
steps:
  - raw: {{ method: GET, path: /good }}
    expect: {{ status: 200 }}
"
    );
    let folder = Folder::new()
        .file("utlegg.yaml", server.settings())
        .file("s.yaml", scenario);
    let output = folder.utlegg("run s.yaml --env live").run();
    (folder, output)
}

fn verdicts(folder: &Folder) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tests = folder.summary()["tests"].as_array().cloned().unwrap_or_default();
    tests
        .iter()
        .map(|test| (text(&test["id"]["scenario"]), text(&test["verdict"])))
        .collect()
}

/// The bad step is an error, everything else is judged and kept, the exit code is 4, and the message has `words`.
#[track_caller]
fn is_an_error(path: &str, words: &[&str]) {
    let (folder, output) = ask(path);
    output.exits_with(4).says(words).says(&[
        "This says nothing about whether the system under test conforms",
        "1 passed, 1 could not be judged",
    ]);
    let expected = [("bad", "error"), ("good", "passed")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(verdicts(&folder), expected);
    let steps = folder.events("step-finished");
    let outcomes: Vec<&str> = steps.iter().filter_map(|step| step["outcome"].as_str()).collect();
    assert_eq!(
        outcomes.iter().filter(|it| **it == "passed").count(),
        2,
        "{outcomes:?}"
    );
    assert_eq!(
        outcomes.iter().filter(|it| **it == "error").count(),
        1,
        "{outcomes:?}"
    );
}

#[test]
fn a_truncated_answer() {
    is_an_error("/truncated", &["ended before it was complete", "cut it off"]);
}

#[test]
fn gzip_that_expands_to_gigabytes() {
    is_an_error(
        "/gzip",
        &["is larger than 10485760 bytes (counted after decompression)"],
    );
}

#[test]
fn gzip_that_is_none() {
    is_an_error(
        "/broken-gzip",
        &["says it is compressed, but cannot be decompressed"],
    );
}

#[test]
fn an_answer_that_never_ends() {
    is_an_error("/endless", &["not complete after 1s", "`timeout`"]);
}

#[test]
fn a_server_that_says_nothing() {
    is_an_error("/silent", &["gave no answer within 1s", "raise the time limit"]);
}

#[test]
fn garbage_instead_of_http() {
    is_an_error(
        "/garbage",
        &["is not HTTP/1.1", "does another service listen there"],
    );
}

#[test]
fn a_connection_that_is_closed_at_once() {
    is_an_error(
        "/closed",
        &["closed the connection before the answer was complete"],
    );
}

#[test]
fn text_where_json_is_expected_does_not_conform() {
    let (folder, output) = ask("/text");
    output.exits_with(1).says(&["the body is not JSON", "hello"]);
    assert_eq!(verdicts(&folder)[0].1, "failed");
}

#[test]
fn nobody_listens() {
    let port = {
        let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        free.local_addr().unwrap().port()
    };
    let settings = format!("environments:\n  live:\n    base_url: http://127.0.0.1:{port}\n");
    let folder = Folder::new().file("utlegg.yaml", settings).file(
        "s.yaml",
        "scenario: s\ntitle: T\nas: none\nsteps:\n  - raw: { method: GET, path: / }\n    expect: { status: 200 }\n",
    );
    // Not one test was judged, and 3 outranks 4.
    folder.utlegg("run s.yaml --env live").run().exits_with(3).says(&[
        "connection refused",
        "start the environment or correct its base URL",
        "1 could not be judged",
        "nothing was judged",
    ]);
    assert_eq!(folder.summary()["counts"]["failed"], 0);
}
