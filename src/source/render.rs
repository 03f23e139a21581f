//! Shows diagnostics with the lines they speak of and a caret.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Place, Severity};

/// Lines shown above and below the caret.
const CONTEXT_LINES: usize = 1;

/// The longest stretch of text that is shown around a caret, in bytes.
const MAX_SNIPPET: usize = 4000;

/// All diagnostics, a blank line between them, and the count at the end.
pub fn render_all(diagnostics: &Diagnostics, colour: bool) -> String {
    let mut text = String::new();
    for diagnostic in &diagnostics.0 {
        text.push_str(&render(diagnostic, colour));
        text.push_str("\n\n");
    }
    let count = |severity| {
        let n = diagnostics.0.iter().filter(|d| d.severity == severity).count();
        (n, if n == 1 { "" } else { "s" })
    };
    let (errors, plural) = count(Severity::Error);
    if errors > 0 {
        text.push_str(&format!("{errors} error{plural}"));
    }
    let (warnings, plural) = count(Severity::Warning);
    if warnings > 0 {
        let joint = if errors > 0 { ", " } else { "" };
        text.push_str(&format!("{joint}{warnings} warning{plural}"));
    }
    text.push('\n');
    text
}

/// One diagnostic, without a newline at its end.
pub fn render(diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.as_str()));
    if let Some(place) = &diagnostic.place {
        let label = diagnostic.label.as_deref();
        group = group.element(snippet(place, AnnotationKind::Primary, label));
    }
    if let Some((place, label)) = &diagnostic.related {
        group = group.element(snippet(place, AnnotationKind::Context, Some(label)));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.render(&[group])
}

/// The lines around a place, so that a file of megabytes costs no more than a short one.
fn snippet<'a>(
    place: &'a Place,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, Annotation<'a>> {
    let text = place.file.text();
    let start = text.floor_char_boundary(place.span.start);
    let end = text.floor_char_boundary(place.span.end.clamp(start, start + MAX_SNIPPET / 2));
    let from = back_lines(text, start);
    let to = forward_lines(text, end);
    let (line, _) = place.file.line_and_column(from);
    let annotation = kind.span(start - from..end - from).label(label);
    Snippet::source(&text[from..to])
        .line_start(line as usize)
        .fold(false)
        .path(place.file.name())
        .annotation(annotation)
}

fn back_lines(text: &str, offset: usize) -> usize {
    let mut at = offset;
    for _ in 0..=CONTEXT_LINES {
        at = text[..at].rfind('\n').unwrap_or(0);
    }
    let at = if text[at..].starts_with('\n') { at + 1 } else { at };
    at.min(offset)
        .max(text.floor_char_boundary(offset.saturating_sub(MAX_SNIPPET)))
}

fn forward_lines(text: &str, offset: usize) -> usize {
    let mut at = offset;
    for _ in 0..=CONTEXT_LINES {
        at = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
    }
    at.min(text.floor_char_boundary(offset + MAX_SNIPPET))
}

#[cfg(test)]
mod tests {
    use crate::source::{Diagnostic, Place, SourceFile, Span};

    #[test]
    fn a_diagnostic_shows_line_caret_and_help() {
        let file = SourceFile::new("a.yaml", "first: 1\nexpect:\n  statsu: 200\nlast: 2\n");
        let start = file.text().find("statsu").unwrap();
        let diagnostic = Diagnostic::error("unknown key `statsu`")
            .at(Place::new(&file, Span::new(start, start + 6)))
            .label("not a key of `expect`")
            .suggest("statsu", ["status", "snapshot"]);
        let shown = super::render(&diagnostic, false);
        insta::assert_snapshot!(shown, @r"
        error: unknown key `statsu`
         --> a.yaml:3:3
          |
        2 | expect:
        3 |   statsu: 200
          |   ^^^^^^ not a key of `expect`
        4 | last: 2
          |
          = help: did you mean `status`?
        ");
    }

    #[test]
    fn a_caret_in_a_huge_line_stays_small() {
        let file = SourceFile::new("a.yaml", "x".repeat(3_000_000));
        let diagnostic = Diagnostic::error("long").at(Place::new(&file, Span::new(1_500_000, 2_900_000)));
        assert!(super::render(&diagnostic, false).len() < 40_000);
    }
}
