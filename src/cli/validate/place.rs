//! Where in the user's own text a JSON Pointer leads.

use crate::source::{Node, Place, Span, Value};

/// The place of the value at an RFC 6901 pointer; of something missing, that of what it should be in.
///
/// A scalar is meant whole. An object or a list may go over pages: of those the key is meant, in a list the bracket.
pub(super) fn place(root: &Node, pointer: &str) -> Place {
    let (node, key) = follow(root, pointer);
    let is_nested = matches!(node.value, Value::Sequence(_) | Value::Mapping(_));
    let span = match key {
        Some(key) if is_nested => key,
        None if is_nested => Span::new(node.span.start, node.span.start + 1),
        _ => node.span,
    };
    Place::new(&node.file, span)
}

/// The place of the key at the end of an RFC 6901 pointer: of what should not be there at all.
pub(super) fn key_place(root: &Node, pointer: &str) -> Place {
    let (node, key) = follow(root, pointer);
    Place::new(&node.file, key.unwrap_or(node.span))
}

/// The deepest node on the way, with the key it stands under.
fn follow<'a>(root: &'a Node, pointer: &str) -> (&'a Node, Option<Span>) {
    let mut node = root;
    let mut key: Option<Span> = None;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let next = match &node.value {
            Value::Sequence(items) => token
                .parse()
                .ok()
                .and_then(|index: usize| Some((items.get(index)?, None))),
            _ => node
                .entry(&token)
                .map(|entry| (&entry.value, Some(entry.key_span))),
        };
        let Some((found, span)) = next else { break };
        (node, key) = (found, span);
    }
    (node, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, parse_json};

    #[test]
    fn scalars_are_meant_whole_and_what_is_nested_by_its_key_or_bracket() {
        let file = SourceFile::new("a.json", r#"{"krav": [{"a/b": 12.345}, {"c": {"d": 1}}]}"#);
        let root = parse_json(&file).unwrap().root;
        for (pointer, column, text) in [
            ("/krav/0/a~1b", 19, "12.345"),
            ("/krav/1/c", 29, "\"c\""),
            ("/krav/1", 28, "{"),
            ("/krav/1/missing/deeper", 28, "{"),
            ("/krav/7", 2, "\"krav\""),
            ("/nothing", 1, "{"),
            ("", 1, "{"),
        ] {
            let found = place(&root, pointer);
            assert_eq!(
                (found.position().column, found.text()),
                (column, text),
                "{pointer}"
            );
        }
    }
}
