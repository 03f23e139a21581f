//! The words of a threshold, each with its place, and the messages that point at them.

use super::model::Operator;
use crate::source::{Diagnostic, Place, Span};

/// What the whole line looks like, for whoever wrote another.
pub(super) const FORMS: &str = "write for example `p95 < 300ms`, `p99 of submit < 1s`, `errors < 0.1%`, `codes[KB-001] == 0`, `rate >= 45/s` or `dropped == 0`";

/// A word and where it stands in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub start: usize,
}

/// A threshold taken apart: what stands before the operator, the operator, what stands behind.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub left: Vec<Word<'a>>,
    pub operator: Operator,
    pub operator_word: Word<'a>,
    pub bound: Word<'a>,
    pub writing: Writing<'a>,
}

/// The text and where it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing<'a> {
    pub text: &'a str,
    pub place: &'a Place,
}

impl Writing<'_> {
    /// The place of a part of the text; the whole where the file has it in another form, escaped or folded.
    pub fn at(self, start: usize, end: usize) -> Place {
        if self.place.text() != self.text {
            return self.place.clone();
        }
        let from = self.place.span.start;
        Place::new(&self.place.file, Span::new(from + start, from + end))
    }

    /// The place of a word.
    pub fn of(self, word: Word<'_>) -> Place {
        self.at(word.start, word.start + word.text.len())
    }

    /// The place just behind the last word.
    pub fn end(self) -> Place {
        let end = self.text.trim_end().len();
        self.at(end, end)
    }

    /// A mistake in a word.
    pub fn wrong(self, word: Word<'_>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(message).at(self.of(word))
    }
}

impl<'a> Line<'a> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// No operator, several, or not exactly one word behind it.
    pub fn read(writing: Writing<'a>) -> Result<Self, Diagnostic> {
        let words = split(writing.text);
        let mut operators = words
            .iter()
            .enumerate()
            .filter(|(_, word)| is_operator(word.text));
        let Some((at, operator_word)) = operators.next() else {
            let message = if words.is_empty() {
                "a threshold says nothing"
            } else {
                "a threshold needs a bound"
            };
            return Err(Diagnostic::error(message)
                .at(writing.end())
                .label("`<`, `<=`, `>`, `>=` or `==` and a value")
                .help(FORMS));
        };
        if let Some((_, second)) = operators.next() {
            return Err(writing
                .wrong(*second, "a threshold has one operator")
                .help("write two thresholds for a lower and an upper bound"));
        }
        let operator = operator(operator_word.text).ok_or_else(|| {
            let help = if operator_word.text == "=" {
                "write `==`"
            } else {
                "the operators are `<`, `<=`, `>`, `>=` and `==`"
            };
            writing
                .wrong(*operator_word, format!("`{}` is no operator", operator_word.text))
                .help(help)
        })?;
        let bound = match &words[at + 1..] {
            [bound] => *bound,
            [] => {
                return Err(
                    Diagnostic::error(format!("nothing follows `{}`", operator_word.text))
                        .at(writing.end())
                        .label("the bound goes here")
                        .help(FORMS),
                );
            }
            [first, .., last] => {
                let place = writing.at(first.start, last.start + last.text.len());
                return Err(Diagnostic::error("a bound is one word")
                    .at(place)
                    .help("without a space between number and unit: `300ms`, `0.1%`, `45/s`"));
            }
        };
        Ok(Self {
            left: words[..at].to_vec(),
            operator,
            operator_word: *operator_word,
            bound,
            writing,
        })
    }
}

/// Words are parted by white space; a run of `<`, `>`, `=` and `!` is a word of its own.
fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut before = Class::Space;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let class = class(c);
        if class != before {
            if let Some(start) = start.take() {
                words.push(Word {
                    text: &text[start..at],
                    start,
                });
            }
            if class != Class::Space {
                start = Some(at);
            }
        }
        before = class;
    }
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Sign,
    Other,
}

fn class(c: char) -> Class {
    match c {
        '<' | '>' | '=' | '!' | '≤' | '≥' => Class::Sign,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

fn is_operator(word: &str) -> bool {
    word.chars().next().is_some_and(|c| class(c) == Class::Sign)
}

fn operator(word: &str) -> Option<Operator> {
    Some(match word {
        "<" => Operator::Less,
        "<=" => Operator::AtMost,
        ">" => Operator::More,
        ">=" => Operator::AtLeast,
        "==" => Operator::Equal,
        _ => return None,
    })
}
