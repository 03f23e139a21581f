//! How reports write durations and counts.

/// A duration for people, three significant digits or so: `412 µs`, `23 ms`, `1.24 s`, `2 min 5 s`, `1 h 0 min`.
pub(crate) fn duration(us: u64) -> String {
    let seconds = us / 1_000_000;
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..1_000_000 => format!("{} ms", us / 1_000),
        1_000_000..60_000_000 => format!("{seconds}.{:02} s", us % 1_000_000 / 10_000),
        60_000_000..3_600_000_000 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// A count with its noun: `1 test`, `12 tests`, `0 tests`.
pub(crate) fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// At most `limit` bytes of `text`, cut at a character, with a word on what was left out.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let end = (0..=limit).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    format!("{}… ({} more bytes)", &text[..end], text.len() - end)
}

/// `text` without control characters: an answer must not be able to move the cursor or hide a line.
pub(crate) fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c.to_string(),
        _ if c.is_control() => c.escape_default().to_string(),
        _ => c.to_string(),
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_keep_the_digits_that_matter() {
        let cases = [
            (0, "0 µs"),
            (999, "999 µs"),
            (23_900, "23 ms"),
            (1_240_000, "1.24 s"),
            (59_999_999, "59.99 s"),
            (125_000_000, "2 min 5 s"),
            (3_604_000_000, "1 h 0 min"),
            (u64::MAX, "5124095576 h 1 min"),
        ];
        for (us, text) in cases {
            assert_eq!(duration(us), text);
        }
    }

    #[test]
    fn counts_and_cuts() {
        assert_eq!(counted(1, "test"), "1 test");
        assert_eq!(counted(0, "test"), "0 tests");
        assert_eq!(cut("kort", 4), "kort");
        assert_eq!(printable("rød\u{1b}[31m\n"), "rød\\u{1b}[31m\n");
        assert_eq!(cut("blåbær", 3), "bl… (6 more bytes)");
    }
}
