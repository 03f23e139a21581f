//! A template's value as JSON text, written without making the value first.

use serde::Serialize;

use super::text::Segment;
use super::tree::{Part, evaluate_text};
use super::{EvaluationError, Scope, Template};

impl Template {
    /// Appends the value as JSON: the bytes that the evaluated value would be written with.
    ///
    /// # Errors
    /// The first expression without a value; `out` then holds a part.
    pub fn write_json(&self, scope: &dyn Scope, out: &mut Vec<u8>) -> Result<(), EvaluationError> {
        self.part().write_json(scope, out)
    }
}

impl Part {
    fn write_json(&self, scope: &dyn Scope, out: &mut Vec<u8>) -> Result<(), EvaluationError> {
        match self {
            Self::Constant(value) => write(value, out),
            Self::Expression(inner) => write(inner.evaluate(scope)?.as_ref(), out),
            Self::Text(segments) => {
                let segments: &[Segment] = segments;
                write(&evaluate_text(segments, scope)?, out);
            }
            Self::List(items) => {
                out.push(b'[');
                for (position, item) in items.iter().enumerate() {
                    separate(position, out);
                    item.write_json(scope, out)?;
                }
                out.push(b']');
            }
            Self::Map(fields) => {
                out.push(b'{');
                for (position, (key, part)) in fields.iter().enumerate() {
                    separate(position, out);
                    write(key, out);
                    out.push(b':');
                    part.write_json(scope, out)?;
                }
                out.push(b'}');
            }
        }
        Ok(())
    }
}

fn separate(position: usize, out: &mut Vec<u8>) {
    if position > 0 {
        out.push(b',');
    }
}

/// Writing to memory cannot fail, and neither can text or a JSON value.
fn write(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, value);
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::{Value, json};

    use super::*;
    use crate::source::{SourceFile, parse_documents};

    struct One(Value);

    impl Scope for One {
        fn variable(&self, name: &str) -> Option<Cow<'_, Value>> {
            (name == "x").then_some(Cow::Borrowed(&self.0))
        }

        fn function(&self, _: &str, _: &[Value]) -> Option<Result<Value, String>> {
            None
        }

        fn names(&self) -> Vec<String> {
            vec!["x".to_owned()]
        }
    }

    #[test]
    fn it_is_what_the_evaluated_value_is_written_as() {
        let text =
            "a: [1, 2.50, '${x}', [], {}]\n'k\"ø': { b: '${x}', 'c d': null, e: 'q\"\\\\' }\nf: true\n";
        let template = |text: &str| {
            let documents = parse_documents(&SourceFile::new("t.yaml", text)).unwrap();
            Template::parse(&documents[0]).unwrap()
        };
        for (text, value) in [
            (text.to_owned(), json!({ "y": ["\u{2028}\"", 1.0, -0.0, null] })),
            (text.to_owned(), json!("text \\ \u{7f}")),
            ("a: 'before ${x} after \"'\nb: '${x}'".to_owned(), json!(12)),
            ("'${x}'".to_owned(), json!([1])),
            ("just text".to_owned(), json!(0)),
        ] {
            let (template, scope) = (template(&text), One(value));
            let mut written = b"before ".to_vec();
            template.write_json(&scope, &mut written).unwrap();
            let expected = format!("before {}", template.evaluate(&scope).unwrap());
            assert_eq!(String::from_utf8(written).unwrap(), expected);
        }
        let nowhere = template("a: 1\nb: '${nowhere}'");
        assert!(nowhere.write_json(&One(json!(1)), &mut Vec::new()).is_err());
    }
}
