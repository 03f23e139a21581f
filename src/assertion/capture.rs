//! What is kept from an answer.

use serde_json::Value;

use super::{body, excerpt, header};
use crate::http::{Body, Response};
use crate::scenario::CaptureSource;

/// The value that `source` names; a path that is not singular gives the list of the values it finds.
///
/// # Errors
/// In words, when there is nothing to keep.
pub fn extract(source: &CaptureSource, response: &Response, body: &Body) -> Result<Value, String> {
    match source {
        CaptureSource::Status => Ok(response.status.into()),
        CaptureSource::Header(name) => header::text(&name.value, &response.headers)
            .map(Value::String)
            .ok_or_else(|| format!("the answer has no header `{}`", name.value)),
        CaptureSource::Body(path) => match body {
            Body::Json(value) => body::find(path, value)
                .map(std::borrow::Cow::into_owned)
                .ok_or_else(|| format!("`{}` finds nothing in {}", path.text, excerpt::json(value))),
            Body::Empty => Err(format!(
                "`{}` finds nothing: the answer's body is empty",
                path.text
            )),
            Body::Other { why, .. } => Err(format!(
                "`{}` finds nothing: the answer's body is not JSON ({why})",
                path.text
            )),
        },
    }
}
