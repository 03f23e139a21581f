//! Runs the built binary in an empty folder, as a user does; whatever hangs is killed and fails the test.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long a call may take before it counts as hanging, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(90);

/// A folder of a test's own to call `utlegg` in.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// Puts a file into it.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, content).expect("a file");
        self
    }

    /// A call of `utlegg` in it, with these arguments, separated by spaces.
    pub fn utlegg(&self, arguments: &str) -> Call {
        let mut command = self.command(env!("CARGO_BIN_EXE_utlegg"));
        command.args(arguments.split_whitespace());
        Call { command }
    }

    /// A line for the shell, in which `utlegg` is the built binary.
    pub fn shell(&self, line: &str) -> Call {
        let mut command = self.command("sh");
        let binary = env!("CARGO_BIN_EXE_utlegg");
        command.args(["-c", &format!("utlegg() {{ \"{binary}\" \"$@\"; }}\n{line}")]);
        Call { command }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.0.path())
            .env_remove("CI")
            .env_remove("NO_COLOR")
            .env("COLUMNS", "110")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Whether there is such a file or folder.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The newest run's `summary.json`.
    #[track_caller]
    pub fn summary(&self) -> Value {
        serde_json::from_str(&self.text("reports/latest/summary.json")).expect("JSON")
    }

    /// The whole lines of the newest run's journal.
    #[track_caller]
    pub fn journal(&self) -> Vec<Value> {
        let text = self.text("reports/latest/run.jsonl");
        let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        whole
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }

    /// The events of one kind in the newest run's journal.
    #[track_caller]
    pub fn events(&self, kind: &str) -> Vec<Value> {
        let mut events = self.journal();
        events.retain(|event| event["event"] == kind);
        events
    }

    /// All files below it.
    pub fn all_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let kind = entry.file_type().expect("a file type");
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    found.push(entry.path());
                }
            }
        }
        found
    }
}

/// A call that has not begun.
pub struct Call {
    command: Command,
}

impl Call {
    /// Sets an environment variable.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Adds an argument that may hold spaces.
    pub fn argument(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    /// Runs it to its end.
    #[track_caller]
    pub fn run(self) -> Output {
        self.start().end()
    }

    /// Starts it.
    pub fn start(mut self) -> Running {
        let mut child = self.command.spawn().expect("the program starts");
        let stdout = Captured::of(child.stdout.take().expect("a pipe"));
        let stderr = Captured::of(child.stderr.take().expect("a pipe"));
        Running {
            child,
            stdout,
            stderr,
        }
    }
}

/// What a call has printed so far.
struct Captured {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Captured {
    fn of(mut pipe: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&bytes);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                sink.lock().expect("no panic").extend_from_slice(&buffer[..count]);
            }
        });
        Self { bytes, reader }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().expect("no panic")).into_owned()
    }

    fn whole(self) -> String {
        self.reader.join().expect("no panic");
        let bytes = std::mem::take(&mut *self.bytes.lock().expect("no panic"));
        String::from_utf8(bytes).expect("UTF-8")
    }
}

/// A call that is under way.
pub struct Running {
    child: Child,
    stdout: Captured,
    stderr: Captured,
}

impl Running {
    /// Sends a signal, by its name without `SIG`.
    pub fn signal(&self, name: &str) {
        let line = format!("kill -{name} {}", self.child.id());
        let status = Command::new("sh").args(["-c", &line]).status();
        assert!(status.expect("sh").success(), "{line}");
    }

    /// Waits until standard output has this text, and gives all of it.
    #[track_caller]
    pub fn until_it_says(&mut self, text: &str) -> String {
        let began = Instant::now();
        loop {
            let said = self.stdout.so_far();
            if said.contains(text) {
                return said;
            }
            let ended = self.child.try_wait().expect("a child");
            assert!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "never said `{text}`:\n{said}\n{}",
                self.stderr.so_far()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for its end.
    #[track_caller]
    pub fn end(mut self) -> Output {
        let began = Instant::now();
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            if began.elapsed() > PATIENCE {
                let _ = self.child.kill();
                panic!("hangs:\n{}\n{}", self.stdout.so_far(), self.stderr.so_far());
            }
            thread::sleep(Duration::from_millis(5));
        };
        let output = Output {
            code: status.code(),
            stdout: self.stdout.whole(),
            stderr: self.stderr.whole(),
        };
        assert!(!output.stderr.contains("panicked at"), "{}", output.stderr);
        output
    }
}

/// What a call printed and how it ended.
#[derive(Debug)]
pub struct Output {
    /// The exit code; nothing when a signal killed it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Output {
    /// Asserts the exit code; on a difference everything that was printed is shown.
    #[track_caller]
    pub fn exits_with(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.stdout,
            self.stderr
        );
        self
    }

    /// Asserts that standard output has each of these.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stdout.contains(part),
                "`{part}` is not in:\n{}\n{}",
                self.stdout,
                self.stderr
            );
        }
        self
    }

    /// Asserts that standard error has each of these.
    #[track_caller]
    pub fn complains(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.stderr.contains(part),
                "`{part}` is not in:\n{}\n{}",
                self.stderr,
                self.stdout
            );
        }
        self
    }

    /// Asserts that neither output has this.
    #[track_caller]
    pub fn never_says(self, part: &str) -> Self {
        assert!(!self.stdout.contains(part), "{}", self.stdout);
        assert!(!self.stderr.contains(part), "{}", self.stderr);
        self
    }
}
