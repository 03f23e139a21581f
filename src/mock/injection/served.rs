//! What each request was really served in: a bounded ring, off unless asked for.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// One request to the API on its way out. Times are nanoseconds from the start of the mock.
#[derive(Debug)]
pub struct Served {
    sequence: u64,
    id: String,
    operation: Option<String>,
    status: u16,
    start: Instant,
    read: u64,
    placed: u64,
    /// When the last bytes so far were handed to the socket; 0 before the first.
    written: AtomicU64,
}

/// What is known of a request when its answer is ready.
#[derive(Debug)]
pub struct Answered {
    /// Its Korrelasjonsid or Meldingsid.
    pub id: String,
    /// The operation.
    pub operation: Option<String>,
    /// The answer's status.
    pub status: u16,
    /// When its last byte was read.
    pub read: Instant,
    /// When it got its place among those at work.
    pub placed: Instant,
}

impl Served {
    pub(super) fn has_written(&self, now: Instant) {
        self.written.store(nanos(self.start, now), Ordering::Relaxed);
    }
}

/// One line of the log, as the admin interface shows it. Times are microseconds, fractions included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ServedEntry {
    /// Counts from 1 without gaps.
    pub sequence: u64,
    /// The Korrelasjonsid that the client sent, or its Meldingsid; empty without either.
    pub id: String,
    /// The logical name of the operation; none for an unknown address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The status answered.
    pub status: u16,
    /// When the request's last byte was read, from the start of the mock.
    pub read_us: f64,
    /// How long it then waited for a place among those at work.
    pub queued_us: f64,
    /// From its last byte read to its answer's last byte handed to the socket, the queue included; none while that is
    /// under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_us: Option<f64>,
}

/// A page of the log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ServedPage {
    /// The highest sequence number ever given; ask with it next time.
    pub last: u64,
    /// Entries after the asked-for number that the ring has lost.
    pub lost: u64,
    /// What it still has, oldest first.
    pub entries: Vec<ServedEntry>,
}

/// The ring.
#[derive(Debug)]
pub struct ServedLog {
    start: Instant,
    limit: usize,
    ring: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    last: u64,
    entries: VecDeque<Arc<Served>>,
}

impl ServedLog {
    /// Keeps the last `limit` entries; with 0 it is off.
    pub fn new(limit: usize) -> Self {
        Self {
            start: Instant::now(),
            limit,
            ring: Mutex::default(),
        }
    }

    /// Whether anything is kept.
    pub fn is_on(&self) -> bool {
        self.limit > 0
    }

    /// Takes a request whose answer is about to go.
    pub(super) fn add(&self, answered: Answered) -> Arc<Served> {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.last += 1;
        let served = Arc::new(Served {
            sequence: ring.last,
            id: answered.id,
            operation: answered.operation,
            status: answered.status,
            start: self.start,
            read: nanos(self.start, answered.read),
            placed: nanos(self.start, answered.placed),
            written: AtomicU64::new(0),
        });
        if ring.entries.len() >= self.limit {
            ring.entries.pop_front();
        }
        ring.entries.push_back(Arc::clone(&served));
        served
    }

    /// Entries with a sequence number above `since`.
    pub fn since(&self, since: u64) -> ServedPage {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let first = ring.entries.front().map_or(ring.last + 1, |entry| entry.sequence);
        let lost = first.saturating_sub(since + 1);
        let known = usize::try_from((since + 1).saturating_sub(first)).unwrap_or(usize::MAX);
        let entries: Vec<Arc<Served>> = ring.entries.iter().skip(known).cloned().collect();
        let highest = ring.last;
        drop(ring);
        ServedPage {
            last: highest,
            lost,
            entries: entries.iter().map(|entry| entry.shown()).collect(),
        }
    }
}

impl Served {
    #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a mock's life fit")]
    fn shown(&self) -> ServedEntry {
        let written = self.written.load(Ordering::Relaxed);
        let micros = |nanos: u64| nanos as f64 / 1000.0;
        ServedEntry {
            sequence: self.sequence,
            id: self.id.clone(),
            operation: self.operation.clone(),
            status: self.status,
            read_us: micros(self.read),
            queued_us: micros(self.placed.saturating_sub(self.read)),
            served_us: (written > 0).then(|| micros(written.saturating_sub(self.read))),
        }
    }
}

fn nanos(start: Instant, time: Instant) -> u64 {
    u64::try_from(time.saturating_duration_since(start).as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_ring_is_bounded_says_what_it_lost_and_waits_for_the_last_byte() {
        let log = ServedLog::new(2);
        let at = |micros| log.start + Duration::from_micros(micros);
        for number in 0..3 {
            let served = log.add(Answered {
                id: number.to_string(),
                operation: None,
                status: 200,
                read: at(10),
                placed: at(30),
            });
            if number == 2 {
                served.has_written(at(60));
                served.has_written(at(110));
            }
        }
        let page = log.since(0);
        assert_eq!((page.last, page.lost, page.entries.len()), (3, 1, 2));
        assert_eq!(page.entries[0].served_us, None);
        let last = &page.entries[1];
        assert_eq!(
            (last.id.as_str(), last.queued_us, last.served_us),
            ("2", 20.0, Some(100.0))
        );
        assert_eq!(log.since(2).entries, page.entries[1..]);
        assert!(log.since(3).entries.is_empty() && log.since(9).lost == 0);
        assert!(log.is_on() && !ServedLog::new(0).is_on());
    }
}
