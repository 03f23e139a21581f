//! A YAML value with expressions in it.

use std::borrow::Cow;

use serde_json::Value;

use super::expression::{Interpolation, Reference};
use super::text::{self, Segment};
use super::{EvaluationError, Scope, pure};
use crate::source::{self, Diagnostics, Node, Place};

/// A value that may hold `${…}` anywhere. A string that is one expression takes the expression's type.
#[derive(Debug, Clone)]
pub struct Template {
    part: Part,
    place: Place,
}

/// A piece of a template; whatever holds no expression is a constant, however large.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Constant(Value),
    Expression(Interpolation),
    Text(Vec<Segment>),
    List(Vec<Part>),
    Map(Vec<(String, Part)>),
}

impl Template {
    /// Parses every string of `node`.
    ///
    /// # Errors
    /// Every malformed expression, with its place inside the string.
    pub fn parse(node: &Node) -> Result<Self, Diagnostics> {
        let mut problems = Diagnostics::default();
        let part = Part::parse(node, &mut problems);
        if problems.has_errors() {
            Err(problems)
        } else {
            Ok(Self {
                part,
                place: node.place(),
            })
        }
    }

    /// A template that is just a value.
    pub fn of_value(value: Value, place: Place) -> Self {
        Self {
            part: Part::Constant(value),
            place,
        }
    }

    pub(super) fn from_part(part: Part, place: Place) -> Self {
        Self { part, place }
    }

    pub(super) fn part(&self) -> &Part {
        &self.part
    }

    /// The value, when it holds no expression.
    pub fn constant(&self) -> Option<&Value> {
        match &self.part {
            Part::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// Evaluates every expression.
    ///
    /// # Errors
    /// The first expression without a value.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvaluationError> {
        self.part.evaluate(scope)
    }

    /// Evaluates every expression, borrowing what need not be made: a constant, a variable, a field of one.
    ///
    /// # Errors
    /// The first expression without a value.
    pub fn value<'a>(&'a self, scope: &'a dyn Scope) -> Result<Cow<'a, Value>, EvaluationError> {
        match &self.part {
            Part::Constant(value) => Ok(Cow::Borrowed(value)),
            Part::Expression(inner) => inner.evaluate(scope),
            part => part.evaluate(scope).map(Cow::Owned),
        }
    }

    /// The variables it names, with their places: for checking before a run.
    pub fn variables(&self) -> Vec<(String, Place)> {
        self.references()
            .into_iter()
            .map(|reference| (reference.name, reference.place))
            .collect()
    }

    /// The variables it names, with the field where one is named and whether they may be missing.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        self.part.collect(&mut found);
        found
    }

    /// Where it is written.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

impl Part {
    fn parse(node: &Node, problems: &mut Diagnostics) -> Self {
        match &node.value {
            source::Value::String(text) => text::parse(node, text, problems),
            source::Value::Sequence(items) => {
                let parts: Vec<_> = items.iter().map(|item| Self::parse(item, problems)).collect();
                if parts.iter().all(Self::is_constant) {
                    return Self::Constant(parts.into_iter().map(Self::into_constant).collect());
                }
                Self::List(parts)
            }
            source::Value::Mapping(entries) => {
                let parts: Vec<_> = entries
                    .iter()
                    .map(|entry| (entry.key.clone(), Self::parse(&entry.value, problems)))
                    .collect();
                if parts.iter().all(|(_, part)| part.is_constant()) {
                    let fields = parts.into_iter().map(|(key, part)| (key, part.into_constant()));
                    return Self::Constant(Value::Object(fields.collect()));
                }
                Self::Map(parts)
            }
            _ => Self::Constant(node.to_json()),
        }
    }

    fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_))
    }

    fn into_constant(self) -> Value {
        match self {
            Self::Constant(value) => value,
            _ => Value::Null,
        }
    }

    /// Its value.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<Value, EvaluationError> {
        match self {
            Self::Constant(value) => Ok(value.clone()),
            Self::Expression(inner) => inner.evaluate(scope).map(Cow::into_owned),
            Self::Text(segments) => evaluate_text(segments, scope).map(Value::String),
            Self::List(items) => items.iter().map(|item| item.evaluate(scope)).collect(),
            Self::Map(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, part)| Ok((key.clone(), part.evaluate(scope)?)));
                fields
                    .collect::<Result<serde_json::Map<_, _>, _>>()
                    .map(Value::Object)
            }
        }
    }

    /// Adds every variable it uses.
    pub fn collect(&self, found: &mut Vec<Reference>) {
        match self {
            Self::Constant(_) => {}
            Self::Expression(inner) => inner.collect(found),
            Self::Text(segments) => {
                for segment in segments {
                    if let Segment::Expression(inner) = segment {
                        inner.collect(found);
                    }
                }
            }
            Self::List(items) => items.iter().for_each(|item| item.collect(found)),
            Self::Map(fields) => fields.iter().for_each(|(_, part)| part.collect(found)),
        }
    }
}

pub(super) fn evaluate_text(segments: &[Segment], scope: &dyn Scope) -> Result<String, EvaluationError> {
    let mut text = String::new();
    for segment in segments {
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Expression(inner) => match inner.evaluate(scope)?.as_ref() {
                Value::String(value) => text.push_str(value),
                other => text.push_str(&pure::written(other).map_err(|message| inner.fail(message))?),
            },
        }
    }
    Ok(text)
}

/// Text that may hold `${…}`; always evaluates to text (a number or boolean is written as JSON writes it).
#[derive(Debug, Clone)]
pub struct TextTemplate(pub Template);

impl TextTemplate {
    /// Evaluates to text.
    ///
    /// # Errors
    /// The first expression without a value, or one whose value is a list, a mapping or null.
    pub fn evaluate(&self, scope: &dyn Scope) -> Result<String, EvaluationError> {
        match self.0.evaluate(scope)? {
            Value::String(text) => Ok(text),
            other => pure::written(&other).map_err(|message| EvaluationError {
                message,
                place: self.0.place.clone(),
                help: None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::json;

    use super::*;
    use crate::source::{SourceFile, parse_documents};
    use crate::template::Binding;

    struct Fixed(Value);

    impl Scope for Fixed {
        fn variable(&self, name: &str) -> Option<Cow<'_, Value>> {
            self.0.get(name).map(Cow::Borrowed)
        }

        fn function(&self, name: &str, arguments: &[Value]) -> Option<Result<Value, String>> {
            (name == "today").then(|| Ok(json!({ "called with": arguments })))
        }

        fn names(&self) -> Vec<String> {
            self.0
                .as_object()
                .map(|names| names.keys().cloned().collect())
                .unwrap_or_default()
        }
    }

    fn scope() -> Fixed {
        Fixed(json!({
            "debtor": { "person": { "fnr": "03875999951" }, "list": [1, 2, 3], "odd key": true },
            "amount": 100.10, "case_1": "UTL/1", "nothing": null, "flag": true
        }))
    }

    fn template(yaml: &str) -> Result<Template, Diagnostics> {
        Template::parse(&parse_documents(&SourceFile::new("t.yaml", yaml)).unwrap()[0])
    }

    fn value(expression: &str) -> Value {
        let quoted = format!("- {}\n", json!(format!("${{{expression}}}")));
        template(&quoted).unwrap().evaluate(&scope()).unwrap()[0].take()
    }

    fn failure(yaml: &str) -> String {
        let error = template(yaml).unwrap().evaluate(&scope()).unwrap_err();
        format!(
            "{} | {} | {}",
            error.place,
            error.message,
            error.help.unwrap_or_default()
        )
    }

    fn syntax(yaml: &str) -> String {
        template(yaml).unwrap_err().to_string()
    }

    #[test]
    fn one_expression_keeps_its_type_and_text_is_joined() {
        let parsed =
            template("a: ${debtor.list}\nb: 'no ${amount}: ${flag}'\nc: [1, '$${x}', '${debtor.person}']\n");
        assert_eq!(
            parsed.unwrap().evaluate(&scope()).unwrap(),
            json!({"a": [1, 2, 3], "b": "no 100.1: true", "c": [1, "${x}", {"fnr": "03875999951"}]})
        );
    }

    #[test]
    fn constants_are_known_before_a_run() {
        assert_eq!(
            template("a: [1, '$${x} $$']\n").unwrap().constant(),
            Some(&json!({"a": [1, "${x} $$"]}))
        );
        assert!(template("a: ${amount}\n").unwrap().constant().is_none());
    }

    #[test]
    fn numbers_are_decimal() {
        assert_eq!(value("0.1 + 0.2"), json!(0.3));
        assert_eq!(value("amount * 3"), json!(300.3));
        assert_eq!(value("(1 + 2) * -3 / 2"), json!(-4.5));
        assert_eq!(value("10 / 5"), json!(2));
        assert_eq!(value("18446744073709551615"), json!(u64::MAX));
        assert_eq!(value("round(2.345, 2)"), json!(2.35));
        assert_eq!(value("number('1250.50') - 0.5"), json!(1250));
    }

    #[test]
    fn fields_elements_and_functions() {
        assert_eq!(value("debtor.person.fnr"), json!("03875999951"));
        assert_eq!(value("debtor['odd key']"), json!(true));
        assert_eq!(value("debtor.list[0] + debtor.list[-1]"), json!(4));
        assert_eq!(value("upper('æ') + \"b\\\"\""), json!("Æb\""));
        assert_eq!(
            value("default(missing, default(nothing, default(debtor.none, 'x')))"),
            json!("x")
        );
        assert_eq!(value("days('2026-02-27', 2)"), json!("2026-03-01"));
        assert_eq!(value("months('2026-01-31', 1)"), json!("2026-02-28"));
        assert_eq!(value("length(repeat('ab', 2001))"), json!(4002));
        assert_eq!(
            value("join(debtor.list, '-') + json(debtor.list) + string(1.5)"),
            json!("1-2-3[1,2,3]1.5")
        );
        assert_eq!(value("base64('æ')"), json!("w6Y="));
        assert_eq!(value("last(debtor.list)"), json!(3));
        assert_eq!(value("today(-30)"), json!({"called with": [-30]}));
    }

    #[test]
    fn what_is_not_defined_is_an_error_with_its_place() {
        assert_eq!(
            failure("a:\n  b: \"x ${debter.person}\"\n"),
            "t.yaml:2:11 | variable `debter` is not defined | did you mean `debtor`?"
        );
        assert_eq!(
            failure("b: ${ debtor.person.fr }\n"),
            "t.yaml:1:7 | no field `fr` | did you mean `fnr`?"
        );
        assert_eq!(
            failure("b: ${amount.x}\n"),
            "t.yaml:1:6 | no field `x`: the value is a number | "
        );
        assert_eq!(
            failure("b: ${debtor.list[3]}\n"),
            "t.yaml:1:6 | the list has no element 3; it has 3 | "
        );
        assert_eq!(
            failure("b: ${1 / 0}\n"),
            "t.yaml:1:6 | a division by zero has no result | "
        );
        assert_eq!(
            failure("b: ${flag + 'a'}\n"),
            "t.yaml:1:6 | `+` needs two numbers, or two texts for `+`, not true or false and text | "
        );
        assert_eq!(
            failure("b: 'x ${debtor.list}'\n"),
            "t.yaml:1:9 | a list is not text; write `json(…)` for its JSON | "
        );
        assert_eq!(
            failure("b: ${days('31.01.2026', 1)}\n"),
            "t.yaml:1:6 | `days`: `31.01.2026` is not a date such as 2026-01-31 | "
        );
        assert!(failure("b: ${days('2026-01-31', 99999999999)}\n").contains("no date of the calendar"));
    }

    #[test]
    fn carets_are_exact_in_quotes_and_block_scalars() {
        assert!(failure("a: |\n  first\n  and ${amout}\n").starts_with("t.yaml:3:9 |"));
        assert!(failure("a: \"æ \\\" ${amout}\"\n").starts_with("t.yaml:1:12 |"));
        assert!(failure("a: '$${amount} ${amount} ${amout}'\n").starts_with("t.yaml:1:28 |"));
    }

    #[test]
    fn malformed_expressions_are_all_reported() {
        assert!(syntax("a: '${amount'\n").starts_with("t.yaml:1:5: `${` is not closed"));
        assert!(syntax("a: '${}'\n").contains("holds no expression"));
        assert_eq!(
            syntax("a: '${uper(amount)}'\n"),
            "t.yaml:1:7: unknown function `uper` (did you mean `upper`?)"
        );
        assert!(syntax("a: '${days(1)}'\n").contains("does not take 1 argument (write `days(date, n)`)"));
        assert!(syntax("a: '${a b}'\n").contains("expected an operator or `}`, found `b`"));
        assert!(syntax("a: '${a.}'\n").contains("expected a field's name"));
        assert!(syntax("a: '${a ? b}'\n").contains("`?` has no meaning"));
        assert_eq!(template("- ${\n- ${a b}\n- ${'x}\n").unwrap_err().0.len(), 3);
        assert!(
            syntax(&format!("a: '${{{}1{}}}'\n", "(".repeat(400), ")".repeat(400))).contains("nests at most")
        );
        assert!(syntax(&format!("a: '${{1{}}}'\n", "+1".repeat(4000))).contains("at most 1000 bytes"));
    }

    #[test]
    fn references_say_what_is_optional() {
        let parsed = template("- ${case.amount}\n- '${default(case.x, y)} ${uuid()}'\n").unwrap();
        let found: Vec<_> = parsed
            .references()
            .iter()
            .map(|r| (r.name.clone(), r.field.clone(), r.optional))
            .collect();
        assert_eq!(
            found,
            [
                ("case".to_owned(), Some("amount".to_owned()), false),
                ("case".to_owned(), Some("x".to_owned()), true),
                ("y".to_owned(), None, false)
            ]
        );
    }

    #[test]
    fn names_can_be_bound_to_values_and_other_names() {
        let parsed = template("a: ${x}\nb: 'no ${x}'\nc: ${y.fnr}\n").unwrap();
        let given = template("${amount + 1}\n").unwrap();
        let bound = parsed.bind(&mut |name, field, _| match name {
            _ if field.is_some() => None,
            "x" => Some(Binding::Value(given.clone())),
            _ => Some(Binding::Variable("debtor".to_owned())),
        });
        let error = bound.evaluate(&scope()).unwrap_err();
        assert!(error.message.contains("no field `fnr`"));
        let names: Vec<_> = bound.variables().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["amount", "amount", "debtor"]);
    }
}
