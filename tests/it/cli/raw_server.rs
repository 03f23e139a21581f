//! A server that speaks raw TCP, so that it can answer as no decent server would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What arrived: the request line's method and path, and the body.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub method: String,
    pub path: String,
    pub body: String,
}

/// The server; it lives as long as the test process.
pub struct RawServer {
    port: u16,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl RawServer {
    /// Serves on a free port of loopback; `answer` writes whatever it likes, then the connection is closed.
    pub fn start<A>(answer: A) -> Self
    where
        A: Fn(&Arrived, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&arrived), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { port, arrived }
    }

    /// Settings with this server as the environment `live`, with a time limit that a test can wait for.
    pub fn settings(&self) -> String {
        let base = self.base_url();
        format!("environments:\n  live:\n    base_url: {base}\n    timeout: 1s\n")
    }

    /// Its address.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Everything that has arrived.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().expect("no panic").clone()
    }

    /// Waits until `count` requests have arrived.
    #[track_caller]
    pub fn wait_for(&self, count: usize) {
        let began = Instant::now();
        while self.arrived().len() < count {
            assert!(began.elapsed() < Duration::from_secs(50), "{:?}", self.arrived());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A whole answer with a JSON body.
pub fn json(status: u16, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Fine\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Arrived>>,
    answer: &dyn Fn(&Arrived, &mut TcpStream) -> std::io::Result<()>,
) {
    let Some(arrived) = read(&stream) else {
        return;
    };
    log.lock().expect("no panic").push(arrived.clone());
    // The client may leave first; that is what some tests are about.
    let _ = answer(&arrived, &mut stream).and_then(|()| stream.flush());
}

fn read(stream: &TcpStream) -> Option<Arrived> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut words = first.split(' ');
    Some(Arrived {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
