//! A test's line, and the block below it that explains a failure or an error.

use super::palette::{Palette, Tone, verdict_word};
use crate::outcome::{Check, Problem, StepOutcome, Subject, TestSummary, Verdict};
use crate::report::units::{counted, duration, printable};

/// How far blocks are indented.
const INDENT: &str = "    ";
/// How wide the labels of a block are.
const LABEL: usize = 16;
/// How many characters of a curl command are shown; one with a whole request as its body would fill the screen.
const CURL: usize = 500;

/// One line: verdict, time, test, and the reason where there is no block to tell it.
pub(super) fn test_line(test: &TestSummary, palette: Palette) -> String {
    let (word, tone) = verdict_word(test.verdict);
    let word = palette.paint(tone, &format!("{word:<7}"));
    let time = if test.elapsed_us == 0 {
        String::new()
    } else {
        duration(test.elapsed_us)
    };
    let time = palette.paint(Tone::Dim, &format!("{time:>9}"));
    let mut line = format!("{word} {time}  {}", printable(&test.id.to_string()));
    if let (Verdict::NotApplicable | Verdict::NotRun, Some(reason)) = (test.verdict, &test.reason) {
        line.push_str(&palette.paint(Tone::Dim, &format!(" · {}", printable(reason))));
    }
    line.push('\n');
    line
}

/// Everything one needs to understand why a test did not pass; empty for a test that did.
pub(super) fn test_block(test: &TestSummary, palette: Palette) -> String {
    let mut block = Block::new(palette);
    match test.verdict {
        Verdict::Failed | Verdict::Warning | Verdict::Error => {}
        _ => return String::new(),
    }
    block.title(test);
    for problem in &test.problems {
        block.problem(problem, test.reason.as_deref().unwrap_or_default());
    }
    if test.problems_omitted > 0 {
        let left_out = counted(test.problems_omitted, "more step");
        block.line(&format!("{left_out} failed; see the journal"));
    }
    if let Some(rerun) = &test.rerun {
        block.blank();
        block.field("run it again", &palette.paint(Tone::Strong, &printable(rerun)));
    }
    block.blank();
    block.text
}

/// The problems of a test as plain text without indentation, for reports that have a place for it.
pub(in crate::report) fn problem_text(test: &TestSummary) -> String {
    let block = test_block(test, Palette::PLAIN);
    let lines: Vec<&str> = block
        .lines()
        .map(|line| line.strip_prefix(INDENT).unwrap_or(line))
        .collect();
    lines.join("\n").trim_end().to_owned()
}

/// A curl command that fits on a screen; the journal has all of it.
fn shortened(curl: &str) -> String {
    match curl.char_indices().nth(CURL) {
        Some((end, _)) => format!("{}… (whole in run.jsonl)", &curl[..end]),
        None => curl.to_owned(),
    }
}

/// Why a test ended as it did, in one line: the first failed check, or the reason that was recorded.
pub(in crate::report) fn headline(test: &TestSummary) -> String {
    let judged = matches!(test.verdict, Verdict::Failed | Verdict::Warning);
    let mut failed = test
        .problems
        .iter()
        .filter_map(|it| Some((&it.step, it.failed_checks.first()?)));
    match (failed.next(), &test.reason) {
        (Some((step, check)), _) if judged => {
            let path = check
                .path
                .as_deref()
                .map(|path| format!(" {path}"))
                .unwrap_or_default();
            let subject = subject(check.subject);
            format!(
                "step {step}: {subject}{path}: expected {}, got {}",
                check.expected, check.actual
            )
        }
        (_, Some(reason)) => reason.clone(),
        (_, None) => "no reason was recorded".to_owned(),
    }
}

/// What a check looked at, in words.
pub(in crate::report) fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Status => "status",
        Subject::Code => "error code",
        Subject::Conditions => "conditions",
        Subject::Header => "header",
        Subject::Body => "body",
        Subject::Schema => "schema",
        Subject::Snapshot => "snapshot",
        Subject::Within => "time",
        Subject::Until => "until",
        Subject::FailIf => "fail_if",
    }
}

struct Block {
    text: String,
    palette: Palette,
}

impl Block {
    fn new(palette: Palette) -> Self {
        Self {
            text: String::new(),
            palette,
        }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(&format!("{INDENT}{text}\n"));
    }

    /// A label and a value; further lines of the value stand below its first.
    fn field(&mut self, label: &str, value: &str) {
        let label = self.palette.paint(Tone::Dim, &format!("{label:<LABEL$}"));
        for (i, line) in value.lines().enumerate() {
            let lead = if i == 0 { label.clone() } else { " ".repeat(LABEL) };
            self.line(&format!("{lead}{line}"));
        }
    }

    /// What the test is, where it is written, and for an error what that means.
    fn title(&mut self, test: &TestSummary) {
        let obligation = format!("{:?}", test.obligation).to_lowercase();
        self.line(&format!("{} ({obligation})", printable(&test.title)));
        if let Some(place) = &test.place {
            self.field("scenario", &place.to_string());
        }
        if test.verdict == Verdict::Error {
            let reason = test.reason.as_deref().unwrap_or("see below");
            self.field(
                "not judged",
                &self.palette.paint(Tone::Unjudged, &printable(reason)),
            );
            self.field(
                "",
                "This says nothing about whether the system under test conforms.",
            );
        } else if let (true, Some(reason)) = (test.problems.is_empty(), &test.reason) {
            self.field("reason", &printable(reason));
        }
    }

    fn problem(&mut self, problem: &Problem, reason: &str) {
        self.blank();
        let kind = problem.kind.as_str();
        // A step without an id of its own is called after its operation; that is not said twice.
        let operation = problem
            .operation
            .as_deref()
            .filter(|operation| *operation != problem.step);
        let role = if problem.preparation { ", preparation" } else { "" };
        let what = match operation {
            Some(operation) => format!(" ({kind} {}{role})", printable(operation)),
            None if kind == problem.step && role.is_empty() => String::new(),
            None => format!(" ({kind}{role})"),
        };
        let step = self.palette.paint(Tone::Strong, &printable(&problem.step));
        self.field("step", &format!("{step}{what}, {}", problem.place));
        if let Some(request) = &problem.request {
            self.field("request", &printable(request));
        }
        if let Some(answer) = &problem.answer {
            let polls = if problem.attempts > 1 {
                format!(", after {} requests", problem.attempts)
            } else {
                String::new()
            };
            self.field("answer", &format!("{}{polls}", printable(answer)));
        }
        // The test's reason often quotes the error; once is enough.
        let error = problem
            .error
            .as_ref()
            .filter(|error| !reason.contains(error.as_str()));
        if let (StepOutcome::Error, Some(error)) = (problem.outcome, error) {
            self.field("error", &self.palette.paint(Tone::Unjudged, &printable(error)));
        }
        self.checks(problem);
        if let Some(id) = &problem.korrelasjonsid {
            self.field("korrelasjonsid", &printable(id));
        }
        if let Some(curl) = &problem.curl {
            self.field("curl", &printable(&shortened(curl)));
        }
    }

    fn checks(&mut self, problem: &Problem) {
        for check in &problem.failed_checks {
            self.blank();
            self.check(check);
        }
        if problem.failed_checks_omitted > 0 {
            self.line(&format!(
                "{} more failed; see the journal",
                counted(problem.failed_checks_omitted, "check")
            ));
        }
        if !problem.failed_checks.is_empty() {
            self.blank();
        }
    }

    fn check(&mut self, check: &Check) {
        let palette = self.palette;
        let path = check
            .path
            .as_deref()
            .map_or(String::new(), |path| format!("  {}", printable(path)));
        self.line(&format!(
            "  {} {}{path}",
            palette.paint(Tone::Bad, "✗"),
            palette.paint(Tone::Strong, subject(check.subject))
        ));
        self.field(
            "  expected",
            &palette.paint(Tone::Good, &printable(&check.expected)),
        );
        self.field("  actual", &palette.paint(Tone::Bad, &printable(&check.actual)));
        if let Some(place) = &check.place {
            self.field("  written at", &place.to_string());
        }
        if check.reconstructed {
            self.field(
                "  careful",
                "this rests on a reconstructed fact of the contract, not on documentation",
            );
        }
        match &check.detail {
            Some(diff) if check.subject == Subject::Snapshot => self.diff(diff),
            Some(detail) => self.field("  detail", &printable(detail)),
            None => {}
        }
    }

    /// A difference: what was expected in the colour of expected values, what came in that of actual ones.
    fn diff(&mut self, text: &str) {
        for line in text.lines() {
            let tone = match line.as_bytes().first() {
                Some(b'-') => Tone::Good,
                Some(b'+') => Tone::Bad,
                _ => Tone::Dim,
            };
            self.line(&format!("  {}", self.palette.paint(tone, &printable(line))));
        }
    }
}
