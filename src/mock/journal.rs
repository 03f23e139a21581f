//! What the mock was asked, what it answered, and why: a bounded ring, read through the admin interface.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde::Serialize;

/// Where in the order of checks an answer was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The contract has no such address.
    Address,
    /// The address exists, but not for this method.
    Method,
    /// The answer's format was negotiated.
    Accept,
    /// Who calls.
    Authentication,
    /// What the caller may do.
    Authorisation,
    /// The request's format.
    ContentType,
    /// The body's size or arrival.
    Body,
    /// The body's syntax.
    Syntax,
    /// Parameters, headers and body against the contract.
    Schema,
    /// A fault that a script asked for.
    Script,
    /// Whether the case, attachment or pair of parties is known.
    Identifier,
    /// The conditions (vilkår).
    Conditions,
    /// The operation itself: everything before it passed.
    Operation,
    /// A failure of the mock itself.
    Internal,
    /// The token endpoint.
    Token,
}

/// One request and its answer. Bodies and tokens are not kept.
#[derive(Debug, Clone, Serialize)]
pub struct JournalEntry {
    /// Counts from 1 without gaps, so that a reader sees what the ring has lost.
    pub sequence: u64,
    /// When the answer was ready, real time.
    pub time: Timestamp,
    /// The method.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The logical name of the operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The model whose contract was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The organisation that counts as the submitter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The request's innsenderReferanse, where one could be read.
    #[serde(skip_serializing_if = "Option::is_none", rename = "innsenderReferanse")]
    pub innsender_referanse: Option<String>,
    /// The HTTP status answered.
    pub status: u16,
    /// The codes answered: one KB or DAS code, or all violated conditions.
    pub codes: Vec<String>,
    /// The stage that decided.
    pub stage: Stage,
    /// The rule in words.
    pub reason: String,
    /// The Korrelasjonsid of the exchange.
    pub korrelasjonsid: String,
    /// From the first look at the request to the finished answer, microseconds.
    pub microseconds: u64,
}

/// The ring.
#[derive(Debug)]
pub struct Journal {
    limit: usize,
    ring: Mutex<Ring>,
}

#[derive(Debug, Default)]
struct Ring {
    last: u64,
    entries: VecDeque<JournalEntry>,
}

/// A page of the journal.
#[derive(Debug, Clone, Serialize)]
pub struct JournalPage {
    /// The highest sequence number ever given; ask with it next time.
    pub last: u64,
    /// Entries after the asked-for number that the ring has lost.
    pub lost: u64,
    /// What it still has, oldest first.
    pub entries: Vec<JournalEntry>,
}

impl Journal {
    /// Keeps the last `limit` entries.
    pub fn new(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            ring: Mutex::default(),
        }
    }

    /// Takes an entry; its sequence number is given here.
    pub fn record(&self, mut entry: JournalEntry) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.last += 1;
        entry.sequence = ring.last;
        if ring.entries.len() >= self.limit {
            ring.entries.pop_front();
        }
        ring.entries.push_back(entry);
    }

    /// Notes a refused grant.
    pub fn record_token(&self, status: u16, reason: &str) {
        self.record(JournalEntry {
            sequence: 0,
            time: Timestamp::now(),
            method: "POST".into(),
            path: "/maskinporten/token".into(),
            operation: None,
            model: None,
            organisation: None,
            innsender_referanse: None,
            status,
            codes: Vec::new(),
            stage: Stage::Token,
            reason: reason.into(),
            korrelasjonsid: String::new(),
            microseconds: 0,
        });
    }

    /// Entries with a sequence number above `since`.
    pub fn since(&self, since: u64) -> JournalPage {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let entries: Vec<_> = ring
            .entries
            .iter()
            .filter(|entry| entry.sequence > since)
            .cloned()
            .collect();
        let first = entries.first().map_or(ring.last + 1, |entry| entry.sequence);
        JournalPage {
            last: ring.last,
            lost: first.saturating_sub(since + 1),
            entries,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_is_bounded_and_says_what_it_lost() {
        let journal = Journal::new(2);
        for reason in ["a", "b", "c"] {
            journal.record_token(400, reason);
        }
        let page = journal.since(0);
        assert_eq!((page.last, page.lost), (3, 1));
        let reasons: Vec<_> = page.entries.iter().map(|e| e.reason.as_str()).collect();
        assert_eq!(reasons, ["b", "c"]);
        assert!(journal.since(3).entries.is_empty());
    }
}
