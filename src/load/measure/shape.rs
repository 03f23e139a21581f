//! What failures have in common: a key that is cheap to make for each, and the words made once for each shape.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::assertion::{Check, CheckResult, Subject};
use crate::masking;
use crate::outcome::load::FailureKind;

/// How many failed checks a shape's text names.
const NAMED: usize = 3;

/// How many changed keys of a snapshot are told apart and named.
const CHANGES: usize = 8;

/// The longest text of a shape, in bytes.
const MAX_TEXT: usize = 500;

/// One failure, as far as its shape goes. Nothing of it is masked yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failure<'a> {
    /// The position of its row.
    pub(super) row: usize,
    /// What kind.
    pub(super) kind: FailureKind,
    /// The checks of the step; those that hold do not matter.
    pub(super) checks: &'a [Check],
    /// Why there was no answer, or why the step could not be judged.
    pub(super) error: &'a str,
}

impl Failure<'_> {
    /// The same for failures of the same shape. What an expectation is was written at a place; its text may hold the
    /// reference of this very iteration, so the place counts where there is one.
    pub(super) fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.row, self.kind).hash(&mut hasher);
        if self.kind != FailureKind::Check {
            plain(self.error, &mut hasher);
            return hasher.finish();
        }
        for check in failed(self.checks) {
            check.subject.hash(&mut hasher);
            plain(check.path.as_deref().unwrap_or_default(), &mut hasher);
            match &check.place {
                Some(place) => (&place.file, place.line, place.column).hash(&mut hasher),
                None => plain(&check.expected, &mut hasher),
            }
            if tells_actual(check) {
                check.actual.hash(&mut hasher);
            }
            for (sign, name) in changes(check) {
                (sign, name).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// The shape in words, masked and of bounded length.
    pub(super) fn text(&self) -> String {
        let text = if self.kind == FailureKind::Check {
            self.checks_text()
        } else {
            self.error.to_owned()
        };
        let mut text = masking::mask(text.trim()).into_owned();
        if text.len() > MAX_TEXT {
            text.truncate(text.floor_char_boundary(MAX_TEXT));
            text.push('…');
        }
        text
    }

    fn checks_text(&self) -> String {
        let mut parts: Vec<String> = failed(self.checks).take(NAMED).map(words).collect();
        let more = failed(self.checks).count().saturating_sub(NAMED);
        if more > 0 {
            parts.push(format!("and {more} more"));
        }
        parts.join("; ")
    }
}

fn failed(checks: &[Check]) -> impl Iterator<Item = &Check> {
    checks.iter().filter(|check| check.result == CheckResult::Failed)
}

/// Whether what was found belongs to the shape: it is one of few, and says more than what was expected.
fn tells_actual(check: &Check) -> bool {
    matches!(check.subject, Subject::Status | Subject::Code)
}

fn words(check: &Check) -> String {
    let mut text = subject(check.subject).to_owned();
    if let Some(path) = &check.path {
        text.push_str(&format!(" {path}"));
    }
    let changed: Vec<&str> = changes(check).map(|(_, name)| name).collect();
    if !changed.is_empty() {
        let mut names = changed;
        names.dedup();
        text.push_str(&format!(": differs at {}", names.join(", ")));
        return text;
    }
    text.push_str(&format!(": expected {}", check.expected));
    if tells_actual(check) {
        text.push_str(&format!(", got {}", check.actual));
    }
    text
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Status => "status",
        Subject::Code => "code",
        Subject::Conditions => "conditions",
        Subject::Header => "header",
        Subject::Body => "body",
        Subject::Schema => "schema",
        Subject::Snapshot => "snapshot",
        Subject::Within => "within",
        Subject::Until => "until",
        Subject::FailIf => "fail_if",
    }
}

/// The keys of the changed lines in a snapshot's diff, without their values.
fn changes(check: &Check) -> impl Iterator<Item = (char, &str)> {
    let detail = match check.subject {
        Subject::Snapshot => check.detail.as_deref().unwrap_or_default(),
        _ => "",
    };
    detail
        .lines()
        .filter(|line| !line.starts_with("+++") && !line.starts_with("---"))
        .filter_map(|line| {
            let sign = line.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
            let (name, _) = line[1..].split_once(':')?;
            Some((sign, name.trim().trim_matches('"')))
        })
        .take(CHANGES)
}

/// Hashes text with each run of digits as one, so that ports, positions and counts do not make a shape of their own.
fn plain(text: &str, hasher: &mut DefaultHasher) {
    let mut in_digits = false;
    for byte in text.bytes() {
        let digit = byte.is_ascii_digit();
        if !(digit && in_digits) {
            hasher.write_u8(if digit { b'0' } else { byte });
        }
        in_digits = digit;
    }
    hasher.write_u8(0xff);
}
