//! Reads JSON (RFC 8259) into [`Node`] trees, strictly: what a service's JSON reader would refuse is refused here, with
//! its place, in words about JSON.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Diagnostic, Diagnostics, Entry, Node, Place, SourceFile, Span, Value};

/// The deepest nesting that is read, as other JSON readers have it.
const MAX_DEPTH: usize = 128;

/// Below this number of members a key is looked for by comparing, which is quicker than hashing.
const FEW_MEMBERS: usize = 24;

/// A JSON text as a tree, and what in it is doubtful.
#[derive(Debug)]
pub struct JsonDocument {
    /// The tree. Of a key that an object has twice, the last value counts, as in most readers.
    pub root: Node,
    /// Keys that an object has twice: readers disagree on which value counts.
    pub doubts: Diagnostics,
}

/// Parses a file that holds one JSON text.
///
/// Numbers are kept as `serde_json` keeps them, so that they are judged as they would be in a body that was received.
///
/// # Errors
/// A diagnostic with the place of the first thing that is not JSON.
pub fn parse_json(file: &Arc<SourceFile>) -> Result<JsonDocument, Diagnostic> {
    let mut reader = Reader {
        file,
        text: file.text(),
        at: 0,
        depth: 0,
        doubts: Diagnostics::default(),
    };
    reader.reject_byte_order_mark()?;
    reader.skip_space();
    if reader.peek().is_none() {
        return Err(reader.problem("the file is empty, but a JSON text is wanted", 0..0));
    }
    let root = reader.value()?;
    reader.skip_space();
    if reader.peek().is_some() {
        let rest = reader.at..reader.end_of_character();
        return Err(reader
            .problem("there is more after the end of the JSON text", rest)
            .help("a request is one JSON object; check the braces before this place"));
    }
    Ok(JsonDocument {
        root,
        doubts: reader.doubts,
    })
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    text: &'a str,
    at: usize,
    depth: usize,
    doubts: Diagnostics,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Node, Diagnostic> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.nested(Self::object)?,
            Some(b'[') => self.nested(Self::array)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node {
            value,
            file: Arc::clone(self.file),
            span: Span::new(start, self.at),
        })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Diagnostic>) -> Result<Value, Diagnostic> {
        if self.depth == MAX_DEPTH {
            let message = format!("the JSON is nested more than {MAX_DEPTH} levels deep");
            return Err(self.problem(&message, self.at..self.at + 1));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, Diagnostic> {
        let opening = self.at - 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Sequence(items));
        }
        loop {
            self.skip_space();
            items.push(self.value()?);
            if self.ends(b']', opening)? {
                return Ok(Value::Sequence(items));
            }
        }
    }

    fn object(&mut self) -> Result<Value, Diagnostic> {
        let opening = self.at - 1;
        let mut members = Members::default();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Mapping(members.entries));
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.no_key(opening));
            }
            let key = self.string()?;
            let key_span = Span::new(start, self.at);
            self.skip_space();
            if !self.take(b':') {
                let message = format!("`:` is missing after the key \"{key}\"");
                return Err(self.problem(&message, self.at..self.end_of_character()));
            }
            self.skip_space();
            let value = self.value()?;
            if let Some(earlier) = members.put(Entry { key, key_span, value }) {
                self.twice(&earlier, key_span);
            }
            if self.ends(b'}', opening)? {
                return Ok(Value::Mapping(members.entries));
            }
        }
    }

    /// After an item: whether the closing bracket comes; a comma means that there is more.
    fn ends(&mut self, closing: u8, opening: usize) -> Result<bool, Diagnostic> {
        self.skip_space();
        if self.take(closing) {
            return Ok(true);
        }
        let comma = self.at;
        if !self.take(b',') {
            return Err(self.unclosed(closing, opening));
        }
        self.skip_space();
        if self.peek() == Some(closing) {
            let message = format!("a comma must not stand before `{}`", char::from(closing));
            return Err(self.problem(&message, comma..comma + 1).help("remove the comma"));
        }
        Ok(false)
    }

    fn unclosed(&self, closing: u8, opening: usize) -> Diagnostic {
        let closing = char::from(closing);
        if self.peek().is_none() {
            let message = format!("the file ends before the `{closing}` of what is opened here");
            return self.problem(&message, opening..opening + 1);
        }
        let message = format!("`,` or `{closing}` is missing here");
        self.problem(&message, self.at..self.end_of_character())
    }

    fn no_key(&self, opening: usize) -> Diagnostic {
        match self.peek() {
            None => self.unclosed(b'}', opening),
            Some(b'\'') => self
                .problem("a key stands in single quotes", self.at..self.end_of_character())
                .help("JSON has double quotes only"),
            Some(_) => self
                .problem(
                    "a key in double quotes is wanted here",
                    self.at..self.end_of_word(),
                )
                .help("JSON keys are always quoted, and comments are not allowed"),
        }
    }

    fn twice(&mut self, earlier: &Span, later: Span) {
        let place = |span| Place::new(self.file, span);
        let key = place(later);
        let name = key.text().to_owned();
        self.doubts.push(
            Diagnostic::warning(format!("the key {name} is given twice in one object"))
                .at(key)
                .label("this one counts here")
                .related(place(*earlier), "first here")
                .help("readers of JSON disagree on which one counts; remove one"),
        );
    }

    fn word(&mut self) -> Result<Value, Diagnostic> {
        let span = self.at..self.end_of_word();
        let value = match &self.text[span.clone()] {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => return Err(self.no_value(span)),
        };
        self.at = span.end;
        Ok(value)
    }

    fn no_value(&self, span: std::ops::Range<usize>) -> Diagnostic {
        let help = match (&self.text[span.clone()], self.peek()) {
            (_, None) => return self.problem("the file ends where a value is wanted", span),
            (_, Some(b'\'')) => "JSON has double quotes only",
            (word, _) if word.starts_with('/') => "JSON has no comments",
            ("True" | "False" | "None" | "NaN" | "Infinity" | "undefined", _) => {
                "JSON writes true, false and null, and has no other number words"
            }
            _ => "a value is an object, a list, text in double quotes, a number, true, false or null",
        };
        self.problem("this is not a JSON value", span).help(help)
    }

    fn number(&mut self) -> Result<Value, Diagnostic> {
        let rest = &self.text[self.at..];
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
            .count();
        let span = self.at..self.at + length;
        match serde_json::from_str(&rest[..length]) {
            Ok(number) => {
                self.at = span.end;
                Ok(Value::Number(number))
            }
            Err(error) if error.to_string().contains("out of range") => {
                Err(self.problem("this number is larger than any reader of JSON can hold", span))
            }
            Err(_) => Err(self
                .problem("this is not a JSON number", span)
                .help("digits, then perhaps a point with digits; no leading zeros, no `+`, no spaces: 0.5, not .5; text such as 0301 needs quotes")),
        }
    }

    /// A text in quotes; escapes are left to `serde_json`, and are rare enough for that.
    fn string(&mut self) -> Result<String, Diagnostic> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let mut escaped = false;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(0..0x20) => return Err(self.control(start, at)),
                Some(_) => at += 1,
                None => {
                    return Err(self.problem("this text has no closing quote", start..self.line_end(start)));
                }
            }
        }
        self.at = at + 1;
        let written = &self.text[start..self.at];
        if !escaped {
            return Ok(written[1..written.len() - 1].to_owned());
        }
        serde_json::from_str(written).map_err(|_| {
            self.problem("this text has an escape that JSON does not know", start..self.at)
                .help(r#"escapes are \" \\ \/ \b \f \n \r \t and \uXXXX; characters beyond U+FFFF take two of the last"#)
        })
    }

    fn control(&self, start: usize, at: usize) -> Diagnostic {
        if self.text.as_bytes()[at] == b'\n' {
            return self
                .problem(
                    "this text has no closing quote on its line",
                    start..self.line_end(start),
                )
                .help(r"a line break within text is written \n");
        }
        self.problem("a control character stands in this text as it is", at..at + 1)
            .help(r"write a tab as \t, others as \u00XX")
    }

    fn reject_byte_order_mark(&self) -> Result<(), Diagnostic> {
        if !self.text.starts_with('\u{feff}') {
            return Ok(());
        }
        Err(self
            .problem(
                "the file begins with a byte order mark, which JSON must not have",
                0..0,
            )
            .help("save the file as UTF-8 without BOM"))
    }

    fn problem(&self, message: &str, span: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::error(format!("not valid JSON: {message}"))
            .at(Place::new(self.file, Span::new(span.start, span.end)))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn end_of_character(&self) -> usize {
        self.text[self.at..]
            .chars()
            .next()
            .map_or(self.at, |character| self.at + character.len_utf8())
    }

    fn end_of_word(&self) -> usize {
        let rest = &self.text[self.at..];
        let length = rest
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(rest.len());
        if length == 0 {
            self.end_of_character()
        } else {
            self.at + length
        }
    }

    fn line_end(&self, from: usize) -> usize {
        self.text[from..]
            .find(['\n', '\r'])
            .map_or(self.text.len(), |length| from + length)
    }
}

/// The members of one object, found by key in constant time once there are many.
#[derive(Default)]
struct Members {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

impl Members {
    /// Adds a member; of a key that is there already, takes over the value and gives the place of the earlier key.
    fn put(&mut self, entry: Entry) -> Option<Span> {
        if let Some(index) = self.index(&entry.key) {
            let earlier = std::mem::replace(&mut self.entries[index], entry);
            return Some(earlier.key_span);
        }
        if self.entries.len() >= FEW_MEMBERS {
            if self.by_key.is_empty() {
                let known = self.entries.iter().enumerate();
                self.by_key = known.map(|(index, entry)| (entry.key.clone(), index)).collect();
            }
            self.by_key.insert(entry.key.clone(), self.entries.len());
        }
        self.entries.push(entry);
        None
    }

    fn index(&self, key: &str) -> Option<usize> {
        if self.by_key.is_empty() {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        self.by_key.get(key).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<JsonDocument, Diagnostic> {
        parse_json(&SourceFile::new("a.json", text))
    }

    #[test]
    fn what_is_json_is_read_as_other_readers_read_it() {
        for text in [
            r#" {"a": [1, -2.50, 1e3, 0.1, 12345678901234567890, 123456789012345678901234567890], "b": {}, "": null} "#,
            r#"["\u00e5\n\"\\\/", "\ud83d\ude00", "æøå", true, false, []]"#,
            "3",
            r#""""#,
        ] {
            let wanted: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text).unwrap().root.to_json(), wanted, "{text}");
        }
    }

    #[test]
    fn every_value_knows_its_bytes() {
        let document = parse("{\"å\": {\n \"b\": [10, \"x\"]}}").unwrap();
        let list = document.root.nearest("/å/b");
        assert_eq!(list.raw(), "[10, \"x\"]");
        assert_eq!(list.items()[1].place().to_string(), "a.json:2:12");
    }

    #[test]
    fn of_a_key_given_twice_the_last_value_counts_and_both_are_shown() {
        let mut text = String::from("{");
        for i in 0..40 {
            text.push_str(&format!("\"k{i}\": {i}, "));
        }
        for text in ["{\"k3\": 1, \"k3\": 2}", &format!("{text}\"k3\": 2}}")] {
            let document = parse(text).unwrap();
            assert_eq!(document.root.get("k3").unwrap().raw(), "2");
            assert_eq!(document.doubts.0.len(), 1);
            assert_eq!(
                document.doubts.0[0].message,
                "the key \"k3\" is given twice in one object"
            );
        }
    }

    #[test]
    fn what_is_not_json_is_told_in_words_about_json_with_its_place() {
        for (text, place, words) in [
            ("", "a.json:1:1", "empty"),
            ("{\"a\": 1", "a.json:1:1", "ends before the `}`"),
            ("{\"a\": 1,}", "a.json:1:8", "comma"),
            ("[1 2]", "a.json:1:4", "`,` or `]` is missing"),
            ("{a: 1}", "a.json:1:2", "key in double quotes"),
            ("{'a': 1}", "a.json:1:2", "single quotes"),
            ("{\"a\" 1}", "a.json:1:6", "`:` is missing"),
            ("{\"a\": 0301}", "a.json:1:7", "not a JSON number"),
            ("{\"a\": +1}", "a.json:1:7", "not a JSON value"),
            ("[1e999]", "a.json:1:2", "larger than"),
            ("[True]", "a.json:1:2", "not a JSON value"),
            ("[\"a\n\"]", "a.json:1:2", "no closing quote"),
            ("[\"a\\q\"]", "a.json:1:2", "escape"),
            ("[\"a\\", "a.json:1:2", "no closing quote"),
            ("[\"\\ud800\"]", "a.json:1:2", "escape"),
            ("{} {}", "a.json:1:4", "more after the end"),
            ("\u{feff}{}", "a.json:1:1", "byte order mark"),
            ("[1, // x\n2]", "a.json:1:5", "not a JSON value"),
            ("{\"a\":", "a.json:1:6", "ends where a value"),
        ] {
            let problem = parse(text).unwrap_err();
            let shown = problem.to_string();
            assert!(
                shown.starts_with(&format!("{place}: not valid JSON: ")),
                "{text}: {shown}"
            );
            assert!(shown.contains(words), "{text}: {shown}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn it_agrees_with_serde_json_on_what_is_json(text in r#"[\[\]{}",:0-9eE.+\-\\u \nåtrufalsn]{0,24}"#) {
            let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
            let ours = parse(&text);
            proptest::prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", text);
            if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
                proptest::prop_assert_eq!(ours.root.to_json(), theirs);
            }
        }
    }
}
