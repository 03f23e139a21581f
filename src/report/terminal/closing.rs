//! The first line of a run, and its summary at the end.

use super::block::headline;
use super::palette::{Palette, Tone, verdict_word};
use super::reporter::{TerminalOptions, Verbosity};
use crate::outcome::{Completion, NoteKind, RunStarted, Summary, TestSummary, Verdict};
use crate::report::units::{counted, duration, printable};
use crate::report::{ExitCode, Format};

/// How many of the slowest tests are named.
const SLOWEST: usize = 3;
/// How many groups of notes are shown.
const NOTES: usize = 8;
/// How wide the labels are.
const LABEL: usize = 10;

/// What is run, where, and with what.
pub(super) fn opening(run: &RunStarted, palette: Palette) -> String {
    let environment = &run.environment;
    let target = if environment.mock {
        "the embedded mock".to_owned()
    } else {
        printable(&environment.name)
    };
    let plural = if environment.models.len() == 1 { "" } else { "s" };
    let models = printable(&format!("model{plural} {}", environment.models.join(", ")));
    let mut lines = format!(
        "{} {} · {} with {} against {target} · seed {} · {} at a time\n",
        palette.paint(Tone::Strong, "utlegg"),
        run.tool_version,
        counted(run.tests as u64, "test"),
        models,
        run.seed,
        run.jobs,
    );
    lines.push_str(&guard_exceptions(run));
    lines.push('\n');
    lines
}

/// What the identity guard lets pass: told however little else is.
pub(super) fn guard_exceptions(run: &RunStarted) -> String {
    let told = |exception: &String| format!("identity guard: exception for {}\n", printable(exception));
    run.guard_exceptions.iter().map(told).collect()
}

/// The summary at the end.
pub(super) fn closing(summary: &Summary, options: &TerminalOptions, palette: Palette) -> String {
    let mut text = String::new();
    if options.verbosity > Verbosity::Quiet {
        text.push_str(&recapitulation(summary, palette));
    }
    text.push_str(&verdicts(summary, palette));
    if options.verbosity > Verbosity::Quiet {
        text.push_str(&facts(summary, palette));
    }
    if let Some(reports) = &options.reports {
        let files = Format::ALL.map(Format::file_name).join(", ");
        let line = format!("{} (run.jsonl, {files})", printable(reports));
        text.push_str(&field("reports", &line, palette));
    }
    text.push_str(&exit_line(summary, palette));
    text
}

/// The tests that need attention, one line each, so that nobody has to scroll for them.
fn recapitulation(summary: &Summary, palette: Palette) -> String {
    let attention =
        |test: &&TestSummary| matches!(test.verdict, Verdict::Failed | Verdict::Error | Verdict::Warning);
    let lines = summary.tests.iter().filter(attention).map(|test| {
        let (word, tone) = verdict_word(test.verdict);
        let place = test.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let why = headline(test);
        let why = printable(why.lines().next().unwrap_or_default());
        format!(
            "{} {}  {}\n        {why}\n",
            palette.paint(tone, &format!("{word:<7}")),
            test.id,
            palette.paint(Tone::Dim, &place)
        )
    });
    let text: String = lines.collect();
    if text.is_empty() { text } else { text + "\n" }
}

/// `12 tests in 1.9 s: 8 passed, 2 failed, 1 could not be judged, 1 not applicable`.
fn verdicts(summary: &Summary, palette: Palette) -> String {
    let counts = &summary.counts;
    let parts: Vec<String> = [
        (counts.passed, "passed", Tone::Good),
        (counts.failed, "failed", Tone::Bad),
        (counts.warning, "with a warning", Tone::Warning),
        (counts.error, "could not be judged", Tone::Unjudged),
        (counts.not_applicable, "not applicable", Tone::Dim),
        (counts.not_run, "not run", Tone::Dim),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, word, tone)| palette.paint(tone, &format!("{n} {word}")))
    .collect();
    let elapsed = summary
        .elapsed_us
        .map(|us| format!(" in {}", duration(us)))
        .unwrap_or_default();
    let tests = palette.paint(Tone::Strong, &counted(summary.run.tests as u64, "test"));
    let parts = if parts.is_empty() {
        "none was selected".to_owned()
    } else {
        parts.join(", ")
    };
    format!("{tests}{elapsed}: {parts}\n")
}

/// Checks, requests, measurements, notes, the slowest tests.
fn facts(summary: &Summary, palette: Palette) -> String {
    let checks = &summary.checks;
    let mut text = String::new();
    let total = checks.passed + checks.failed;
    if total > 0 {
        let held = if checks.failed == 0 {
            "all held".to_owned()
        } else {
            format!("{} did not hold", checks.failed)
        };
        let rest = match checks.reconstructed {
            0 => "all rest on documented facts".to_owned(),
            n => format!("{n} rest on reconstructed facts, not on documentation"),
        };
        let line = format!("{total}: {held}; {rest}");
        text.push_str(&field("checks", &line, palette));
        text.push_str(&field("requests", &summary.requests.to_string(), palette));
    }
    let clock = if summary.run.environment.mock {
        ", waiting on the mock's clock"
    } else {
        ""
    };
    let width = summary
        .measures
        .iter()
        .map(|it| it.name.chars().count())
        .max()
        .unwrap_or_default();
    for (i, it) in summary.measures.iter().enumerate() {
        let line = format!(
            "{:width$}  median {}, from {} to {}, {}{clock}",
            printable(&it.name),
            duration(it.median_us),
            duration(it.min_us),
            duration(it.max_us),
            counted(it.count as u64, "value"),
        );
        text.push_str(&field(if i == 0 { "measured" } else { "" }, &line, palette));
    }
    text.push_str(&notes(summary, palette));
    text.push_str(&slowest(summary, palette));
    text
}

fn notes(summary: &Summary, palette: Palette) -> String {
    let mut text = String::new();
    for (i, note) in summary.notes.iter().take(NOTES).enumerate() {
        let line = format!(
            "{}: {} ({}×, first in {})",
            note_kind(note.kind),
            printable(&note.text),
            note.count,
            note.test
        );
        text.push_str(&field(if i == 0 { "notes" } else { "" }, &line, palette));
    }
    let more = summary.notes.len().saturating_sub(NOTES) as u64 + summary.notes_omitted;
    if more > 0 {
        text.push_str(&field("", &format!("and {more} more in summary.json"), palette));
    }
    text
}

/// What kind of note, in words.
pub(in crate::report) fn note_kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::UnknownField => "unknown field in an answer",
        NoteKind::UnknownRequestField => "unknown field in a request",
        NoteKind::ErrorShape => "unusual error body",
        NoteKind::Snapshot => "snapshot",
        NoteKind::Other => "note",
    }
}

fn slowest(summary: &Summary, palette: Palette) -> String {
    let mut tests: Vec<&TestSummary> = summary.tests.iter().filter(|test| test.elapsed_us > 0).collect();
    if tests.len() <= SLOWEST {
        return String::new();
    }
    tests.sort_by_key(|test| std::cmp::Reverse(test.elapsed_us));
    let named: Vec<_> = tests
        .iter()
        .take(SLOWEST)
        .map(|test| (duration(test.elapsed_us), test))
        .collect();
    let width = named
        .iter()
        .map(|(time, _)| time.chars().count())
        .max()
        .unwrap_or_default();
    let lines = named.iter().enumerate().map(|(i, (time, test))| {
        let line = format!("{time:>width$}  {}", printable(&test.id.to_string()));
        field(if i == 0 { "slowest" } else { "" }, &line, palette)
    });
    lines.collect()
}

fn exit_line(summary: &Summary, palette: Palette) -> String {
    let meaning = match (summary.completion, ExitCode::from_code(summary.exit_code)) {
        (Completion::CutOff, _) => "the run was cut off: its journal has no end",
        (_, Some(ExitCode::Invalid)) => "nothing was judged, so nothing is known about conformance",
        (_, Some(code)) => code.meaning(),
        (_, None) => "unknown",
    };
    let tone = match summary.exit_code {
        0 => Tone::Good,
        1 => Tone::Bad,
        _ => Tone::Unjudged,
    };
    field(
        "exit",
        &format!("{}: {}", summary.exit_code, palette.paint(tone, meaning)),
        palette,
    )
}

fn field(label: &str, value: &str, palette: Palette) -> String {
    format!(
        "{}{value}\n",
        palette.paint(Tone::Dim, &format!("{label:<LABEL$}"))
    )
}
