//! A text that is nothing but a name: what can be replaced by a whole part of a document.

use serde_json::Value;

use super::expression::{Expression, Interpolation, Kind};
use super::parser::{self, Locator};
use crate::source::{SourceFile, Span};

/// `${name}` or `${name.field}` standing for a whole value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The variable.
    pub name: String,
    /// Its field.
    pub field: Option<String>,
    /// What stands there when it is missing: `${default(name.field, null)}`.
    pub fallback: Option<Value>,
}

impl Placeholder {
    /// Reads the text of a string node; `None` when it is anything but one name, or one name's field.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix("${")?;
        if !text.ends_with('}') || inner.starts_with('}') {
            return None;
        }
        let locator = Locator {
            file: SourceFile::new("", ""),
            base: None,
            whole: Span::default(),
        };
        let (Interpolation { root, .. }, end) = parser::parse(text, 2, &locator).ok()?;
        let (wanted, fallback) = match &root.kind {
            Kind::Call(function, arguments) if function == "default" => match arguments.as_slice() {
                [
                    wanted,
                    Expression {
                        kind: Kind::Literal(value),
                        ..
                    },
                ] => (wanted, Some(value.clone())),
                _ => return None,
            },
            _ => (&root, None),
        };
        let (name, field) = wanted.reference()?;
        (end == text.len()).then(|| Self {
            name: name.to_owned(),
            field: field.map(str::to_owned),
            fallback,
        })
    }
}

/// Whether `text` can be the name of a variable: a letter or `_`, then letters, digits or `_`, and no literal's name.
pub fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_')
        && !matches!(text, "true" | "false" | "null")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_name_is_a_placeholder() {
        let case = Placeholder {
            name: "case".to_owned(),
            field: Some("patch".to_owned()),
            fallback: None,
        };
        assert_eq!(Placeholder::parse("${case.patch}"), Some(case.clone()));
        assert_eq!(Placeholder::parse("${ case[\"patch\"] }"), Some(case));
        assert_eq!(
            Placeholder::parse("${a}").map(|found| found.name),
            Some("a".to_owned())
        );
        let optional = Placeholder::parse("${default(case.patch, null)}");
        assert_eq!(optional.and_then(|found| found.fallback), Some(Value::Null));
        for other in [
            "a", "${a} b", "${a}${b}", "${a.b.c}", "${a()}", "$${a}", "${", "${}", "${a + 1}",
        ] {
            assert_eq!(Placeholder::parse(other), None, "{other}");
        }
    }

    #[test]
    fn names_are_words() {
        assert!(is_name("debtor_1") && is_name("sakssøkt"));
        assert!(!is_name("my-debtor") && !is_name("1a") && !is_name("") && !is_name("true"));
    }
}
