//! Both transports put the same bytes on the wire.

use super::*;

/// What a server reads of requests that come one after the other, each answered.
async fn recorded(transport: &Either, requests: &[Request], listener: TcpListener) -> Vec<u8> {
    let (all, mut read) = tokio::sync::mpsc::unbounded_channel();
    let server = tokio::spawn(async move {
        // A client may open a second connection before it sees that the first one is free again.
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(record(stream, all.clone()));
        }
    });
    let mut bytes = Vec::new();
    for request in requests {
        let exchange = transport.send(request.clone()).await;
        assert_eq!(exchange.result.unwrap().body, "{}", "{}", request.url);
        assert_eq!(exchange.request.body, request.body);
        bytes.extend(read.recv().await.unwrap());
    }
    server.abort();
    // Only then is the port free.
    drop(server.await);
    bytes
}

async fn record(mut stream: TcpStream, all: tokio::sync::mpsc::UnboundedSender<Vec<u8>>) {
    loop {
        let mut request = read_head(&mut stream).await;
        if request.is_empty() {
            return;
        }
        let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
        let length = head
            .split("content-length: ")
            .nth(1)
            .and_then(|rest| rest.split("\r\n").next())
            .map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        request.extend(body);
        all.send(request).unwrap();
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        stream.write_all(answer).await.unwrap();
    }
}

/// One after the other on the same port, so that `Host` is the same.
async fn both_recorded(of: impl Fn(&str) -> Vec<Request>) -> [String; 2] {
    let mut texts = Vec::new();
    let mut address = "127.0.0.1:0".to_owned();
    let options = TransportOptions {
        timeout: Duration::from_secs(10),
        ..options()
    };
    for transport in both(&options) {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(address.parse().unwrap()).unwrap();
        let listener = socket.listen(16).unwrap();
        address = listener.local_addr().unwrap().to_string();
        let requests = of(&format!("http://{address}"));
        let bytes = recorded(&transport, &requests, listener).await;
        texts.push(bytes.escape_ascii().to_string().replace("\\r\\n", "\n"));
    }
    texts.try_into().unwrap()
}

fn request(method: Method, url: String, headers: &[(&'static str, &[u8])], body: &[u8]) -> Request {
    let mut request = Request {
        method,
        url,
        headers: HeaderMap::new(),
        body: Bytes::copy_from_slice(body),
    };
    for (name, value) in headers {
        request
            .headers
            .append(*name, HeaderValue::from_bytes(value).unwrap());
    }
    request
}

#[tokio::test]
async fn every_kind_of_request_is_the_same_byte_for_byte() {
    let (form_type, form) = utlegg::http::encode_multipart(&[utlegg::http::FormPart {
        name: "fil".to_owned(),
        filename: Some("fullmakt æ.pdf".to_owned()),
        media_type: Some("application/pdf".to_owned()),
        content: Bytes::from_static(b"%PDF\xff\x00\r\n"),
    }]);
    let large = vec![b'x'; 300_000];
    let [reqwest, hyper] = both_recorded(|base| {
        let json: &[(&str, &[u8])] = &[
            ("accept", b"application/json"),
            ("content-type", b"application/json"),
            ("klientid", b"k/1"),
            ("authorization", b"Bearer abc"),
        ];
        let long = format!("{base}/status/{}?a={}", "s".repeat(4000), "%C3%A6".repeat(500));
        vec![
            request(Method::GET, format!("{base}/status/sak-1"), &[], b""),
            request(Method::GET, base.to_owned(), &[], b""),
            request(Method::POST, format!("{base}/"), json, b"{\"a\":1}"),
            request(Method::POST, format!("{base}/"), &[], b""),
            request(Method::PUT, format!("{base}/x"), json, b"{}"),
            request(Method::PUT, format!("{base}/x"), json, b""),
            request(Method::DELETE, format!("{base}/x"), json, b""),
            request(Method::PATCH, format!("{base}/x"), &[], &large),
            request(
                Method::POST,
                format!("{base}/vedlegg"),
                &[("content-type", form_type.as_bytes())],
                &form,
            ),
            request(
                Method::GET,
                format!("{base}/h"),
                &[
                    ("x", "æøå".as_bytes()),
                    ("x", b"\xe6"),
                    ("user-agent", b"own"),
                    ("host", b"other"),
                ],
                b"",
            ),
            request(
                Method::GET,
                format!("{base}/h"),
                &[("accept-encoding", b"identity")],
                b"",
            ),
            request(Method::GET, long, json, b""),
            request(
                Method::GET,
                format!("{base}/a b/æ/../c/./d?q=ø'\"<>#part"),
                &[],
                b"",
            ),
            request(Method::GET, format!("{base}/%2e%2E/a//b?x=/../y"), &[], b""),
            request(
                Method::from_bytes(b"PROPFIND").unwrap(),
                format!("{base}/x"),
                &[],
                b"x",
            ),
        ]
    })
    .await;
    assert!(reqwest.contains("GET /status/sak-1 HTTP/1.1\n"), "{reqwest}");
    assert_eq!(reqwest, hyper);
}
