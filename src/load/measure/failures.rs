//! Failures of a run, alike ones together: bounded whatever their number.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use super::open::Offset;
use super::shape::Failure;
use crate::outcome::load::FailureGroup;
use crate::outcome::{Event, StepRecord};

/// How many shapes are told apart; failures of further ones are counted together.
pub(super) const MAX_SHAPES: usize = 200;

/// How many failures of a shape go into the journal.
const SAMPLES: u64 = 3;

/// How many failures of the warm-up go into the journal.
const WARM_UP_SAMPLES: u64 = 10;

/// How much text of examples is kept in memory, and how much of samples goes into the journal, in bytes. After that
/// examples come without their bodies and the journal gets no more.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// The failures of a run.
#[derive(Debug)]
pub(super) struct Failures {
    groups: Mutex<Groups>,
    /// Where the sampled ones go.
    journal: Option<UnboundedSender<Event>>,
}

#[derive(Debug, Default)]
struct Groups {
    by_key: HashMap<u64, Group>,
    omitted: u64,
    warm_up: u64,
    kept_text: usize,
    sampled_text: usize,
}

#[derive(Debug)]
struct Group {
    row: usize,
    group: FailureGroup,
}

impl Failures {
    /// None yet; a few of each shape will be sent to `journal`.
    pub(super) fn new(journal: Option<UnboundedSender<Event>>) -> Self {
        Self {
            groups: Mutex::default(),
            journal,
        }
    }

    /// Notes one. `record` is only called for the first few of a shape, since it masks a whole exchange.
    pub(super) fn note(
        &self,
        failure: &Failure<'_>,
        at: Offset,
        record: impl FnOnce() -> Option<StepRecord>,
    ) {
        let key = failure.key();
        if self.lock().count(key, failure, at)
            && let Some(record) = record()
        {
            self.keep(Some(key), record);
        }
    }

    /// Notes one of the warm-up.
    pub(super) fn note_warm_up(&self, record: impl FnOnce() -> Option<StepRecord>) {
        let mut groups = self.lock();
        groups.warm_up += 1;
        let sample = groups.warm_up <= WARM_UP_SAMPLES;
        drop(groups);
        if sample && let Some(record) = record() {
            self.keep(None, record);
        }
    }

    fn keep(&self, key: Option<u64>, record: StepRecord) {
        let size = size(&record);
        let mut groups = self.lock();
        if let Some(key) = key {
            groups.example(key, &record, size);
        }
        if let Some(journal) = &self.journal
            && groups.sampled_text + size <= MAX_TEXT
        {
            groups.sampled_text += size;
            // The journal goes away only when the whole run is being torn down.
            let _ = journal.send(Event::StepFinished(Box::new(record)));
        }
    }

    /// The groups, most frequent first, with `rows` giving the rows' names; how many failures are in none; and how many
    /// there were in the warm-up.
    pub(super) fn summed_up(&self, rows: &impl Fn(usize) -> String) -> (Vec<FailureGroup>, u64, u64) {
        let groups = self.lock();
        let mut found: Vec<_> = groups
            .by_key
            .values()
            .map(|group| FailureGroup {
                row: rows(group.row),
                ..group.group.clone()
            })
            .collect();
        found.sort_by(|a, b| {
            b.count
                .cmp(&a.count)
                .then(a.first_us.cmp(&b.first_us))
                .then_with(|| a.shape.cmp(&b.shape))
        });
        (found, groups.omitted, groups.warm_up)
    }

    fn lock(&self) -> MutexGuard<'_, Groups> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Groups {
    /// Counts a failure; whether its record is wanted.
    fn count(&mut self, key: u64, failure: &Failure<'_>, at: Offset) -> bool {
        if let Some(Group { group, .. }) = self.by_key.get_mut(&key) {
            group.count += 1;
            group.first_us = group.first_us.min(at);
            group.last_us = group.last_us.max(at);
            return group.count <= SAMPLES;
        }
        if self.by_key.len() >= MAX_SHAPES {
            self.omitted += 1;
            return false;
        }
        let group = FailureGroup {
            row: String::new(),
            kind: failure.kind,
            shape: failure.text(),
            count: 1,
            first_us: at,
            last_us: at,
            example: None,
        };
        let row = failure.row;
        self.by_key.insert(key, Group { row, group });
        true
    }

    fn example(&mut self, key: u64, record: &StepRecord, size: usize) {
        let room = self.kept_text + size <= MAX_TEXT;
        let Some(Group { group, .. }) = self.by_key.get_mut(&key) else {
            return;
        };
        if group.example.is_some() {
            return;
        }
        let mut example = record.clone();
        if room {
            self.kept_text += size;
        } else {
            without_bodies(&mut example);
        }
        group.example = Some(Box::new(example));
    }
}

/// About how much text a record holds, in bytes.
fn size(record: &StepRecord) -> usize {
    let checks: usize = record
        .checks
        .iter()
        .map(|check| check.expected.len() + check.actual.len() + check.detail.as_ref().map_or(0, String::len))
        .sum();
    let exchange = record.exchange.as_ref().map_or(0, |exchange| {
        exchange.request.body.len()
            + exchange
                .response
                .as_ref()
                .map_or(0, |response| response.body.len())
    });
    // Headers, names and the rest are a few hundred bytes; the command repeats the request.
    1024 + checks + exchange + record.curl.as_ref().map_or(0, String::len)
}

fn without_bodies(record: &mut StepRecord) {
    const LEFT_OUT: &str = "(left out: there are many failures with large bodies)";
    record.curl = None;
    if let Some(exchange) = &mut record.exchange {
        LEFT_OUT.clone_into(&mut exchange.request.body);
        if let Some(response) = &mut exchange.response {
            LEFT_OUT.clone_into(&mut response.body);
        }
    }
    for check in &mut record.checks {
        check.detail = None;
    }
}
