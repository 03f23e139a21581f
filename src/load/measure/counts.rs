//! What is counted of one row besides its times.

use std::collections::BTreeMap;

use crate::http::ErrorReading;

/// How many different codes are counted by name in one row; a service that sends more is making them up.
const MAX_CODES: usize = 200;

/// Under what name all further codes are counted.
const OTHER_CODES: &str = "(others)";

/// What is counted of one row.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// What ended.
    pub(super) count: u64,
    /// Of it what failed.
    pub(super) errors: u64,
    /// Few and mostly the same: looked through from the front.
    statuses: Vec<(u16, u64)>,
    codes: BTreeMap<String, u64>,
}

impl Counts {
    /// Counts one that ended.
    pub(super) fn ended(&mut self, failed: bool) {
        self.count += 1;
        self.errors += u64::from(failed);
    }

    /// Counts an answer's status.
    pub(super) fn status(&mut self, status: u16) {
        match self.statuses.iter_mut().find(|(known, _)| *known == status) {
            Some((_, count)) => *count += 1,
            None => self.statuses.push((status, 1)),
        }
    }

    /// Counts the codes that an answer names.
    pub(super) fn codes_of(&mut self, reading: &ErrorReading) {
        for code in reading.code.iter().chain(&reading.conditions) {
            self.code(code);
        }
    }

    fn code(&mut self, code: &str) {
        let code = if self.codes.len() < MAX_CODES || self.codes.contains_key(code) {
            code
        } else {
            OTHER_CODES
        };
        match self.codes.get_mut(code) {
            Some(count) => *count += 1,
            None => {
                self.codes.insert(code.to_owned(), 1);
            }
        }
    }

    /// Adds another row's.
    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.errors += other.errors;
        for &(status, count) in &other.statuses {
            match self.statuses.iter_mut().find(|(known, _)| *known == status) {
                Some((_, sum)) => *sum += count,
                None => self.statuses.push((status, count)),
            }
        }
        for (code, count) in &other.codes {
            *self.codes.entry(code.clone()).or_default() += count;
        }
    }

    /// How often each status came.
    pub(super) fn statuses(&self) -> BTreeMap<u16, u64> {
        self.statuses.iter().copied().collect()
    }

    /// How often each code came.
    pub(super) fn codes(&self) -> BTreeMap<String, u64> {
        self.codes.clone()
    }
}
