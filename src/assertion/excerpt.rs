//! Values shortened for one line of a report.

use serde_json::Value;

/// The longest excerpt, in characters.
const LONGEST: usize = 200;

/// Text on one line, cut where it is long.
pub(super) fn text(text: &str) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut excerpt: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
}

/// A value as JSON, cut where it is long.
pub(super) fn json(value: &Value) -> String {
    text(&value.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_text_is_cut_between_characters_and_stays_on_one_line() {
        assert_eq!(super::text("a\r\nb"), "a  b");
        let cut = super::text(&"æ".repeat(201));
        assert_eq!(cut, format!("{}…", "æ".repeat(200)));
        assert_eq!(super::text(&"æ".repeat(200)), "æ".repeat(200));
    }
}
