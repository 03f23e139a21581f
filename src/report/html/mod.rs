//! HTML pages: one file each, without script and network, from templates that escape whatever they are given.

mod environment;
mod page;
mod problem;

pub(super) use environment::environment_facts;
pub(super) use page::{Fact, Page, Section, Table, Tile, Verdict};
pub(super) use problem::{Block, ProblemView};

use std::io;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

/// The templates by name. Those that end in `.html` escape what they are given.
const TEMPLATES: [(&str, &str); 5] = [
    ("page.html", include_str!("page.html")),
    ("parts.html", include_str!("parts.html")),
    ("style.css", include_str!("style.css")),
    ("load.html", include_str!("load.html")),
    ("run.html", include_str!("run.html")),
];

/// The page that the template `name` makes of `context`.
///
/// # Errors
/// When a template does not fit its context.
pub(super) fn render(name: &str, context: &impl Serialize) -> io::Result<String> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    environment.set_syntax(syntax.map_err(io::Error::other)?);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).map_err(io::Error::other)?;
    }
    let template = environment.get_template(name).map_err(io::Error::other)?;
    let page = template.render(Serde(context)).map_err(io::Error::other)?;
    Ok(visible(&page) + "\n")
}

/// `page` without characters that HTML forbids or that turn the direction of text around.
fn visible(page: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ if c.is_control() => '\u{fffd}',
        _ => c,
    };
    page.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_drawings_are_taken_as_they_are() {
        for (name, source) in TEMPLATES {
            let taken: Vec<&str> = source.matches("|safe").collect();
            let drawings: Vec<&str> = source.matches("{{ svg|safe }}").collect();
            assert_eq!(taken.len(), drawings.len(), "{name}");
            assert!(!source.contains("autoescape"), "{name}");
        }
    }

    #[test]
    fn templates_name_no_script_and_no_other_file() {
        for (name, source) in TEMPLATES {
            for word in [
                "<script",
                "javascript:",
                "http://",
                "https://",
                "url(",
                "@import",
                "onload",
            ] {
                assert!(!source.contains(word), "{name}: {word}");
            }
        }
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(
            visible("a\u{1b}[2J\u{202e}b\n\t\0"),
            "a\u{fffd}[2J\u{fffd}b\n\t\u{fffd}"
        );
    }
}
