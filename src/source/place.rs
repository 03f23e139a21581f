//! Where something stands: a byte span, a span in a file, and the detached form that reports store.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::SourceFile;

/// A half-open byte range within one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an inverted range becomes empty at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }
}

/// A span in a file.
#[derive(Clone)]
pub struct Place {
    /// The file the span lies in.
    pub file: Arc<SourceFile>,
    /// The bytes meant.
    pub span: Span,
}

impl Place {
    /// A span in `file`.
    pub fn new(file: &Arc<SourceFile>, span: Span) -> Self {
        Self {
            file: Arc::clone(file),
            span,
        }
    }

    /// The detached form, for events and reports.
    pub fn position(&self) -> Position {
        let (line, column) = self.file.line_and_column(self.span.start);
        Position {
            file: self.file.name().to_owned(),
            line,
            column,
        }
    }

    /// The text meant.
    pub fn text(&self) -> &str {
        self.file
            .text()
            .get(self.span.start..self.span.end)
            .unwrap_or_default()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.position().fmt(f)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.position())
    }
}

/// `file:line:column` without the text behind it: what events and reports carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The file's name as the user typed it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A value together with where it was written.
#[derive(Debug, Clone)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub place: Place,
}
