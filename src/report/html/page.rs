//! What every page shows, and the parts pages share.

use serde::Serialize;

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Page {
    /// Version of this tool.
    pub(in crate::report) version: String,
    /// Above the title: what kind of report, which run, when.
    pub(in crate::report) eyebrow: String,
    /// The title.
    pub(in crate::report) title: String,
    /// What it came to.
    pub(in crate::report) overview: Verdict,
    /// The process's exit code.
    pub(in crate::report) exit_code: u8,
    /// The summary in plain words.
    pub(in crate::report) sentences: Vec<String>,
    /// The figures one looks for first.
    pub(in crate::report) tiles: Vec<Tile>,
    /// The sections, for the list of them.
    pub(in crate::report) sections: Vec<Section>,
}

/// What a run came to.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Verdict {
    /// `good`, `bad` or `open`.
    pub(in crate::report) class: &'static str,
    /// The same as a sign.
    pub(in crate::report) mark: &'static str,
    /// In a word or two.
    pub(in crate::report) word: String,
    /// Why.
    pub(in crate::report) reason: String,
}

/// A figure one looks for first.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Tile {
    /// What it is.
    pub(in crate::report) label: &'static str,
    /// The figure.
    pub(in crate::report) figure: String,
    /// What it is to be held against.
    pub(in crate::report) aside: String,
}

/// A section and its heading.
#[derive(Debug, Clone, Copy, Serialize)]
pub(in crate::report) struct Section {
    /// Its id.
    pub(in crate::report) id: &'static str,
    /// Its heading.
    pub(in crate::report) heading: &'static str,
}

/// Something known, with its value or values.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Fact {
    label: &'static str,
    values: Vec<String>,
    code: bool,
}

impl Fact {
    /// A fact in words.
    pub(in crate::report) fn new(label: &'static str, value: impl Into<String>) -> Self {
        Self::list(label, [value.into()])
    }

    /// A fact of several values.
    pub(in crate::report) fn list(label: &'static str, values: impl IntoIterator<Item = String>) -> Self {
        Self {
            label,
            values: values.into_iter().collect(),
            code: false,
        }
    }

    /// A fact that is written as it stands in a file or on the wire.
    pub(in crate::report) fn code(label: &'static str, value: impl Into<String>) -> Self {
        Self {
            code: true,
            ..Self::new(label, value)
        }
    }
}

/// A table of numbers; the first cell of a row says which.
#[derive(Debug, Clone, Serialize)]
pub(in crate::report) struct Table {
    /// What it holds.
    pub(in crate::report) caption: String,
    /// The heads of its columns.
    pub(in crate::report) head: Vec<String>,
    /// Its rows.
    pub(in crate::report) rows: Vec<Vec<String>>,
}
