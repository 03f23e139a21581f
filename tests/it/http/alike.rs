//! Whatever a server answers, both transports make the same of it, in the same words.

use std::fmt::Write as _;

use super::*;

/// What came of an exchange, without what differs from server to server.
fn told(exchange: &Exchange, url: &str) -> String {
    let address = url.trim_start_matches("http://");
    match &exchange.result {
        Ok(response) => {
            let mut told = format!("{}", response.status);
            let mut headers: Vec<_> = response.headers.iter().collect();
            headers.sort_by_key(|(name, value)| (name.as_str(), value.as_bytes()));
            for (name, value) in headers {
                write!(told, " {name}: {};", value.as_bytes().escape_ascii()).unwrap();
            }
            format!("{told} {}", response.body.escape_ascii())
        }
        Err(error) => {
            let message = error.message.replace(address, "HOST");
            // What exactly is wrong with a compressed body, the two decoders say in words of their own.
            let said = message.split_inclusive("decompressed: ").next();
            format!("{:?}: {}", error.kind, said.unwrap())
        }
    }
}

fn answers() -> Vec<Vec<u8>> {
    let whole = gzip(b"{\"a\": 1}");
    let gzipped = [
        whole.clone(),
        [whole.clone(), gzip(b" second")].concat(),
        [whole.clone(), b"garbage".to_vec()].concat(),
        whole[..whole.len() - 3].to_vec(),
        Vec::new(),
        b"{}".to_vec(),
    ];
    let plain: [&[u8]; 22] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\n\r\nuntil the end",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: y\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;ext=1\r\n{}\r\n3\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX Y: z\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
        b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}",
        b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    ];
    gzipped
        .iter()
        .map(|body| gzipped_answer(body))
        .chain(plain.iter().map(|answer| answer.to_vec()))
        .collect()
}

#[tokio::test]
async fn both_make_the_same_of_every_answer() {
    for answer in answers() {
        let mut said = Vec::new();
        for transport in both(&options()) {
            let url = serve(Answer::Close(answer.clone())).await;
            said.push(told(&transport.send(get(&url)).await, &url));
        }
        assert_eq!(said[0], said[1], "{}", answer.escape_ascii());
    }
}

#[tokio::test]
async fn both_trust_a_root_certificate_of_the_settings_and_no_other() {
    let issued = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(issued.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![issued.cert.der().clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A client that does not trust it hangs up.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
                stream.write_all(answer).await.unwrap();
                stream.shutdown().await.unwrap();
            });
        }
    });
    let url = format!("https://localhost:{port}/");
    let options = TransportOptions {
        timeout: Duration::from_secs(10),
        ..options()
    };
    let trusting = TransportOptions {
        root_certificates: vec![issued.cert.pem().into_bytes()],
        ..options.clone()
    };
    for transport in both(&trusting) {
        for _ in 0..2 {
            assert_eq!(transport.send(get(&url)).await.result.unwrap().body, "secret");
        }
    }
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let distrusting = TransportOptions {
        root_certificates: vec![other.cert.pem().into_bytes()],
        ..options
    };
    let mut said = Vec::new();
    for transport in both(&distrusting) {
        let exchange = transport.send(get(&url)).await;
        assert_fails(
            &exchange,
            TransportErrorKind::Connect,
            &["certificate", "not trusted"],
        );
        said.push(told(&exchange, &url));
    }
    assert_eq!(said[0], said[1]);
}
