//! Reads YAML 1.2 into [`Node`] trees; the only place that calls the YAML library.
//!
//! The library's defaults would turn `0301` into a number and `no` into `false`; the options here keep both as
//! text, refuse unknown tags and stop documents that explode.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Location, Spanned};

use super::{Diagnostic, Entry, Node, Place, SourceFile, Span, Value};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 4 << 20;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// The most nodes one file may hold, aliases expanded.
const MAX_NODES: usize = 250_000;

/// Reads the file at `path` and parses all its documents.
///
/// # Errors
/// A diagnostic when the file cannot be read, is larger than [`MAX_BYTES`], is not UTF-8 or is not YAML.
pub fn read_documents(path: &Path) -> Result<Vec<Node>, Diagnostic> {
    parse_documents(&SourceFile::read(path)?)
}

/// Parses all documents of a file; empty documents are left out.
///
/// # Errors
/// A diagnostic with the place of the first thing that is not YAML, or that would explode.
pub fn parse_documents(file: &Arc<SourceFile>) -> Result<Vec<Node>, Diagnostic> {
    with_deep_stack(|| {
        let parsed: Result<Vec<Spanned<Raw>>, _> =
            serde_yaml::from_multiple_with_options(file.text(), options());
        match parsed {
            Ok(documents) => Ok(documents
                .into_iter()
                .map(|raw| raw.into_node(file))
                .filter(|node| !matches!(node.value, Value::Null))
                .collect()),
            Err(error) => Err(describe(file, &error)),
        }
    })
}

/// Runs `work` where nesting of [`MAX_DEPTH`] cannot overflow: a level costs up to 40 KiB of stack in a debug build,
/// and the threads of tests and of tokio have 2 MiB.
fn with_deep_stack<T: Send>(work: impl FnOnce() -> Result<T, Diagnostic> + Send) -> Result<T, Diagnostic> {
    let failed = || Diagnostic::error("the YAML reader stopped unexpectedly; please report the file");
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(64 << 20)
            .spawn_scoped(scope, work)
            .map_err(|_| failed())?
            .join()
            .map_err(|_| failed())?
    })
}

fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        strict_indentation: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_depth: MAX_DEPTH,
            max_nodes: MAX_NODES,
        },
    }
}

/// Turns the library's error into ours: its message, our caret.
fn describe(file: &Arc<SourceFile>, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    let place = Place::new(file, error.location().map_or(Span::new(0, 0), span_of));
    if text.contains("budget breached") || text.contains("recursion limit") {
        return explodes(&text).at(place);
    }
    let message = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _)| message);
    let message = message.lines().next().unwrap_or("not YAML").to_owned();
    Diagnostic::error(format!("not valid YAML: {message}"))
        .at(place)
        .help("YAML 1.2: indent with spaces, quote text that holds `: ` or starts with a symbol")
}

/// A file that would fill the memory or the stack.
fn explodes(text: &str) -> Diagnostic {
    if text.contains("Depth") || text.contains("recursion") {
        return Diagnostic::error(format!(
            "nested deeper than {MAX_DEPTH} levels, which is not read"
        ))
        .help("no scenario needs that; is this the right file?");
    }
    Diagnostic::error(format!(
        "holds more than {MAX_NODES} values once its aliases are unfolded, which is not read"
    ))
    .help("write aliases (`*name`) that do not multiply each other, or split the file")
}

fn span_of(location: Location) -> Span {
    let span = location.span();
    match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(len)) => {
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            Span::new(start, start.saturating_add(usize::try_from(len).unwrap_or(0)))
        }
        _ => Span::default(),
    }
}

/// A node as the library hands it over, before it knows its file.
enum Raw {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    String(String),
    Sequence(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<String>, Spanned<Raw>)>),
}

trait IntoNode {
    fn into_node(self, file: &Arc<SourceFile>) -> Node;
}

impl IntoNode for Spanned<Raw> {
    fn into_node(self, file: &Arc<SourceFile>) -> Node {
        let mut span = span_of(self.referenced);
        let value = match self.value {
            Raw::Null => Value::Null,
            Raw::Bool(b) => Value::Bool(b),
            Raw::Number(n) => Value::Number(n),
            Raw::String(s) => Value::String(s),
            Raw::Sequence(items) => {
                Value::Sequence(items.into_iter().map(|item| item.into_node(file)).collect())
            }
            Raw::Mapping(entries) => Value::Mapping(
                entries
                    .into_iter()
                    .map(|(key, value)| Entry {
                        key_span: span_of(key.referenced),
                        key: key.value,
                        value: value.into_node(file),
                    })
                    .collect(),
            ),
        };
        // The library gives a block mapping the place of its first token: end it where its first key ends.
        if let Value::Mapping(entries) = &value
            && let Some(first) = entries.first()
            && span.end == span.start
        {
            span = first.key_span;
        }
        Node {
            value,
            file: Arc::clone(file),
            span,
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Raw, E> {
        serde_json::Number::from_f64(value)
            .map(Raw::Number)
            .ok_or_else(|| E::custom("a number must be finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::Sequence(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Mapping(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Vec<Node>, Diagnostic> {
        parse_documents(&SourceFile::new("test.yaml", text))
    }

    #[test]
    fn norwegian_values_stay_text() {
        let documents =
            parse("land: NO\nkommune: 0301\nref: 00890772001\ndato: 2026-11-22\nja: no\n").unwrap();
        assert_eq!(
            documents[0].to_json(),
            serde_json::json!({"land": "NO", "kommune": "0301", "ref": "00890772001", "dato": "2026-11-22", "ja": "no"})
        );
    }

    #[test]
    fn every_node_knows_its_place() {
        let documents = parse("---\na:\n  - æ: 1\n    b: \"x y\"\n---\nc: [1, two]\n").unwrap();
        let b = documents[0].get("a").unwrap().items()[0].entry("b").unwrap();
        assert_eq!(b.value.raw(), "\"x y\"");
        assert_eq!(b.value.place().to_string(), "test.yaml:4:8");
        assert_eq!(Place::new(&b.value.file, b.key_span).text(), "b");
        let c = documents[1].get("c").unwrap();
        assert_eq!(c.items()[1].raw(), "two");
        assert_eq!(c.items()[1].place().to_string(), "test.yaml:6:8");
        assert!(!b.value.is_plain());
    }

    #[test]
    fn broken_yaml_names_the_line() {
        for (text, at) in [
            ("a: [1, 2", "test.yaml:1:"),
            ("a: 1\na: 2\n", "test.yaml:2:1"),
            ("a: !x 1\n", "test.yaml:1:"),
        ] {
            let error = parse(text).unwrap_err();
            let shown = error.to_string();
            assert!(shown.starts_with(at), "{shown}");
        }
    }

    #[test]
    fn exploding_documents_are_stopped() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            bomb.push_str(&format!(
                "a{i}: &a{i} [{}]\n",
                vec![format!("*a{}", i - 1); 10].join(",")
            ));
        }
        assert!(parse(&bomb).is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(1000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
    }
}
