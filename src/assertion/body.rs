//! Values in the body.

use std::borrow::Cow;

use serde_json::Value;

use super::{Check, Subject, excerpt, matcher};
use crate::http::Body;
use crate::scenario::{Matcher, Path};

/// Whether what `path` finds in `body` is what `matcher` says; a check of `subject` (body, until, fail-if).
///
/// In a body that is not JSON nothing can be found, so that every expectation of it fails, *absent* too; in an empty
/// one everything is absent.
pub fn holds(subject: Subject, path: &Path, matcher: &Matcher<Value>, body: &Body) -> Check {
    let (holds, actual) = match body {
        Body::Json(value) => {
            let found = find(path, value);
            let actual = found
                .as_deref()
                .map_or_else(|| "nothing".to_owned(), excerpt::json);
            (matcher::holds(matcher, found.as_deref()), actual)
        }
        Body::Empty => (matcher::holds(matcher, None), "the body is empty".to_owned()),
        Body::Other { why, text } => (
            false,
            format!("the body is not JSON ({why}): {}", excerpt::text(text)),
        ),
    };
    Check::new(subject, holds, matcher::words(matcher), actual)
        .path(path.text.as_str())
        .at(&matcher.place)
}

/// What a path finds: a singular one its value, any other the list of its values. `None` when there are none.
pub(super) fn find<'a>(path: &Path, body: &'a Value) -> Option<Cow<'a, Value>> {
    let found = path.compiled.query(body);
    if path.singular {
        return found.first().map(Cow::Borrowed);
    }
    let values: Vec<Value> = found.all().into_iter().cloned().collect();
    (!values.is_empty()).then_some(Cow::Owned(Value::Array(values)))
}
