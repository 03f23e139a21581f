//! Markdown, for people: pull requests, issues, mail.

use std::io::{self, Write};

use super::ExitCode;
use super::terminal::{headline, note_kind, problem_text};
use super::units::{counted, duration};
use crate::outcome::{Completion, RunStarted, Summary, TestSummary, Verdict};

/// Writes `summary` as Markdown.
pub(super) fn write(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", title(summary))?;
    if summary.completion != Completion::Finished {
        writeln!(
            out,
            "> The run did not come to its end; this is what had finished.\n"
        )?;
    }
    counts(summary, out)?;
    sections(summary, out)?;
    measures(summary, out)?;
    notes(summary, out)?;
    all_tests(summary, out)?;
    circumstances(summary, out)
}

fn title(summary: &Summary) -> String {
    format!("utlegg: {}", outcome(summary))
}

/// The outcome in one line; what could not be judged is never counted as failed.
pub(super) fn outcome(summary: &Summary) -> String {
    let (counts, tests) = (&summary.counts, counted(summary.run.tests as u64, "test"));
    let judged = counts.passed + counts.warning + counts.failed;
    let outcome = match (counts.failed, judged) {
        (_, 0) => "nothing was judged".to_owned(),
        (0, _) => format!("{judged} of {tests} judged, none failed"),
        (failed, _) => format!("{failed} of {tests} failed"),
    };
    match counts.error {
        0 => outcome,
        n => format!("{outcome}, {n} could not be judged"),
    }
}

fn counts(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let (counts, checks) = (&summary.counts, &summary.checks);
    writeln!(
        out,
        "| passed | failed | warning | not judged | not applicable | not run |\n|--:|--:|--:|--:|--:|--:|"
    )?;
    writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} |\n",
        counts.passed, counts.failed, counts.warning, counts.error, counts.not_applicable, counts.not_run
    )?;
    let total = counted(checks.passed + checks.failed, "check");
    writeln!(
        out,
        "{total} in {}; {} did not hold; {} rest on reconstructed facts, not on documentation.\n",
        counted(summary.requests, "request"),
        checks.failed,
        checks.reconstructed,
    )?;
    let meaning = ExitCode::from_code(summary.exit_code).map_or("unknown", ExitCode::meaning);
    writeln!(out, "Exit code {}: {meaning}.\n", summary.exit_code)
}

/// A section per verdict that needs attention, failures first.
fn sections(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    for (verdict, heading) in [
        (Verdict::Failed, "Failed"),
        (
            Verdict::Error,
            "Could not be judged (no finding about the system under test)",
        ),
        (Verdict::Warning, "Warnings"),
    ] {
        let tests: Vec<_> = summary
            .tests
            .iter()
            .filter(|test| test.verdict == verdict)
            .collect();
        if tests.is_empty() {
            continue;
        }
        writeln!(out, "## {heading}\n")?;
        for test in tests {
            writeln!(
                out,
                "### {}\n\n{}\n",
                escaped(&test.id.to_string()),
                escaped(&headline(test))
            )?;
            fold_away("Details", &problem_text(test), out)?;
        }
    }
    Ok(())
}

fn fold_away(label: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    let fence = "`".repeat(longest_backticks(text).max(2) + 1);
    writeln!(
        out,
        "<details><summary>{label}</summary>\n\n{fence}text\n{}\n{fence}\n\n</details>\n",
        text.trim_end()
    )
}

fn measures(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.measures.is_empty() {
        return Ok(());
    }
    let clock = if summary.run.environment.mock {
        " (waiting on the mock's clock)"
    } else {
        ""
    };
    writeln!(
        out,
        "## Measured{clock}\n\n| | values | min | median | max |\n|---|--:|--:|--:|--:|"
    )?;
    for it in &summary.measures {
        let [min, median, max] = [it.min_us, it.median_us, it.max_us].map(duration);
        writeln!(
            out,
            "| {} | {} | {min} | {median} | {max} |",
            escaped(&it.name),
            it.count
        )?;
    }
    writeln!(out)
}

fn notes(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Notes\n")?;
    for note in &summary.notes {
        let (kind, first) = (note_kind(note.kind), escaped(&note.test.to_string()));
        writeln!(
            out,
            "- {kind}: {} ({}×, first in {first})",
            escaped(&note.text),
            note.count
        )?;
    }
    if summary.notes_omitted > 0 {
        writeln!(out, "- and {} more", summary.notes_omitted)?;
    }
    writeln!(out)
}

fn all_tests(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "## All tests\n\n<details><summary>{}</summary>\n",
        counted(summary.tests.len() as u64, "test")
    )?;
    writeln!(out, "| | test | title | time | checks |\n|---|---|---|--:|--:|")?;
    for test in &summary.tests {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            verdict(test),
            escaped(&test.id.to_string()),
            escaped(&test.title),
            duration(test.elapsed_us),
            test.checks.passed + test.checks.failed,
        )?;
    }
    writeln!(out, "\n</details>\n")
}

fn verdict(test: &TestSummary) -> String {
    let reason = || {
        test.reason
            .as_deref()
            .map(|it| format!(": {}", escaped(it)))
            .unwrap_or_default()
    };
    match test.verdict {
        Verdict::Passed => "passed".to_owned(),
        Verdict::Warning => "warning".to_owned(),
        Verdict::Failed => "**failed**".to_owned(),
        Verdict::Error => "*not judged*".to_owned(),
        Verdict::NotApplicable => format!("not applicable{}", reason()),
        Verdict::NotRun => format!("not run{}", reason()),
    }
}

/// What one needs to know to repeat the run.
fn circumstances(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let RunStarted {
        run_id,
        tool_version,
        started_at,
        environment,
        seed,
        command,
        guard_exceptions,
        ..
    } = &summary.run;
    let mock = if environment.mock {
        ", the embedded mock"
    } else {
        ""
    };
    writeln!(out, "## Run\n")?;
    writeln!(
        out,
        "- run {}, begun {started_at}, utlegg {}",
        escaped(run_id),
        escaped(tool_version)
    )?;
    writeln!(
        out,
        "- environment {}{mock}; models {}",
        escaped(&environment.name),
        escaped(&environment.models.join(", "))
    )?;
    for (api, url) in &environment.base_urls {
        writeln!(out, "- {} at {}", escaped(api), escaped(url))?;
    }
    for (file, sum) in &environment.contracts {
        writeln!(out, "- contract {}, SHA-256 {}", escaped(file), escaped(sum))?;
    }
    for exception in guard_exceptions {
        writeln!(out, "- exception to the identity guard: {}", escaped(exception))?;
    }
    writeln!(out, "- seed {seed}; command {}", escaped(command))
}

/// `text` on one line, without meaning to Markdown or HTML. An underscore within a word has none, so codes stay readable.
pub(super) fn escaped(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let in_word = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric());
    let escape = |(i, &c): (usize, &char)| match c {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '_' if i > 0 && in_word(i - 1) && in_word(i + 1) => c.to_string(),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => format!("\\{c}"),
        _ if c.is_control() => " ".to_owned(),
        _ => c.to_string(),
    };
    chars.iter().enumerate().map(escape).collect()
}

/// How long the longest run of backticks in `text` is: the fence around it must be longer.
fn longest_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a|b <script>\n`x`"), "a\\|b &lt;script&gt; \\`x\\`");
        assert_eq!(escaped("MANGLER_KRAV _x_ a__b"), "MANGLER_KRAV \\_x\\_ a\\_\\_b");
        let mut out = Vec::new();
        fold_away("Details", "a ```` b", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("\n`````text\na ```` b\n`````\n"), "{text}");
    }
}
