//! Errors in plain text and in pages: what gateways and proxies send.

use super::reading::{ErrorReading, ErrorShape, has_code_form, normal};

/// How much of a text is kept as the message, in characters.
const MESSAGE: usize = 200;

/// Names that have a code's form but are algorithms and standards.
const NO_CODES: [&str; 4] = ["SHA", "AES", "RFC", "ISO"];

/// Whether text is an HTML page.
pub(super) fn is_html(body: &str) -> bool {
    let start: String = body
        .trim_start()
        .chars()
        .take(1000)
        .collect::<String>()
        .to_ascii_lowercase();
    let tags = ["<!doctype html", "<html", "<head", "<body"];
    start.starts_with('<') && tags.iter().any(|tag| start.contains(tag))
}

/// The first code in the text, and its beginning as message.
pub(super) fn read(body: &str) -> ErrorReading {
    let html = is_html(body);
    let shape = if html {
        ErrorShape::Html
    } else {
        ErrorShape::PlainText
    };
    let text = normal(body);
    let code = text
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .find(|word| has_code_form(word) && !NO_CODES.contains(&word.split('-').next().unwrap_or_default()))
        .map(str::to_owned);
    let message = if html {
        title(body)
    } else {
        Some(first_words(&text))
    };
    ErrorReading {
        code,
        message: message.filter(|message| !message.is_empty()),
        ..ErrorReading::of(shape)
    }
}

fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(MESSAGE).collect()
}

/// A page's title.
fn title(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find('<')?;
    Some(first_words(page.get(start..end)?))
}
