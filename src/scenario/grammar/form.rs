//! Text with a form of its own: durations, paths, regular expressions and the like.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json_path::JsonPath;

use crate::scenario::StatusExpectation;
use crate::source::{parse_duration, parse_rate};
use crate::template::is_name;

/// A form that text may have to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scenario) enum Form {
    /// An id that also names a folder: letters, digits, `-`, `_`, `.`.
    Slug,
    /// A variable's name.
    Name,
    /// One word or more, no expression.
    Word,
    /// `500ms`, `2s`, `1h30m`.
    Duration,
    /// RFC 9535.
    JsonPath,
    /// RFC 6901; may hold expressions.
    Pointer,
    /// A regular expression.
    Regex,
    /// `4xx` or `success`.
    Status,
    /// An error code or a condition.
    Code,
    /// Base64 with padding.
    Base64,
    /// A header's name.
    HeaderName,
    /// `50/s`, `30/m`.
    Rate,
    /// `all`, `status` or `sample=N`.
    CheckPolicy,
}

/// The longest `JSONPath` or regular expression, in bytes.
const MAX_PATTERN: usize = 500;

/// The deepest nesting of brackets in a `JSONPath`: its parser recurses, and tries filters in more than one way.
const MAX_BRACKETS: usize = 6;

impl Form {
    /// What it is called in a message, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Slug => "an id",
            Self::Name => "a variable's name",
            Self::Word => "a word",
            Self::Duration => "a duration",
            Self::JsonPath => "a JSONPath",
            Self::Pointer => "a JSON Pointer",
            Self::Regex => "a regular expression",
            Self::Status => "a status",
            Self::Code => "a code",
            Self::Base64 => "base64",
            Self::HeaderName => "a header's name",
            Self::Rate => "a rate",
            Self::CheckPolicy => "a word for how much is checked",
        }
    }

    /// How it is written.
    pub fn help(self) -> &'static str {
        match self {
            Self::Slug => "letters, digits, `-`, `_` and `.`, beginning with a letter or digit, at most 100",
            Self::Name => "letters, digits and `_`, beginning with a letter",
            Self::Word => "text without expressions",
            Self::Duration => {
                "a number with ms, s, m, h or d, such as `500ms`, `2s` or `1h30m`, at most a year"
            }
            Self::JsonPath => "RFC 9535, such as `$.saksstatus` or `$.meldinger[*].type`",
            Self::Pointer => {
                "RFC 6901, such as `/kravTilInnkreving/0`; `/` within a name is `~1`, `~` is `~0`"
            }
            Self::Regex => "the syntax of Rust's regex crate: no look-around, no back-references",
            Self::Status => "a number such as 404, several in a list, a class such as `4xx`, or `success`",
            Self::Code => "capital letters, digits, `-` and `_`, such as `KB-006` or `MANGLER_KRAV`",
            Self::Base64 => "base64 with padding (RFC 4648 §4)",
            Self::HeaderName => "letters, digits and `-`",
            Self::Rate => "a number per second or minute, such as `50/s`, `0.5/s` or `300/m`",
            Self::CheckPolicy => "`all`, `status`, or `sample=N` for everything on every Nth iteration",
        }
    }

    /// A regular expression (ECMA 262) that all text of this form matches, for editors.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Slug => r"^[\p{L}\p{Nd}][\p{L}\p{Nd}._-]*$",
            Self::Name => r"^[\p{L}_][\p{L}\p{N}_]*$",
            Self::Word => r"\S",
            Self::Duration => r"^([0-9]+(\.[0-9]+)?(ms|s|m|h|d))+$",
            Self::JsonPath => r"^\$",
            Self::Pointer => r"^(/|$|\$\{)",
            Self::Regex => r"",
            Self::Status => r"^([1-5]xx|success)$",
            Self::Code => r"^[\p{Lu}\p{Nd}_-]+$",
            Self::Base64 => r"^[A-Za-z0-9+/]*={0,2}$",
            Self::HeaderName => r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
            Self::Rate => r"^[0-9]+(\.[0-9]*)?/[sm]$",
            Self::CheckPolicy => r"^(all|status|sample=[1-9][0-9]*)$",
        }
    }

    /// Whether `text` has the form.
    ///
    /// # Errors
    /// What is wrong, where [`Self::help`] does not say it already.
    pub fn check(self, text: &str) -> Result<(), Option<String>> {
        let fits = match self {
            Self::Slug => is_slug(text),
            Self::Name => is_name(text),
            Self::Word => !text.trim().is_empty() && !text.contains("${"),
            Self::Duration => parse_duration(text).is_some(),
            Self::JsonPath => return jsonpath(text).map(drop).map_err(Some),
            Self::Pointer => is_pointer(text),
            Self::Regex => return regex(text).map(drop).map_err(Some),
            Self::Status => status(text).is_some(),
            Self::Code => is_code(text),
            Self::Base64 => STANDARD.decode(text).is_ok(),
            Self::HeaderName => http::HeaderName::try_from(text).is_ok(),
            Self::Rate => parse_rate(text).is_some(),
            Self::CheckPolicy => matches!(text, "all" | "status") || sample_every(text).is_some(),
        };
        if fits { Ok(()) } else { Err(None) }
    }
}

/// Reads `sample=N`: every how many, at least 1.
pub fn sample_every(text: &str) -> Option<u32> {
    let number = text.strip_prefix("sample=")?;
    let plain = number.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| number.parse().ok())?.filter(|every| *every > 0)
}

/// Compiles a `JSONPath`.
///
/// # Errors
/// What is wrong with it.
pub(in crate::scenario) fn jsonpath(text: &str) -> Result<JsonPath, String> {
    if text.len() > MAX_PATTERN {
        return Err(format!("longer than {MAX_PATTERN} bytes"));
    }
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_BRACKETS {
            return Err(format!("nested more than {MAX_BRACKETS} deep"));
        }
    }
    if !text.starts_with('$') {
        return Err("begins with `$`".to_owned());
    }
    JsonPath::parse(text).map_err(|error| {
        let message = error.message().to_owned();
        format!("{message} at character {}", error.position() + 1)
    })
}

/// Whether a `JSONPath` that is valid is a singular query (RFC 9535 §2.3.5.1), which finds one value at most.
pub(in crate::scenario) fn jsonpath_is_singular(text: &str) -> bool {
    let mut quote = None;
    let mut escaped = false;
    let mut before = ' ';
    for c in text.chars() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            None if matches!(c, '*' | '?' | ',' | ':') || (c == '.' && before == '.') => return false,
            _ => {}
        }
        before = c;
    }
    true
}

/// Compiles a regular expression.
///
/// # Errors
/// What is wrong with it, in one line.
pub(in crate::scenario) fn regex(text: &str) -> Result<regex::Regex, String> {
    if text.len() > MAX_PATTERN {
        return Err(format!("longer than {MAX_PATTERN} bytes"));
    }
    regex::Regex::new(text).map_err(|error| {
        let message = error.to_string();
        message
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned()
    })
}

/// Reads `4xx` or `success`.
pub(in crate::scenario) fn status(text: &str) -> Option<StatusExpectation> {
    match text.as_bytes() {
        b"success" => Some(StatusExpectation::Success),
        [class @ b'1'..=b'5', b'x', b'x'] => Some(StatusExpectation::Class(class - b'0')),
        _ => None,
    }
}

fn is_slug(text: &str) -> bool {
    text.len() <= 100
        && text.starts_with(char::is_alphanumeric)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '\u{30a}'))
}

fn is_pointer(text: &str) -> bool {
    if text.contains("${") {
        return true;
    }
    let escapes_end_well = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes_end_well
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_paths_find_one_value_at_most() {
        for path in ["$", "$.a.b", "$['a*']", "$[0]['x,y']", "$[-1]"] {
            assert!(jsonpath(path).is_ok() && jsonpath_is_singular(path), "{path}");
        }
        for path in ["$.*", "$..a", "$[1:2]", "$['a','b']", "$[?@.a == 1]", "$.a[*].b"] {
            assert!(jsonpath(path).is_ok() && !jsonpath_is_singular(path), "{path}");
        }
    }

    #[test]
    fn forms_refuse_what_is_close() {
        for (form, wrong) in [
            (Form::Slug, "a/b"),
            (Form::Slug, ".."),
            (Form::Name, "a-b"),
            (Form::Word, "${x}"),
            (Form::Pointer, "a/b"),
            (Form::Pointer, "/a~2"),
            (Form::Status, "6xx"),
            (Form::Code, "kb-006"),
            (Form::Base64, "a"),
            (Form::HeaderName, "a b"),
            (Form::Regex, "("),
            (Form::JsonPath, "saksstatus"),
        ] {
            assert!(form.check(wrong).is_err(), "{form:?} {wrong}");
        }
        assert!(jsonpath(&format!("$[?{}@.a{}]", "(".repeat(50), ")".repeat(50))).is_err());
        assert!(Form::Code.check("BEGJÆRING_ÅPEN").is_ok());
    }
}
