//! The interval logs (`HdrHistogram` log V2, deflated): one file per row and kind of time, one line per second that had
//! a sample. Each line is written whole, so that what there is of a file is valid if the process dies.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use hdrhistogram::Histogram;
use hdrhistogram::serialization::V2DeflateSerializer;
use hdrhistogram::serialization::interval_log::IntervalLogWriterBuilder;

use super::interval::Times;
use super::rows::RowName;

/// The folder within a run's folder.
const FOLDER: &str = "hdr";

/// The longest part of a file's name that is taken from a row's.
const MAX_SLUG: usize = 100;

/// The logs of a run.
#[derive(Debug)]
pub(super) struct Logs {
    /// The run's folder; `None` where nothing is written.
    folder: Option<PathBuf>,
    /// The clock's time at the start of the load, which the seconds count from.
    base: SystemTime,
    slugs: Vec<String>,
    begun: Vec<bool>,
    line: Vec<u8>,
    /// Why writing was given up, the first time it failed.
    problem: Option<String>,
}

/// Which time.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Response,
    Service,
}

impl Logs {
    /// Logs below `folder`, or none.
    pub(super) fn new(names: &[RowName], folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            base: SystemTime::UNIX_EPOCH,
            slugs: slugs(names),
            begun: vec![false; names.len()],
            line: Vec::new(),
            problem: None,
        }
    }

    /// Sets the time that the seconds count from.
    pub(super) fn begin(&mut self, base: SystemTime) {
        self.base = base;
    }

    /// Appends one row's second. Until service times differ they have no file of their own; then it begins as a copy.
    pub(super) fn write(&mut self, row: usize, span: (u64, f64), times: &Times, split_before: bool) {
        if self.folder.is_none() || self.problem.is_some() {
            return;
        }
        if let Err(error) = self.append(row, span, times, split_before) {
            self.problem = Some(format!("the interval logs in {FOLDER}/ are incomplete: {error}"));
        }
    }

    fn append(&mut self, row: usize, span: (u64, f64), times: &Times, split_before: bool) -> io::Result<()> {
        let Some(folder) = self.folder.clone() else {
            return Ok(());
        };
        let response = folder.join(self.name(row, Kind::Response));
        let service = folder.join(self.name(row, Kind::Service));
        let apart = times.is_apart() || split_before;
        if apart && !split_before && self.begun[row] {
            std::fs::copy(&response, &service)?;
        }
        self.line(&response, span, &times.response)?;
        if apart {
            self.line(&service, span, times.service())?;
        }
        self.begun[row] = true;
        Ok(())
    }

    /// Appends one line, with the head before it where the file is new.
    fn line(
        &mut self,
        path: &Path,
        (second, seconds): (u64, f64),
        histogram: &Histogram<u64>,
    ) -> io::Result<()> {
        let mut file = open(path)?;
        let mut head = IntervalLogWriterBuilder::new();
        if file.metadata()?.len() == 0 {
            head.add_comment("[Histogram log format version 1.3]")
                .add_comment("[Times in microseconds]")
                .with_start_time(self.base)
                .with_base_time(self.base);
        }
        self.line.clear();
        head.begin_log_with(&mut self.line, &mut V2DeflateSerializer::new())?
            .write_histogram(
                histogram,
                Duration::from_secs(second),
                Duration::from_secs_f64(seconds),
                None,
            )
            .map_err(|error| io::Error::other(error.to_string()))?;
        file.write_all(&self.line)
    }

    fn name(&self, row: usize, kind: Kind) -> String {
        let kind = match kind {
            Kind::Response => "response",
            Kind::Service => "service",
        };
        format!("{FOLDER}/{}.{kind}.hlog", self.slugs[row])
    }

    /// The files of a row's response and service times, relative to the run's folder. It is the same file where no
    /// call of the row waited, since then both are the same times.
    pub(super) fn files(&self, row: usize, apart: bool) -> Option<(String, String)> {
        let response = self.name(row, Kind::Response);
        let kind = if apart { Kind::Service } else { Kind::Response };
        self.begun[row].then(|| (response, self.name(row, kind)))
    }

    /// Why the logs are not complete, if they are not.
    pub(super) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }
}

/// Opened for each line and not kept open: a mix may have more rows than a process may have files.
fn open(path: &Path) -> io::Result<File> {
    let open = || OpenOptions::new().create(true).append(true).open(path);
    match (open(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            open()
        }
        (opened, _) => opened,
    }
}

/// A name for each row's files: letters, digits, `-`, `_` and `.` of its name, and a number where two are alike.
fn slugs(names: &[RowName]) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    names
        .iter()
        .map(|name| {
            let slug = slug(&name.name);
            let mut candidate = slug.clone();
            let mut number = 2;
            while !taken.insert(candidate.clone()) {
                candidate = format!("{slug}-{number}");
                number += 1;
            }
            candidate
        })
        .collect()
}

fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'a'..='z' | '0'..='9' | '_' | '.' => slug.push(letter),
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(MAX_SLUG);
    let trimmed = slug.trim_matches(['-', '.']);
    if trimmed.is_empty() {
        "row".to_owned()
    } else {
        trimmed.to_owned()
    }
}
