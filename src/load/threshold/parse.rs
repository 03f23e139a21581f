//! From one line of text to a threshold.

use std::time::Duration;

use super::bound;
use super::model::{Metric, Statistic, Subject, SubjectKind, Threshold, TimeKind};
use super::words::{FORMS, Line, Word, Writing};
use crate::source::{Diagnostic, Place, parse_duration};

/// The words that a number can be asked by, for suggestions.
const METRICS: [&str; 15] = [
    "min", "mean", "median", "p50", "p90", "p95", "p99", "p99.9", "max", "service", "errors", "rate",
    "dropped", "requests", "codes",
];

/// The kinds of subjects by their word.
const KINDS: [(&str, SubjectKind); 4] = [
    ("call", SubjectKind::Call),
    ("poll", SubjectKind::Poll),
    ("scenario", SubjectKind::Scenario),
    ("measure", SubjectKind::Measure),
];

impl Threshold {
    /// Reads a threshold; `place` is where its text is written, without quotes.
    ///
    /// # Errors
    /// What cannot be read, with its place in the text and what is allowed.
    pub fn parse(text: &str, place: &Place) -> Result<Self, Diagnostic> {
        let line = Line::read(Writing { text, place })?;
        let (metric, subject) = left(&line)?;
        let (bound, unit) = bound::read(&line, &metric)?;
        Ok(Self {
            text: text.trim().to_owned(),
            place: place.clone(),
            metric,
            subject,
            operator: line.operator,
            bound,
            unit,
            abort: false,
            after: Duration::ZERO,
            implicit: false,
        })
    }
}

/// What stands before the operator.
fn left(line: &Line<'_>) -> Result<(Metric, Option<Subject>), Diagnostic> {
    let writing = line.writing;
    let (kind, words) = match line.left.as_slice() {
        [first, rest @ ..] if first.text == "service" && !rest.is_empty() => (TimeKind::Service, rest),
        all => (TimeKind::Response, all),
    };
    let [first, rest @ ..] = words else {
        return Err(writing
            .wrong(line.operator_word, "nothing stands before the operator")
            .help(FORMS));
    };
    if let Some(metric) = metric(*first, kind, writing)? {
        if kind == TimeKind::Service && !matches!(metric, Metric::Time(..)) {
            let message = format!("`{}` is no time, so it has no service time", first.text);
            return Err(writing.wrong(*first, message).help("leave `service` out"));
        }
        let subject = of(rest, line)?;
        if let (Metric::Dropped, Some(subject)) = (&metric, &subject) {
            return Err(Diagnostic::error("`dropped` is of the whole run")
                .at(subject.place.clone())
                .help("what was never begun belongs to no step"));
        }
        return Ok((metric, subject));
    }
    match rest {
        [.., last] => match statistic(last.text) {
            Some(statistic) => {
                let name = &words[..words.len() - 1];
                let subject = subject(name, line)?;
                Ok((Metric::Time(kind, statistic), Some(subject)))
            }
            None => Err(unknown(*first, writing)),
        },
        [] if parse_duration(line.bound.text).is_some() => {
            let note = "of something with a name, say which of its times";
            Err(unknown(*first, writing).note(format!("{note}: `p95 of {}`", first.text)))
        }
        [] => Err(unknown(*first, writing)),
    }
}

/// The number that a word asks for; `None` for any other word.
fn metric(word: Word<'_>, kind: TimeKind, writing: Writing<'_>) -> Result<Option<Metric>, Diagnostic> {
    if let Some(statistic) = statistic(word.text) {
        return Ok(Some(Metric::Time(kind, statistic)));
    }
    Ok(Some(match word.text {
        "errors" => Metric::Errors,
        "rate" => Metric::Rate,
        "dropped" => Metric::Dropped,
        "requests" => Metric::Requests,
        text => match text.split_once('[') {
            Some(("codes", rest)) => Metric::Code(code(rest, word, writing)?),
            Some(("status", rest)) => Metric::Status(status(rest, word, writing)?),
            _ => return Ok(None),
        },
    }))
}

fn code(rest: &str, word: Word<'_>, writing: Writing<'_>) -> Result<String, Diagnostic> {
    let named = rest.strip_suffix(']').filter(|code| {
        let fits = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '\u{30a}');
        !code.is_empty() && code.chars().all(fits)
    });
    match named {
        Some(code) => Ok(unicode_normalization::UnicodeNormalization::nfc(code).collect()),
        None => Err(writing
            .wrong(word, format!("`{}` names no code", word.text))
            .help("write `codes[KB-001]`, one code in capital letters")),
    }
}

fn status(rest: &str, word: Word<'_>, writing: Writing<'_>) -> Result<u16, Diagnostic> {
    let status = rest.strip_suffix(']').and_then(|status| status.parse().ok());
    status
        .filter(|status| (100..600).contains(status))
        .ok_or_else(|| {
            writing
                .wrong(word, format!("`{}` names no HTTP status", word.text))
                .help("write `status[503]`")
        })
}

fn statistic(word: &str) -> Option<Statistic> {
    Some(match word {
        "min" => Statistic::Min,
        "mean" => Statistic::Mean,
        "median" | "p50" => Statistic::Median,
        "p90" => Statistic::P90,
        "p95" => Statistic::P95,
        "p99" => Statistic::P99,
        "p99.9" => Statistic::P999,
        "max" => Statistic::Max,
        _ => return None,
    })
}

/// `of NAME`, or nothing.
fn of(words: &[Word<'_>], line: &Line<'_>) -> Result<Option<Subject>, Diagnostic> {
    match words {
        [] => Ok(None),
        [of, name @ ..] if of.text == "of" && !name.is_empty() => subject(name, line).map(Some),
        [of] if of.text == "of" => Err(line
            .writing
            .wrong(*of, "`of` needs a name")
            .help("the id of a step or a scenario, an operation, or what a scenario names with `measure:`")),
        [other, ..] => Err(line
            .writing
            .wrong(*other, format!("`{}` is not expected here", other.text))
            .help("`of NAME` or the operator comes next")),
    }
}

/// A name, with or without the word that says of what kind it is.
fn subject(words: &[Word<'_>], line: &Line<'_>) -> Result<Subject, Diagnostic> {
    let kind = |word: &str| {
        KINDS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, kind)| *kind)
    };
    let (found, name) = match words {
        [name] => (None, *name),
        [word, name] if kind(word.text).is_some() => (kind(word.text), *name),
        [word, ..] => {
            return Err(line
                .writing
                .wrong(*word, format!("`{}` is not expected here", word.text))
                .help("a name is one word; before it may stand `call`, `poll`, `scenario` or `measure`"));
        }
        [] => {
            return Err(line
                .writing
                .wrong(line.operator_word, "a name is missing")
                .help(FORMS));
        }
    };
    Ok(Subject {
        kind: found,
        name: name.text.to_owned(),
        place: line.writing.of(name),
    })
}

fn unknown(word: Word<'_>, writing: Writing<'_>) -> Diagnostic {
    let lacks = match word.text {
        "service" => Some("`service p95` and the like"),
        "codes" => Some("`codes[KB-001]`, with the code"),
        "status" => Some("`status[503]`, with the status"),
        _ => None,
    };
    if let Some(help) = lacks {
        return writing
            .wrong(word, format!("`{}` alone is no number", word.text))
            .help(format!("write {help}"));
    }
    let digits = word.text.strip_prefix('p');
    if digits.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')) {
        return writing
            .wrong(word, format!("the percentile `{}` is not kept", word.text))
            .help("the percentiles are `p50`, `p90`, `p95`, `p99` and `p99.9`; `min`, `mean` and `max` are there too");
    }
    writing
        .wrong(word, format!("`{}` is no number of a load run", word.text))
        .note("times: `min`, `mean`, `median`, `p90`, `p95`, `p99`, `p99.9`, `max`, each with or without `of NAME`, and with `service` before it")
        .note("counts: `errors`, `codes[CODE]`, `status[N]`, `rate`, `requests`, each with or without `of NAME`; `dropped`")
        .help(FORMS)
        .suggest(word.text, METRICS)
}
