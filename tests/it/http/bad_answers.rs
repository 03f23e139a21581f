//! Servers that answer badly, or in part, or not at all.

use super::*;

#[tokio::test]
async fn a_body_shorter_than_announced_is_truncated() {
    for exchange in exchanges(Answer::Close(
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":".to_vec(),
    ))
    .await
    {
        assert_fails(&exchange, TransportErrorKind::Truncated, &["before", "complete"]);
    }
}

#[tokio::test]
async fn a_chunked_body_without_its_end_is_truncated() {
    for exchange in exchanges(Answer::Close(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n".to_vec(),
    ))
    .await
    {
        assert_fails(&exchange, TransportErrorKind::Truncated, &["complete"]);
    }
}

#[tokio::test]
async fn a_chunk_size_that_is_none_is_truncated() {
    for exchange in exchanges(Answer::Close(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n".to_vec(),
    ))
    .await
    {
        assert!(exchange.result.is_err());
        assert!(exchange.timing.to_headers.is_some());
    }
}

#[tokio::test]
async fn a_closed_connection_without_an_answer_is_truncated() {
    for exchange in exchanges(Answer::Close(Vec::new())).await {
        assert_fails(
            &exchange,
            TransportErrorKind::Truncated,
            &["closed the connection"],
        );
    }
}

#[tokio::test]
async fn no_answer_is_a_timeout() {
    for exchange in exchanges(Answer::Hang(Vec::new())).await {
        assert_fails(
            &exchange,
            TransportErrorKind::Timeout,
            &["no answer within 500ms", "time limit"],
        );
        assert!(exchange.timing.to_headers.is_none());
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_a_timeout() {
    for exchange in exchanges(Answer::Hang(
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec(),
    ))
    .await
    {
        assert_fails(&exchange, TransportErrorKind::Timeout, &["began", "500ms"]);
        assert!(exchange.timing.to_headers.is_some());
    }
}

#[tokio::test]
async fn a_body_that_trickles_forever_is_a_timeout() {
    for exchange in exchanges(Answer::Forever(
        b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
        b" ".to_vec(),
    ))
    .await
    {
        assert_fails(&exchange, TransportErrorKind::Timeout, &["never ends"]);
    }
}

#[tokio::test]
async fn a_body_that_floods_forever_is_too_large() {
    for exchange in exchanges(Answer::Forever(
        b"HTTP/1.1 200 OK\r\n\r\n".to_vec(),
        vec![b' '; 256 * 1024],
    ))
    .await
    {
        assert_fails(
            &exchange,
            TransportErrorKind::TooLarge,
            &["larger than 1048576 bytes"],
        );
    }
}

#[tokio::test]
async fn a_gzip_bomb_is_stopped_at_the_limit() {
    let options = TransportOptions {
        timeout: Duration::from_mins(1),
        ..options()
    };
    for transport in both(&options) {
        let bomb = gzip(&vec![b'0'; 64 * 1024 * 1024]);
        assert!(bomb.len() < 100_000, "small on the wire");
        let url = serve(Answer::Hang(gzipped_answer(&bomb))).await;
        let exchange = transport.send(get(&url)).await;
        assert_fails(&exchange, TransportErrorKind::TooLarge, &["after decompression"]);
    }
}

#[tokio::test]
async fn gzip_that_is_none_or_cut_off_is_said_so() {
    let whole = gzip(b"{\"a\": 1}");
    for body in [b"{\"a\": 1}".as_slice(), &whole[..whole.len() - 6], &whole[..12]] {
        for exchange in exchanges(Answer::Hang(gzipped_answer(body))).await {
            assert_fails(&exchange, TransportErrorKind::Truncated, &["decompress"]);
        }
    }
}

#[tokio::test]
async fn huge_headers_are_refused() {
    let mut head = b"HTTP/1.1 200 OK\r\nX: ".to_vec();
    head.resize(2 * 1024 * 1024, b'x');
    for exchange in exchanges(Answer::Close(head)).await {
        assert_fails(&exchange, TransportErrorKind::TooLarge, &["headers"]);
    }
    let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
    head.extend_from_slice(&b"X: y\r\n".repeat(100_000));
    head.extend_from_slice(b"\r\n");
    for exchange in exchanges(Answer::Close(head)).await {
        assert_fails(&exchange, TransportErrorKind::TooLarge, &["headers"]);
    }
}

#[tokio::test]
async fn what_is_not_http_is_said_so() {
    for bytes in [
        b"SSH-2.0-OpenSSH_9.9\r\n".as_slice(),
        b"\x15\x03\x01\x00\x02\x02\x46",
        &[0xff; 100],
        b"HTTP/1.1 abc\r\n\r\n",
    ] {
        for exchange in exchanges(Answer::Close(bytes.to_vec())).await {
            assert_fails(&exchange, TransportErrorKind::Other, &["not HTTP/1.1"]);
        }
    }
}

#[tokio::test]
async fn bytes_after_the_announced_length_belong_to_nobody() {
    for transport in both(&options()) {
        let url = serve(Answer::Hang(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n"
                .to_vec(),
        ))
        .await;
        for _ in 0..3 {
            let response = transport.send(get(&url)).await.result.unwrap();
            assert_eq!((response.status, &response.body[..]), (200, b"{}".as_slice()));
        }
    }
}
