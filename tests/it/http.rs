//! Both transports over real loopback sockets.

mod alike;
mod bad_answers;
mod pool;
mod wire;

use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use utlegg::http::{
    Exchange, HyperTransport, Request, ReqwestTransport, Transport, TransportErrorKind, TransportOptions,
};

/// One of the transports; every test of this file holds for both.
enum Either {
    Reqwest(Box<ReqwestTransport>),
    Hyper(Box<HyperTransport>),
}

impl Transport for Either {
    async fn send(&self, request: Request) -> Exchange {
        match self {
            Self::Reqwest(transport) => transport.send(request).await,
            Self::Hyper(transport) => transport.send(request).await,
        }
    }
}

fn both(options: &TransportOptions) -> [Either; 2] {
    [
        Either::Reqwest(Box::new(ReqwestTransport::new(options.clone()).unwrap())),
        Either::Hyper(Box::new(HyperTransport::new(options.clone()).unwrap())),
    ]
}

/// What a server does once it has read a request's head.
#[derive(Clone)]
enum Answer {
    /// Writes these bytes and closes.
    Close(Vec<u8>),
    /// Writes these bytes and keeps the connection open without another byte.
    Hang(Vec<u8>),
    /// Writes the first bytes, then the second again and again.
    Forever(Vec<u8>, Vec<u8>),
}

/// A server that gives every connection the same answer; its base URL.
async fn serve(answer: Answer) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(respond(stream, answer.clone()));
        }
    });
    url
}

async fn respond(mut stream: TcpStream, answer: Answer) {
    read_head(&mut stream).await;
    // The client may hang up at any time: that is what these tests are about.
    match answer {
        Answer::Close(bytes) => drop(stream.write_all(&bytes).await),
        Answer::Hang(bytes) => {
            drop(stream.write_all(&bytes).await);
            std::future::pending::<()>().await;
        }
        Answer::Forever(head, bytes) => {
            drop(stream.write_all(&head).await);
            while stream.write_all(&bytes).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> Vec<u8> {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    head
}

fn options() -> TransportOptions {
    TransportOptions {
        timeout: Duration::from_millis(500),
        max_body: 1024 * 1024,
        ..TransportOptions::default()
    }
}

fn get(url: &str) -> Request {
    Request {
        method: Method::GET,
        url: url.to_owned(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
    }
}

/// What each transport makes of the answer.
async fn exchanges(answer: Answer) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    for transport in both(&options()) {
        let url = serve(answer.clone()).await;
        exchanges.push(transport.send(get(&url)).await);
    }
    exchanges
}

/// Expects a failure of `kind` whose message contains every one of `words`.
#[track_caller]
fn assert_fails(exchange: &Exchange, kind: TransportErrorKind, words: &[&str]) {
    let error = exchange.result.as_ref().expect_err("the exchange fails");
    assert_eq!(error.kind, kind, "{error}");
    for word in words {
        assert!(error.message.contains(word), "`{word}` is missing: {error}");
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn gzipped_answer(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn a_whole_answer_arrives_as_it_was_sent() {
    for exchange in exchanges(Answer::Hang(
        b"HTTP/1.1 422 X\r\nContent-Type: Application/JSON; charset=utf-8\r\nX-Latin: \xe6\r\nContent-Length: 3\r\n\r\n\xff{}".to_vec(),
    )).await {
    let response = exchange.result.unwrap();
    assert_eq!((response.status, &response.body[..]), (422, b"\xff{}".as_slice()));
    assert_eq!(response.media_type().as_deref(), Some("application/json"));
    assert_eq!(response.headers["x-latin"].as_bytes(), b"\xe6");
    assert!(
        exchange
            .timing
            .to_headers
            .is_some_and(|to_headers| to_headers <= exchange.timing.total)
    );
}
}

#[tokio::test]
async fn method_headers_and_body_go_out_as_given() {
    for transport in both(&options()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/a%20b?c=%C3%A6", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let head = read_head(&mut stream).await;
            let mut body = [0; 2];
            stream.read_exact(&mut body).await.unwrap();
            stream
                .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
                .await
                .unwrap();
            (String::from_utf8(head).unwrap(), body)
        });
        let mut request = get(&url);
        request.method = Method::PUT;
        request.body = Bytes::from_static(b"{}");
        request.headers.insert("Klientid", HeaderValue::from_static("k"));
        let exchange = transport.send(request).await;
        assert_eq!(exchange.result.unwrap().status, 204);
        let (head, body) = server.await.unwrap();
        assert!(head.starts_with("PUT /a%20b?c=%C3%A6 HTTP/1.1\r\n"), "{head}");
        for line in [
            "klientid: k\r\n",
            "content-length: 2\r\n",
            "accept-encoding: gzip\r\n",
            "user-agent: utlegg/",
        ] {
            assert!(head.contains(line), "`{line}` is missing: {head}");
        }
        assert_eq!(&body, b"{}");
    }
}

#[tokio::test]
async fn redirects_are_answers() {
    for exchange in exchanges(Answer::Hang(
        b"HTTP/1.1 302 Found\r\nLocation: http://example.no/\r\nContent-Length: 0\r\n\r\n".to_vec(),
    ))
    .await
    {
        assert_eq!(exchange.result.unwrap().status, 302);
    }
}

#[tokio::test]
async fn gzip_is_undone() {
    for exchange in exchanges(Answer::Hang(gzipped_answer(&gzip(b"{\"a\": 1}")))).await {
        assert_eq!(&exchange.result.unwrap().body[..], b"{\"a\": 1}");
    }
}

#[tokio::test]
async fn nobody_listening_is_refused() {
    for transport in both(&options()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let exchange = transport.send(get(&format!("http://{address}/"))).await;
        assert_fails(
            &exchange,
            TransportErrorKind::Connect,
            &["nothing listens at", &address.to_string(), "base URL"],
        );
    }
}

#[tokio::test]
async fn https_where_plain_http_is_spoken_is_no_connection() {
    for transport in both(&options()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_u8().await.unwrap();
            drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await);
            std::future::pending::<()>().await;
        });
        let exchange = transport.send(get(&url)).await;
        let error = exchange.result.expect_err("no TLS there");
        // On a machine without root certificates the client says that first.
        assert!(
            matches!(
                error.kind,
                TransportErrorKind::Connect | TransportErrorKind::Other
            ),
            "{error}"
        );
    }
}

#[tokio::test]
async fn urls_that_are_none_are_never_sent() {
    for transport in both(&options()) {
        for url in [
            "",
            "/finnes-ikke",
            "ftp://127.0.0.1/",
            "http://",
            "http://[::1",
            "file:///etc/passwd",
        ] {
            let exchange = transport.send(get(url)).await;
            assert_fails(&exchange, TransportErrorKind::Request, &["base URL"]);
        }
    }
}

#[tokio::test]
async fn no_more_than_the_allowed_number_of_calls_is_under_way() {
    let options = TransportOptions {
        concurrency: NonZeroUsize::new(5),
        timeout: Duration::from_secs(10),
        ..options()
    };
    for transport in both(&options) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (under_way, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counter, peak) = (Arc::clone(&under_way), Arc::clone(&most));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (counter, peak) = (Arc::clone(&counter), Arc::clone(&peak));
                tokio::spawn(async move {
                    read_head(&mut stream).await;
                    peak.fetch_max(counter.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    counter.fetch_sub(1, Ordering::SeqCst);
                    drop(
                        stream
                            .write_all(b"HTTP/1.1 204 X\r\nConnection: close\r\n\r\n")
                            .await,
                    );
                });
            }
        });
        let all = (0..20).map(|_| transport.send(get(&url)));
        for exchange in futures_util::future::join_all(all).await {
            assert_eq!(exchange.result.unwrap().status, 204);
        }
        assert!((1..=5).contains(&most.load(Ordering::SeqCst)), "{most:?}");
    }
}
