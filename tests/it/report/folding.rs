//! What a run comes to, and that its size does not depend on the number of steps.

use utlegg::outcome::{Event, NoteKind, StepOutcome, Subject, Verdict};
use utlegg::report::{Fold, Journal, JournalWriter, Reporter};

use super::sample::{Run, Test, check, note, step};
use super::twelve::twelve;

fn fold(events: &[Event]) -> utlegg::outcome::Summary {
    let mut fold = Fold::new();
    for event in events {
        fold.on_event(event);
    }
    fold.summary().unwrap()
}

#[test]
fn counts_are_of_tests_and_checks() {
    let summary = fold(&twelve().events());
    let counts = summary.counts;
    assert_eq!((counts.passed, counts.failed, counts.error), (7, 2, 1));
    assert_eq!((counts.warning, counts.not_applicable, counts.not_run), (1, 1, 0));
    let checks = summary.checks;
    assert_eq!((checks.passed, checks.failed, checks.reconstructed), (12, 5, 2));
    assert_eq!(summary.exit_code, 1);
    assert_eq!(summary.requests, 18);
}

#[test]
fn nothing_folded_is_no_summary() {
    assert!(Fold::new().summary().is_none());
}

#[test]
fn tests_that_never_began_count_as_not_run() {
    let events = Run::new().test(Test::new("a")).unseen(4).events();
    assert_eq!(fold(&events).counts.not_run, 4);
}

#[test]
fn two_tests_in_the_same_place_of_the_order_are_both_kept() {
    let mut events = Run::new()
        .test(Test::new("a").verdict(Verdict::Failed))
        .test(Test::new("b"))
        .events();
    for event in &mut events {
        if let Event::TestFinished(end) = event {
            end.order = 0;
        }
    }
    let counts = fold(&events).counts;
    assert_eq!((counts.failed, counts.passed), (1, 1));
}

#[test]
fn the_median_is_a_value_that_was_measured() {
    let waiting = |us: u64| {
        Test::new(&format!("t{us}")).step(step("s", "submit", 200), |it| {
            it.measure = Some(("wait".to_owned(), us));
        })
    };
    let run = [40, 10, 30, 20]
        .into_iter()
        .fold(Run::new(), |run, us| run.test(waiting(us)));
    let measures = fold(&run.events()).measures;
    assert_eq!(measures.len(), 1);
    assert_eq!(
        (measures[0].min_us, measures[0].median_us, measures[0].max_us),
        (10, 20, 40)
    );
}

#[test]
fn equal_notes_stand_together_the_most_frequent_first() {
    let with = |id: &str, texts: &[&str]| {
        texts.iter().fold(Test::new(id), |test, text| {
            test.step(step("s", "submit", 200), |it| {
                it.notes.push(note(NoteKind::UnknownField, text));
            })
        })
    };
    let run = Run::new()
        .test(with("first", &["$.a", "$.b"]))
        .test(with("second", &["$.b"]));
    let notes = fold(&run.events_in(&[1, 0])).notes;
    let told: Vec<_> = notes
        .iter()
        .map(|it| (it.text.as_str(), it.count, it.test.scenario.as_str()))
        .collect();
    assert_eq!(told, [("$.b", 2, "first"), ("$.a", 1, "first")]);
}

/// The events of a run with `steps` steps, one at a time, so that the test itself does not hold them.
fn many_steps(steps: usize) -> impl Iterator<Item = Event> {
    let failing = Test::new("load")
        .verdict(Verdict::Failed)
        .step(step("s", "submit", 200), |it| {
            it.checks.push(check(Subject::Body, "\"a\"", &"x".repeat(5_000)));
            it.notes.push(note(NoteKind::Other, ""));
        });
    let template = Run::new().test(failing).events();
    let [head @ .., test_end, run_end] = &template[..] else {
        unreachable!()
    };
    let (head, tail) = (head.to_vec(), vec![test_end.clone(), run_end.clone()]);
    let Some(Event::StepFinished(one)) = head.last().cloned() else {
        unreachable!()
    };
    let repeated = (1..steps).map(move |i| {
        let mut step = one.clone();
        step.notes[0].text = format!("note {i}");
        Event::StepFinished(step)
    });
    head.into_iter().chain(repeated).chain(tail)
}

/// How large the folded state and the summary of `steps` steps are, in bytes of their debug output, after the journal.
fn folded_size(steps: usize) -> (usize, utlegg::outcome::Summary) {
    let mut fold = Fold::new();
    for event in many_steps(steps) {
        // Through the journal's form and back, one line at a time.
        let mut line = Vec::new();
        JournalWriter::new(&mut line).on_event(&event).unwrap();
        fold.on_event(&serde_json::from_slice(&line).unwrap());
    }
    let summary = fold.summary().unwrap();
    (format!("{fold:?}").len(), summary)
}

#[test]
fn the_folded_state_does_not_grow_with_the_number_of_steps() {
    let (size_small, small) = folded_size(4_000);
    let (size_large, large) = folded_size(8_000);
    assert_eq!(large.checks.failed, 8_000);
    assert!(
        small.tests[0].problems_omitted > 0,
        "the first run is large enough to reach every limit"
    );
    assert!(
        size_large < size_small + 1_000,
        "{size_small} → {size_large} bytes"
    );
    assert_eq!(
        large.tests[0].problems.len() as u64 + large.tests[0].problems_omitted,
        8_000
    );
    assert_eq!(large.notes.len() as u64 + large.notes_omitted, 8_000);
    assert!(serde_json::to_vec(&large).unwrap().len() < 12 << 20);
}

/// Produces a journal's lines only when they are read, and counts how far it was ahead.
struct Lazy<I> {
    events: I,
    line: std::io::Cursor<Vec<u8>>,
}

impl<I: Iterator<Item = Event>> std::io::Read for Lazy<I> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.line.position() == self.line.get_ref().len() as u64 {
            let mut line = Vec::new();
            if let Some(event) = self.events.next() {
                JournalWriter::new(&mut line).on_event(&event)?;
            }
            self.line = std::io::Cursor::new(line);
        }
        self.line.read(into)
    }
}

#[test]
fn a_hundred_thousand_events_stream_through_the_reader_one_at_a_time() {
    let passing = Run::new().test(Test::new("long").call("submit")).events();
    let (head, end) = (passing[..3].to_vec(), passing[4].clone());
    let step = head[2].clone();
    let events = head
        .into_iter()
        .chain(std::iter::repeat_n(step, 99_996))
        .chain([end]);
    let source = Lazy {
        events,
        line: std::io::Cursor::default(),
    };
    let mut journal = Journal::new("run.jsonl", std::io::BufReader::new(source));
    let mut fold = Fold::new();
    let mut count = 0;
    for event in journal.by_ref() {
        fold.on_event(&event.unwrap());
        count += 1;
    }
    assert_eq!((count, journal.was_cut()), (100_000, false));
    assert!(format!("{fold:?}").len() < 10_000);
    assert_eq!(fold.summary().unwrap().tests[0].steps, 99_997);
}

#[test]
fn a_step_not_run_is_no_step_taken() {
    let test = Test::new("a")
        .verdict(Verdict::Error)
        .step(step("s", "submit", 200), |it| {
            it.outcome = StepOutcome::NotRun;
            it.attempts = 0;
            it.checks.clear();
        });
    let summary = fold(&Run::new().test(test).events());
    assert_eq!(
        (
            summary.tests[0].steps,
            summary.requests,
            summary.tests[0].problems.len()
        ),
        (0, 0, 0)
    );
}
