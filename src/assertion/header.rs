//! Headers.

use http::HeaderMap;
use serde_json::{Number, Value};

use super::{Check, Subject, excerpt, matcher};
use crate::scenario::Matcher;
use crate::source::Located;

pub(super) fn check(name: &Located<String>, matcher: &Matcher<Value>, headers: &HeaderMap) -> Check {
    let text = text(&name.value, headers);
    let value = text.as_ref().map(|text| typed(text, matcher));
    let actual = text.map_or_else(|| "no such header".to_owned(), |text| excerpt::text(&text));
    Check::new(
        Subject::Header,
        matcher::holds(matcher, value.as_ref()),
        matcher::words(matcher),
        actual,
    )
    .path(name.value.as_str())
    .at(&matcher.place)
}

/// A header's value; several fields of one name are one list (RFC 9110 §5.3).
pub(super) fn text(name: &str, headers: &HeaderMap) -> Option<String> {
    let values: Vec<_> = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// A header's value as the matcher speaks of it: as a number where it names numbers.
fn typed(text: &str, matcher: &Matcher<Value>) -> Value {
    let numbers = matcher.at_least.is_some()
        || matcher.at_most.is_some()
        || matcher.equals.as_ref().is_some_and(Value::is_number)
        || matcher.one_of.iter().flatten().any(Value::is_number);
    let number = text.trim().parse::<Number>().ok().filter(|_| numbers);
    number.map_or_else(|| Value::String(text.to_owned()), Value::Number)
}
