//! The status feed of one organisation: numbered, ordered, bounded.

use std::collections::{BTreeSet, VecDeque};

use super::case::StateChange;

/// Changes kept per organisation; older ones are no longer delivered.
const KEPT: usize = 10_000;

/// One line of the feed.
#[derive(Debug, Clone)]
pub struct FeedEvent {
    /// Counts from 1 within the organisation.
    pub sequence: u64,
    /// The case.
    pub reference: String,
    /// What happened.
    pub change: StateChange,
}

/// The feed.
#[derive(Debug, Default)]
pub struct Feed {
    last: u64,
    events: VecDeque<FeedEvent>,
    /// Cases to which something may still happen; they are looked at before the feed is read.
    pub pending: BTreeSet<String>,
}

impl Feed {
    /// Adds changes of one case.
    pub fn add(&mut self, reference: &str, changes: impl IntoIterator<Item = StateChange>) {
        for change in changes {
            self.last += 1;
            if self.events.len() >= KEPT {
                self.events.pop_front();
            }
            self.events.push_back(FeedEvent {
                sequence: self.last,
                reference: reference.to_owned(),
                change,
            });
        }
    }

    /// At most `count` events from sequence number `from` on.
    pub fn page(&self, from: u64, count: usize) -> Vec<FeedEvent> {
        let first = self.events.partition_point(|event| event.sequence < from);
        self.events.iter().skip(first).take(count).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::mock::case::CaseState;

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let mut feed = Feed::default();
        let change = StateChange {
            time: Timestamp::UNIX_EPOCH,
            state: CaseState::Opprettet,
        };
        feed.add("a", [change; 3]);
        feed.add("b", [change]);
        let numbers = |page: Vec<FeedEvent>| page.iter().map(|e| e.sequence).collect::<Vec<_>>();
        assert_eq!(numbers(feed.page(1, 2)), [1, 2]);
        assert_eq!(numbers(feed.page(3, 10)), [3, 4]);
        assert!(feed.page(5, 10).is_empty());
    }
}
