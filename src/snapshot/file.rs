//! A snapshot file in insta's format: written by us byte for byte as insta writes it, read by insta.

use std::path::Path;

use crate::source::{Diagnostic, Place, SourceFile, Span};

/// The longest header read, in bytes: three short lines in practice.
const MAX_HEADER: usize = 8 * 1024;

/// What stands above the content, for whoever reviews it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The scenario's file, relative, as the user typed it.
    pub source: Option<String>,
    /// What the snapshot shows.
    pub description: Option<String>,
    /// What gave the answer: the operation, or method and path.
    pub expression: Option<String>,
}

/// The whole file's text; `content` ends its lines with line feeds.
pub(super) fn render(metadata: &Metadata, content: &str) -> String {
    let fields = [
        ("source", &metadata.source),
        ("description", &metadata.description),
        ("expression", &metadata.expression),
    ];
    let lines: Vec<_> = fields
        .iter()
        .filter_map(|(name, value)| Some(format!("\n{name}: {}", scalar(&one_line(value.as_ref()?)))))
        .collect();
    // As insta's emitter writes a mapping without entries.
    let header = if lines.is_empty() {
        "\n{}".to_owned()
    } else {
        lines.concat()
    };
    format!("---{header}\n---\n{}\n", content.trim_end())
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// A YAML scalar as insta's emitter writes it.
fn scalar(text: &str) -> String {
    if needs_quotes(text) {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

fn needs_quotes(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "yes", "Yes", "YES", "no", "No", "NO", "True", "TRUE", "true", "False", "FALSE", "false", "on", "On",
        "ON", "off", "Off", "OFF", "null", "Null", "NULL", "~",
    ];
    text.is_empty()
        || text.starts_with(' ')
        || text.ends_with(' ')
        || text.starts_with(['&', '*', '?', '|', '-', '<', '>', '=', '!', '%', '@', '.'])
        || text.contains([':', '{', '}', '[', ']', ',', '#', '`', '"', '\'', '\\'])
        || WORDS.contains(&text)
        || text.starts_with("0x")
        || text.parse::<i64>().is_ok()
        || text.parse::<f64>().is_ok()
}

/// The content of a file on disk, read by insta; `None` when there is no such file.
///
/// # Errors
/// A diagnostic when the file is there but cannot be read as a snapshot.
pub(super) fn read(path: &Path) -> Result<Option<String>, Diagnostic> {
    if !path.exists() {
        return Ok(None);
    }
    let file = SourceFile::read(path).map_err(with_cure)?;
    // Looked at first, since insta prints a warning of its own for what is not its format, and trusts its headers.
    let (header, _) = split(&file)?;
    if has_odd_numbers_or_depth(header) {
        return Err(broken(
            &file,
            "its header holds what no snapshot of an answer has",
        ));
    }
    let snapshot = insta::Snapshot::from_file(path)
        .map_err(|error| broken(&file, &format!("insta cannot read it: {error}")))?;
    match snapshot.as_text() {
        Some(text) => Ok(Some(text.to_string())),
        None => Err(broken(
            &file,
            "it holds a binary snapshot; answers are stored as text",
        )),
    }
}

/// What insta's YAML reader answers with a panic or with deep recursion: YAML's infinities, and nesting without end.
fn has_odd_numbers_or_depth(header: &str) -> bool {
    let lower = header.to_ascii_lowercase();
    let odd = [".inf", ".nan"].iter().any(|number| {
        lower
            .split_whitespace()
            .any(|word| word.trim_matches(['[', ']', '{', '}', ',', '+', '-']) == *number)
    });
    odd || header.matches(['[', '{', '-', '?']).count() > 500
}

/// The content of a snapshot's text, as far as it does not lie on disk.
///
/// # Errors
/// A diagnostic when it is no snapshot.
pub(super) fn parse(name: &str, text: &str) -> Result<String, Diagnostic> {
    let file = SourceFile::new(name, text);
    split(&file).map(|(_, content)| content.trim_end().to_owned())
}

/// Header and content.
pub(super) fn split(file: &std::sync::Arc<SourceFile>) -> Result<(&str, &str), Diagnostic> {
    let text = file.text();
    let header = text
        .strip_prefix("---\n")
        .or_else(|| text.strip_prefix("---\r\n"))
        .ok_or_else(|| broken(file, "its first line is not `---`"))?;
    let mut length = 0;
    for line in header.split_inclusive('\n') {
        if line.trim_end() == "---" {
            let (fields, rest) = header.split_at(length);
            return Ok((fields, &rest[line.len()..]));
        }
        length += line.len();
        if length > MAX_HEADER {
            break;
        }
    }
    Err(broken(file, "its header does not end: no second `---`"))
}

pub(super) fn broken(file: &std::sync::Arc<SourceFile>, why: &str) -> Diagnostic {
    let first_line = file.text().lines().next().unwrap_or_default().len();
    with_cure(
        Diagnostic::error(format!("the snapshot cannot be read: {why}"))
            .at(Place::new(file, Span::new(0, first_line))),
    )
}

fn with_cure(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help("restore the file from version control, or delete it and run again to write it anew")
}
