//! A server in a process of its own, and how much processor time a process has used.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// This program started once more as a server; ends with the value.
pub struct ServerProcess {
    process: Child,
    /// What it printed first: its address, and whatever else a client needs, separated by spaces.
    pub said: Vec<String>,
}

impl ServerProcess {
    /// Starts this program with `argument`, and waits for its first line.
    #[allow(dead_code, reason = "some benchmarks pin their server")]
    pub fn start(argument: &str) -> Self {
        Self::spawn(Command::new(std::env::current_exe().expect("this program")).arg(argument))
    }

    /// The same on one core alone.
    #[allow(dead_code, reason = "not every benchmark pins its server")]
    pub fn start_pinned(argument: &str, core: usize) -> Self {
        Self::spawn(pinned(core, &std::env::current_exe().expect("this program")).arg(argument))
    }

    fn spawn(command: &mut Command) -> Self {
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        let said = line.split_whitespace().map(str::to_owned).collect();
        Self { process, said }
    }

    /// Processor time the server has used so far.
    #[allow(dead_code, reason = "not every benchmark asks")]
    pub fn cpu_time(&self) -> Duration {
        cpu_time(&self.process.id().to_string())
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command for `program` that runs on one core alone, where `taskset` is there.
#[allow(dead_code, reason = "not every benchmark pins its processes")]
pub fn pinned(core: usize, program: &Path) -> Command {
    let there = Command::new("taskset").arg("--version").output().is_ok();
    if !there {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string()]).arg(program);
    command
}

/// User and system time of a process (`self` or its number), from /proc; zero where there is none.
pub fn cpu_time(process: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<u64>().ok())
        .sum();
    // Linux counts a hundred ticks a second on every common platform.
    Duration::from_millis(ticks * 10)
}
