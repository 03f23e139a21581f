//! Colours, and the one place that decides whether there are any.

use anstyle::{AnsiColor, Style};

use crate::outcome::Verdict;

/// Paints, or does not: where colour is off, text stays as it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Palette {
    /// Whether to paint.
    pub colour: bool,
}

/// What a piece of text is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Tone {
    Good,
    Bad,
    Warning,
    Unjudged,
    Strong,
    Dim,
}

impl Palette {
    /// Never paints.
    pub(in crate::report) const PLAIN: Self = Self { colour: false };

    /// `text` in the colour of `tone`.
    pub(in crate::report) fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let style = match tone {
            Tone::Good => AnsiColor::Green.on_default(),
            Tone::Bad => AnsiColor::Red.on_default().bold(),
            Tone::Warning => AnsiColor::Yellow.on_default(),
            Tone::Unjudged => AnsiColor::Magenta.on_default().bold(),
            Tone::Strong => Style::new().bold(),
            Tone::Dim => Style::new().dimmed(),
        };
        format!("{style}{text}{style:#}")
    }
}

/// The word that begins a test's line, and its tone. A failure and an error differ in both.
pub(super) fn verdict_word(verdict: Verdict) -> (&'static str, Tone) {
    match verdict {
        Verdict::Passed => ("PASS", Tone::Good),
        Verdict::Warning => ("WARN", Tone::Warning),
        Verdict::Failed => ("FAIL", Tone::Bad),
        Verdict::Error => ("ERROR", Tone::Unjudged),
        Verdict::NotApplicable => ("N/A", Tone::Dim),
        Verdict::NotRun => ("NOT RUN", Tone::Dim),
    }
}
