//! A body, parsed once for everybody who looks into it.

use serde_json::Value;

use super::Response;

/// A response's body as JSON, or what it is instead.
#[derive(Debug, Clone)]
pub enum Body {
    /// No bytes, or only white space.
    Empty,
    /// JSON, whatever the `Content-Type` says.
    Json(Value),
    /// Anything else.
    Other {
        /// Why it is not JSON, with the place.
        why: String,
        /// Its text, bytes that are no UTF-8 replaced.
        text: String,
    },
}

impl Body {
    /// Parses the body of `response`.
    pub fn of(response: &Response) -> Self {
        let bytes = without_byte_order_mark(&response.body);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Self::Empty;
        }
        match serde_json::from_slice(bytes) {
            Ok(value) => Self::Json(value),
            Err(error) => Self::Other {
                why: error.to_string(),
                text: String::from_utf8_lossy(bytes).into_owned(),
            },
        }
    }

    /// The JSON, if it is that.
    pub fn json(&self) -> Option<&Value> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }

    /// The JSON, or `null` for anything else: what the contract takes for *no body*.
    pub fn json_or_null(&self) -> &Value {
        self.json().unwrap_or(&Value::Null)
    }
}

fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: &'static [u8]) -> Body {
        Body::of(&Response {
            status: 200,
            headers: http::HeaderMap::new(),
            body: bytes::Bytes::from_static(bytes),
        })
    }

    #[test]
    fn what_a_body_is_does_not_hang_on_its_content_type() {
        assert!(matches!(body(b" \r\n"), Body::Empty));
        assert_eq!(
            body(b"\xef\xbb\xbf{\"a\":1}").json(),
            Some(&serde_json::json!({"a": 1}))
        );
        assert_eq!(body(b"null").json(), Some(&Value::Null));
        let Body::Other { why, text } = body(b"{\"a\": \xff") else {
            panic!("not JSON")
        };
        assert!(why.contains("line 1"), "{why}");
        assert_eq!(text, "{\"a\": \u{fffd}");
    }
}
