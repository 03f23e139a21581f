//! A comparison for a terminal.

use super::cells::{NUMBERS, numbers, rules, sentences, verdict, word};
use crate::outcome::comparison::{ComparedRun, Comparison, ComparisonVerdict, Judgement};
use crate::report::terminal::{Palette, Tone};
use crate::report::units::printable;

/// The table, what is behind the verdict, the verdict last.
pub fn terminal(comparison: &Comparison, colour: bool) -> String {
    let mut page = Page {
        text: String::new(),
        palette: Palette { colour },
    };
    page.line(&printable(&format!("comparison of plan {}", comparison.plan)));
    page.line(&printable(&format!("  base  {}", runs(&comparison.base))));
    page.line(&printable(&format!("  head  {}", runs(&comparison.head))));
    page.line("");
    page.table(comparison);
    page.line("");
    for sentence in sentences(comparison) {
        page.line(&printable(&format!("- {sentence}")));
    }
    for note in &comparison.notes {
        page.line(&printable(&format!("- note: {note}")));
    }
    page.line(&page.palette.paint(Tone::Dim, &rules(comparison)));
    page.line("");
    let tone = match comparison.verdict {
        ComparisonVerdict::Pass | ComparisonVerdict::Improvement => Tone::Good,
        ComparisonVerdict::Regression => Tone::Bad,
        ComparisonVerdict::Inconclusive => Tone::Unjudged,
    };
    let word = page
        .palette
        .paint(tone, &verdict(comparison.verdict).to_uppercase());
    page.line(&format!("{word}  {}", printable(&comparison.sentence)));
    page.text
}

/// `20261124T020000Z-002a against mock`, with how many others.
fn runs(runs: &[ComparedRun]) -> String {
    let Some((first, others)) = runs.split_first() else {
        return String::new();
    };
    let others = match others.len() {
        0 => String::new(),
        n => format!(" and {n} more rounds"),
    };
    format!("{}{others}, against {}", first.run_id, first.environment)
}

struct Page {
    text: String,
    palette: Palette,
}

impl Page {
    fn table(&mut self, comparison: &Comparison) {
        let header = ["row", ""].into_iter().chain(NUMBERS).chain([""]);
        let mut lines: Vec<(Vec<String>, Option<Judgement>)> =
            vec![(header.map(str::to_owned).collect(), None)];
        let mut last = "";
        for finding in &comparison.findings {
            let name = finding.subject.name();
            let shown = if name == last { "" } else { name };
            last = name;
            let mut cells = vec![printable(shown), finding.statistic.to_string()];
            cells.extend(numbers(finding));
            cells.push(word(finding.judgement).to_owned());
            lines.push((cells, Some(finding.judgement)));
        }
        let count = lines[0].0.len();
        let width = |column: usize| lines.iter().map(|(cells, _)| cells[column].chars().count()).max();
        let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or(0)).collect();
        for (cells, judgement) in &lines {
            let mut line = String::new();
            for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                let padded = if column < 2 || column + 1 == count {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                };
                let last = column + 1 == count;
                let painted = match (judgement, last) {
                    (None, false) => self.palette.paint(Tone::Dim, &padded),
                    (None, true) => String::new(),
                    (Some(judgement), true) => self.palette.paint(tone(*judgement), padded.trim_end()),
                    (Some(_), false) => padded,
                };
                line.push_str(&painted);
                line.push_str("  ");
            }
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

fn tone(judgement: Judgement) -> Tone {
    match judgement {
        Judgement::Pass | Judgement::Improvement => Tone::Good,
        Judgement::Regression => Tone::Bad,
        Judgement::Inconclusive => Tone::Unjudged,
        Judgement::NotJudged => Tone::Dim,
    }
}
