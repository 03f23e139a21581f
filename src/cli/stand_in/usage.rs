//! What another process has used of the machine, where the system tells (Linux: `/proc`).

use std::time::Duration;

/// Processor time and memory of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Processor time so far, user and system, in steps of 10 ms.
    pub cpu: Duration,
    /// Resident memory now, in bytes.
    pub memory: u64,
    /// Most resident memory so far, in bytes.
    pub peak_memory: u64,
}

impl Usage {
    /// That of a running process; none where there is no `/proc` or no such process.
    pub(super) fn of(process: u32) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        Some(Self {
            cpu: cpu(&stat)?,
            memory: bytes(&status, "VmRSS:")?,
            peak_memory: bytes(&status, "VmHWM:")?,
        })
    }
}

/// User and system time, fields 14 and 15. The second field is the name, which may hold spaces and parentheses. Linux
/// counts a hundred ticks a second on every common platform.
fn cpu(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}

/// The value of a line `VmRSS:   1234 kB`.
fn bytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_found_whatever_the_process_is_called() {
        let stat = "42 (a) b ) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 3 0 12345 1 2 3";
        assert_eq!(cpu(stat), Some(Duration::from_secs(3)));
        assert_eq!(cpu("42 (a"), None);
        let status = "Name:\ta\nVmHWM:\t    2048 kB\nVmRSS:\t  1024 kB\n";
        assert_eq!(bytes(status, "VmRSS:"), Some(1024 * 1024));
        assert_eq!(bytes(status, "VmSwap:"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_running_process_has_used_something_and_a_strange_one_nothing() {
        let own = Usage::of(std::process::id()).unwrap();
        assert!(own.memory > 0 && own.peak_memory >= own.memory);
        assert_eq!(Usage::of(u32::MAX), None);
    }
}
