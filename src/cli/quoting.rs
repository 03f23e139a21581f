//! Quotes words for a POSIX shell, so that a printed command can be typed as it stands.

/// `text` as one word: in single quotes unless it holds nothing but letters, digits and harmless signs.
pub(super) fn quoted(text: &str) -> String {
    let harmless = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    if !text.is_empty() && text.chars().all(harmless) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn only_what_a_shell_would_take_apart_is_quoted() {
        assert_eq!(quoted("scenarios/a.yaml"), "scenarios/a.yaml");
        assert_eq!(quoted("my files/a.yaml"), "'my files/a.yaml'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$HOME"), "'$HOME'");
        assert_eq!(quoted(""), "''");
    }
}
