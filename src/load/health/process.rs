//! What this process has used, as the system tells it.

use std::time::Duration;

/// CPU time of this process and all its threads, user and system; `None` where the system does not tell.
#[cfg(unix)]
pub(super) fn cpu_time() -> Option<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let usage = getrusage(UsageWho::RUSAGE_SELF).ok()?;
    let time = |value: TimeVal| {
        let seconds = u64::try_from(value.tv_sec()).ok()?;
        Some(Duration::from_secs(seconds) + Duration::from_micros(u64::try_from(value.tv_usec()).ok()?))
    };
    Some(time(usage.user_time())? + time(usage.system_time())?)
}

/// CPU time of this process; not known on this system.
#[cfg(not(unix))]
pub(super) fn cpu_time() -> Option<Duration> {
    None
}

/// The most memory this process has held, in bytes; `None` where the system does not tell (it does on Linux).
pub(super) fn peak_memory() -> Option<u64> {
    peak_in(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Cores this process may use.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_in_bytes() {
        let status = "Name:\tutlegg\nVmPeak:\t  9 kB\nVmHWM:\t  5120 kB\nVmRSS:\t 4 kB\n";
        assert_eq!(peak_in(status), Some(5120 * 1024));
        assert_eq!(peak_in("Name:\tutlegg\n"), None);
        assert_eq!(peak_in("VmHWM:\tmany kB\n"), None);
    }

    #[cfg(unix)]
    #[test]
    fn cpu_time_grows_with_work() {
        let before = cpu_time().unwrap();
        let mut sum = 0_u64;
        while cpu_time().unwrap() == before {
            sum = std::hint::black_box(sum.wrapping_add(1));
        }
        assert!(cpu_time().unwrap() > before);
    }
}
