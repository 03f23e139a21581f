//! Connections are kept, replaced where that is safe, and never more than needed.

use super::*;

/// A server that answers `per_connection` requests on each connection, then closes it without a word; the number of
/// connections and of requests it has seen.
async fn closing_after(per_connection: usize) -> (String, Arc<AtomicUsize>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (seen, asked) = (Arc::clone(&connections), Arc::clone(&requests));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            seen.fetch_add(1, Ordering::SeqCst);
            let asked = Arc::clone(&asked);
            tokio::spawn(async move {
                for _ in 0..per_connection {
                    if read_head(&mut stream).await.is_empty() {
                        return;
                    }
                    asked.fetch_add(1, Ordering::SeqCst);
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                    stream.write_all(answer).await.unwrap();
                }
            });
        }
    });
    (url, connections, requests)
}

/// Lets the end of a connection arrive, and reqwest put one back into its pool.
async fn rest() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

#[tokio::test]
async fn one_connection_serves_one_request_after_the_other() {
    for transport in both(&options()) {
        let (url, connections, requests) = closing_after(usize::MAX).await;
        for _ in 0..20 {
            assert_eq!(transport.send(get(&url)).await.result.unwrap().status, 200);
            rest().await;
        }
        assert_eq!(connections.load(Ordering::SeqCst), 1);
        assert_eq!(requests.load(Ordering::SeqCst), 20);
    }
}

#[tokio::test]
async fn requests_at_the_same_time_have_a_connection_each_and_leave_them_to_the_next() {
    for transport in both(&options()) {
        let (url, connections, _) = closing_after(usize::MAX).await;
        for _ in 0..5 {
            let all = (0..8).map(|_| transport.send(get(&url)));
            for exchange in futures_util::future::join_all(all).await {
                assert_eq!(exchange.result.unwrap().status, 200);
            }
            rest().await;
        }
        assert_eq!(connections.load(Ordering::SeqCst), 8);
    }
}

#[tokio::test]
async fn a_connection_that_was_closed_while_idle_is_replaced_and_nothing_is_sent_twice() {
    for transport in both(&options()) {
        let (url, connections, requests) = closing_after(1).await;
        for _ in 0..20 {
            assert_eq!(transport.send(get(&url)).await.result.unwrap().status, 200);
            rest().await;
        }
        assert_eq!(connections.load(Ordering::SeqCst), 20);
        assert_eq!(requests.load(Ordering::SeqCst), 20);
    }
}

#[tokio::test]
async fn a_request_that_was_read_is_never_sent_again() {
    for transport in both(&options()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let asked = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                read_head(&mut stream).await;
                asked.fetch_add(1, Ordering::SeqCst);
                let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                // The second one is read and never answered.
                read_head(&mut stream).await;
                asked.fetch_add(1, Ordering::SeqCst);
            }
        });
        assert_eq!(transport.send(get(&url)).await.result.unwrap().status, 200);
        rest().await;
        assert_fails(
            &transport.send(get(&url)).await,
            TransportErrorKind::Truncated,
            &["closed the connection"],
        );
        assert_eq!(requests.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn a_connection_whose_answer_was_not_waited_for_is_not_used_again() {
    for transport in both(&options()) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let mut late = Duration::from_millis(50);
            while let Ok((mut stream, _)) = listener.accept().await {
                let wait = std::mem::take(&mut late);
                tokio::spawn(async move {
                    read_head(&mut stream).await;
                    tokio::time::sleep(wait).await;
                    let body = if wait.is_zero() { "second" } else { "first!" };
                    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{body}");
                    drop(stream.write_all(answer.as_bytes()).await);
                    std::future::pending::<()>().await;
                });
            }
        });
        let given_up = tokio::time::timeout(Duration::from_millis(10), transport.send(get(&url))).await;
        assert!(given_up.is_err());
        tokio::time::sleep(Duration::from_millis(80)).await;
        assert_eq!(transport.send(get(&url)).await.result.unwrap().body, "second");
    }
}

#[tokio::test]
async fn a_time_limit_counts_for_each_request_and_not_for_the_connection() {
    for transport in both(&options()) {
        let (url, connections, _) = closing_after(usize::MAX).await;
        for _ in 0..4 {
            assert_eq!(transport.send(get(&url)).await.result.unwrap().status, 200);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        assert_eq!(connections.load(Ordering::SeqCst), 1);
    }
}
