//! The table of a load run, as wide as the terminal.

use console::{measure_text_width, truncate_str};

use crate::outcome::load::{Latency, LoadResult, Row};
use crate::report::load::figures::{grouped, time};
use crate::report::load::words;
use crate::report::terminal::{Palette, Tone};
use crate::report::units::printable;

/// How narrow the column of names may become before columns are left out.
const NAME_AT_LEAST: usize = 20;
/// Between two columns.
const GAP: usize = 2;

/// The columns after the name, and in which order they are left out where the terminal is narrow (lowest first; 9 never).
const COLUMNS: [(&str, u8); 7] = [
    ("count", 9),
    ("errors", 9),
    ("p50", 3),
    ("p95", 9),
    ("p99", 4),
    ("max", 2),
    ("service p99", 1),
];

/// The rows of every kind, each kind under its heading; empty without rows.
pub(super) fn table(result: &LoadResult, width: usize, palette: Palette) -> String {
    let groups: Vec<(&str, Vec<&Row>)> = words::GROUPS
        .into_iter()
        .map(|(kind, heading)| (heading, words::rows_of(result, kind)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    let all = || groups.iter().flat_map(|(_, rows)| rows.iter());
    if all().next().is_none() {
        return String::new();
    }
    let cells: Vec<[String; 7]> = all().map(|row| cells(row)).collect();
    let longest = all()
        .map(|row| measure_text_width(&printable(&row.name)) + GAP)
        .max();
    let layout = Layout::new(&cells, longest.unwrap_or_default(), width);
    let mut text = layout.head(palette);
    let mut cells = cells.iter();
    for (heading, rows) in &groups {
        text.push_str(&format!("{}\n", palette.paint(Tone::Strong, heading)));
        for (row, cells) in rows.iter().zip(&mut cells) {
            text.push_str(&layout.line(row, cells, palette));
        }
    }
    text.push('\n');
    text
}

/// What stands in a row after its name.
fn cells(row: &Row) -> [String; 7] {
    let of = |latency: &Option<Latency>, us: fn(&Latency) -> u64| {
        latency.as_ref().map_or_else(|| "–".to_owned(), |it| time(us(it)))
    };
    [
        grouped(row.count),
        grouped(row.errors),
        of(&row.response, |it| it.p50_us),
        of(&row.response, |it| it.p95_us),
        of(&row.response, |it| it.p99_us),
        of(&row.response, |it| it.max_us),
        of(&row.service, |it| it.p99_us),
    ]
}

/// How wide each column is; `None` for one that is left out.
struct Layout {
    name: usize,
    columns: [Option<usize>; 7],
}

impl Layout {
    fn new(cells: &[[String; 7]], longest: usize, width: usize) -> Self {
        let mut columns = std::array::from_fn(|i| {
            let widest = cells.iter().map(|row| measure_text_width(&row[i])).max();
            Some(widest.unwrap_or_default().max(COLUMNS[i].0.len()))
        });
        for lowest in 1..9 {
            if left(width, &columns) >= NAME_AT_LEAST.min(longest) {
                break;
            }
            for (column, (_, order)) in columns.iter_mut().zip(COLUMNS) {
                if order == lowest {
                    *column = None;
                }
            }
        }
        let name = left(width, &columns).max(NAME_AT_LEAST).min(longest);
        Self { name, columns }
    }

    /// The heads of the columns.
    fn head(&self, palette: Palette) -> String {
        let mut line = " ".repeat(self.name);
        for ((head, _), width) in COLUMNS.iter().zip(self.columns) {
            if let Some(width) = width {
                line.push_str(&format!("{:GAP$}{head:>width$}", ""));
            }
        }
        format!("{}\n", palette.paint(Tone::Dim, line.trim_end()))
    }

    fn line(&self, row: &Row, cells: &[String; 7], palette: Palette) -> String {
        let name = printable(&row.name).replace('\n', " ");
        let name = truncate_str(&name, self.name.saturating_sub(GAP), "…");
        let mut line = format!("  {name}");
        line.push_str(&" ".repeat(self.name.saturating_sub(measure_text_width(&line))));
        for (i, (cell, width)) in cells.iter().zip(self.columns).enumerate() {
            let Some(width) = width else { continue };
            let space = " ".repeat(GAP + width.saturating_sub(measure_text_width(cell)));
            let bad = COLUMNS[i].0 == "errors" && row.errors > 0;
            let cell = if bad {
                palette.paint(Tone::Bad, cell)
            } else {
                cell.clone()
            };
            line.push_str(&space);
            line.push_str(&cell);
        }
        line.push('\n');
        line
    }
}

/// What is left of `width` for the names.
fn left(width: usize, columns: &[Option<usize>; 7]) -> usize {
    let taken: usize = columns.iter().flatten().map(|column| column + GAP).sum();
    width.saturating_sub(taken)
}
