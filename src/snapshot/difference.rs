//! What differs, as a unified diff.

use std::time::Duration;

use similar::TextDiff;

/// How many lines of a diff are shown.
const SHOWN: usize = 200;

/// How long to look for the smallest diff; a larger one does after that.
const PATIENCE: Duration = Duration::from_millis(500);

/// A unified diff without colour, from the snapshot to the answer.
pub(super) fn unified(snapshot: &str, answer: &str) -> String {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(snapshot, answer);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .missing_newline_hint(false)
        .header("snapshot", "answer")
        .to_string();
    let lines = text.lines().count();
    if lines <= SHOWN {
        return text;
    }
    let shown: String = text.split_inclusive('\n').take(SHOWN).collect();
    format!("{shown}… {} more lines\n", lines - SHOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_diff_names_what_changed() {
        assert_eq!(
            unified("HTTP 200\n\n{\n  \"a\": 1\n}", "HTTP 200\n\n{\n  \"a\": 2\n}"),
            "--- snapshot\n+++ answer\n@@ -1,5 +1,5 @@\n HTTP 200\n \n {\n-  \"a\": 1\n+  \"a\": 2\n }\n"
        );
    }

    #[test]
    fn a_long_diff_is_cut() {
        let long = "x\n".repeat(10_000);
        let diff = unified("", &long);
        assert_eq!(diff.lines().count(), SHOWN + 1);
        assert!(diff.ends_with("more lines\n"));
    }
}
