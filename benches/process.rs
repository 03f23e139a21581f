//! A server in a process of its own, and how much processor time a process has used.

use std::io::{BufRead, BufReader};
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
    pub fn start(argument: &str) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .arg(argument)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        let said = line.split_whitespace().map(str::to_owned).collect();
        Self { process, said }
    }

    /// Processor time the server has used so far.
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
