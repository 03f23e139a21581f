//! The child that serves: started, waited for, ended; never left behind.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{NotReady, Usage};
use crate::mock::Handout;

/// How long the child may take to serve; making its keys takes longest.
const START: Duration = Duration::from_mins(1);
/// How long it may take to end after it was asked to; requests in progress have five seconds.
const END: Duration = Duration::from_secs(7);
/// How often its end is looked for.
const PAUSE: Duration = Duration::from_millis(5);
/// Lines of its standard error that are kept.
const KEPT: usize = 20;

/// A mock in a process of its own. Ends with the value, and by itself when this process dies.
#[derive(Debug)]
pub struct MockProcess {
    child: Child,
    input: Option<ChildStdin>,
    complaints: Complaints,
    handout: Handout,
}

/// The last lines that the child wrote to its standard error.
type Complaints = Arc<Mutex<VecDeque<String>>>;

impl MockProcess {
    /// Starts it and waits until it serves.
    ///
    /// # Errors
    /// [`NotReady`] with what the child complained about; it is not running then.
    pub(super) fn start(mut command: Command) -> Result<Self, NotReady> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| NotReady::new(format!("the mock's process cannot be started: {error}")))?;
        let complaints = Complaints::default();
        let listener = child
            .stderr
            .take()
            .and_then(|errors| listen(errors, Arc::clone(&complaints)));
        let answer = child
            .stdout
            .take()
            .map_or_else(|| Err("its standard output is closed".to_owned()), first_line);
        let handout = answer.and_then(|line| serde_json::from_str(&line).map_err(|error| error.to_string()));
        match handout {
            Ok(handout) => Ok(Self {
                input: child.stdin.take(),
                child,
                complaints,
                handout,
            }),
            Err(reason) => {
                let _ = child.kill();
                let _ = child.wait();
                // With the child its standard error has ended.
                let _ = listener.map(JoinHandle::join);
                Err(not_ready(&complaints, &reason))
            }
        }
    }

    /// Where it is and how to get a token.
    pub fn handout(&self) -> &Handout {
        &self.handout
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has used up so far; none where the system does not tell.
    pub fn usage(&self) -> Option<Usage> {
        Usage::of(self.id())
    }

    /// How it ended, where it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The last lines of its standard error: why it ended, where it did so by itself.
    pub fn complaints(&self) -> String {
        joined(&self.complaints)
    }

    /// Asks it to end and waits; says how it ended, or nothing where it had to be ended by force.
    pub async fn end(mut self) -> Option<ExitStatus> {
        // Its standard input ends with this.
        self.input = None;
        let asked = Instant::now();
        while asked.elapsed() < END {
            if let Some(status) = self.ended() {
                return Some(status);
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }
}

impl Drop for MockProcess {
    fn drop(&mut self) {
        if self.ended().is_none() {
            // It may have ended by itself in the meantime.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn not_ready(complaints: &Complaints, reason: &str) -> NotReady {
    let said = joined(complaints);
    let said = said.trim().trim_start_matches("error: ");
    NotReady::new(match said {
        "" => format!("the mock's process does not say where it serves: {reason}"),
        said => format!("the mock's process ended: {said}"),
    })
}

/// The line with the addresses, in time.
fn first_line(output: impl Read + Send + 'static) -> Result<String, String> {
    let (sender, receiver) = channel();
    let reader = std::thread::Builder::new()
        .name("mock-stdout".into())
        .spawn(move || {
            let mut output = BufReader::new(output);
            let mut line = String::new();
            let read = output.read_line(&mut line).map(|_| line);
            // Nobody waits any more when it took too long.
            let _ = sender.send(read);
            // Whatever else it prints must not fill the pipe.
            let _ = std::io::copy(&mut output, &mut std::io::sink());
        });
    reader.map_err(|error| error.to_string())?;
    match receiver.recv_timeout(START) {
        Ok(line) => line.map_err(|error| error.to_string()),
        Err(RecvTimeoutError::Timeout) => Err(format!("nothing came within {} s", START.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("it closed its output".to_owned()),
    }
}

/// Keeps the last lines, on a thread that ends with the child. Without one nothing is kept.
fn listen(errors: impl Read + Send + 'static, kept: Complaints) -> Option<JoinHandle<()>> {
    let listener = std::thread::Builder::new()
        .name("mock-stderr".into())
        .spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() >= KEPT {
                    kept.pop_front();
                }
                kept.push_back(line);
            }
        });
    listener.ok()
}

fn joined(complaints: &Complaints) -> String {
    let kept = complaints.lock().unwrap_or_else(PoisonError::into_inner);
    kept.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
}
