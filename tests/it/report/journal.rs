//! The journal: written as it happens, readable whenever it ends.

use std::io::{self, BufReader, Read, Write};

use utlegg::outcome::Event;
use utlegg::report::{Journal, JournalWriter, Reporter};

use super::twelve::twelve;

fn written(events: &[Event]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = JournalWriter::new(&mut out);
    for event in events {
        writer.on_event(event).unwrap();
    }
    writer.finish().unwrap();
    out
}

fn read(bytes: &[u8]) -> Result<(Vec<Event>, bool), String> {
    let mut journal = Journal::new("run.jsonl", bytes);
    let events = journal
        .by_ref()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    Ok((events, journal.was_cut()))
}

#[test]
fn what_was_written_is_read_back() {
    let events = twelve().events();
    let bytes = written(&events);
    assert_eq!(bytes.split(|&b| b == b'\n').count() - 1, events.len());
    assert_eq!(read(&bytes).unwrap(), (events, false));
}

/// Notes how much had been written at each flush.
#[derive(Default)]
struct Flushes {
    written: usize,
    flushed: Vec<usize>,
}

impl Write for Flushes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flushed.push(self.written);
        Ok(())
    }
}

#[test]
fn every_line_is_flushed_before_the_next_event() {
    let events = twelve().events();
    let mut out = Flushes::default();
    let mut writer = JournalWriter::new(&mut out);
    let mut length = 0;
    let mut ends = Vec::new();
    for event in &events {
        writer.on_event(event).unwrap();
        length += serde_json::to_string(event).unwrap().len() + 1;
        ends.push(length);
    }
    drop(writer);
    assert_eq!(out.flushed, ends);
}

#[test]
fn a_journal_cut_at_any_byte_yields_every_whole_line_before() {
    let events = twelve().events();
    let bytes = written(&events);
    let first = bytes.iter().position(|&b| b == b'\n').unwrap();
    for end in (first..bytes.len()).step_by(7) {
        let (read, _) = read(&bytes[..end]).unwrap();
        let whole = bytes[..end].split(|&b| b == b'\n').count() - 1;
        // A line whose newline alone is missing is whole, too.
        let complete = whole + usize::from(bytes[end] == b'\n');
        assert_eq!(read, events[..complete], "cut at byte {end}");
    }
}

#[test]
fn a_cut_last_line_is_told_from_a_damaged_one() {
    let bytes = written(&twelve().events());
    let (_, cut) = read(&bytes[..bytes.len() - 5]).unwrap();
    assert!(cut);
    let mut damaged = bytes.clone();
    let second = bytes.iter().position(|&b| b == b'\n').unwrap() + 1;
    damaged[second] = b'#';
    let error = read(&damaged).unwrap_err();
    insta::assert_snapshot!(error, @"run.jsonl:2: not JSON at column 1 (expected value); the lines before it can be rendered if this one and the rest are removed");
    let mut damaged_last = bytes[..bytes.len() - 5].to_vec();
    damaged_last.push(b'\n');
    assert!(
        read(&damaged_last)
            .unwrap_err()
            .starts_with(&format!("run.jsonl:{}: not JSON", twelve().events().len()))
    );
}

#[test]
fn what_is_no_journal_is_refused_with_the_reason() {
    let newer = String::from_utf8(written(&twelve().events())).unwrap();
    let newer = newer.replacen("\"schema_version\":1", "\"schema_version\":2", 1);
    let second_line = newer.lines().nth(1).unwrap();
    let messages = [
        "".as_bytes(),
        b"\n",
        b"<html></html>\n",
        b"[1, 2]\n",
        b"{\"version\": \"http archive\"}\n",
        b"\xff\xfe\x00",
        second_line.as_bytes(),
        &newer.as_bytes()[..40],
        newer.as_bytes(),
    ]
    .map(|bytes| read(bytes).unwrap_err());
    insta::assert_snapshot!(messages.join("\n"), @r#"
    run.jsonl: is empty; the run was killed before it began, so there is nothing to report
    run.jsonl:1: is not a journal of a run: not JSON at column 0 (EOF while parsing a value); name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: not JSON at column 1 (expected value); name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: not an event this version knows (invalid type: integer `1`, expected a string); name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: its first line is not the event `run-started`; name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: not JSON at column 1 (expected value); name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: its first line is not the event `run-started`; name a run's folder or its run.jsonl
    run.jsonl:1: is not a journal of a run: its first line is cut, the run was killed before it began; name a run's folder or its run.jsonl
    run.jsonl:1: has schema_version 2, this version of utlegg reads 1; use the version that wrote it (0.1.0)
    "#);
}

#[test]
fn an_unknown_event_and_a_second_run_are_errors_with_their_line() {
    let mut bytes = written(&twelve().events()[..1]);
    let first = bytes.clone();
    bytes.extend_from_slice(b"{\"event\":\"coffee-break\"}\n");
    assert!(
        read(&bytes)
            .unwrap_err()
            .starts_with("run.jsonl:2: not an event this version knows (unknown variant `coffee-break`")
    );
    let twice = [first.clone(), first].concat();
    assert!(
        read(&twice)
            .unwrap_err()
            .starts_with("run.jsonl:2: a second run begins here")
    );
}

#[test]
fn nothing_is_read_after_an_error() {
    let mut journal = Journal::new("x", "nonsense\n".as_bytes());
    assert!(journal.next().is_some_and(|it| it.is_err()));
    assert!(journal.next().is_none());
}

#[test]
fn an_endless_line_is_refused_in_bounded_memory() {
    let endless = io::repeat(b' ').take(1 << 30);
    let error = Journal::new("/dev/endless", BufReader::new(endless))
        .next()
        .unwrap()
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("/dev/endless:1: is not a journal of a run"),
        "{error}"
    );
}

#[test]
fn a_full_disk_is_an_error_of_the_reporter() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = JournalWriter::new(Full)
        .on_event(&twelve().events()[0])
        .unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
