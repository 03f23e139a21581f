//! Which formats a request speaks: JSON or XML, by Accept and Content-Type (RFC 9110).

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};

/// The formats the service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `application/json` and `…+json`.
    Json,
    /// `application/xml`, `text/xml` and `…+xml`.
    Xml,
}

impl Format {
    /// Of a media type without its parameters, in lower case.
    pub fn of(essence: &str) -> Option<Self> {
        if essence == "application/json" || essence.ends_with("+json") {
            return Some(Self::Json);
        }
        let xml = matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml");
        xml.then_some(Self::Xml)
    }
}

/// The format the answer should have; none where the client takes neither. No Accept at all means JSON.
pub fn accepted(headers: &HeaderMap) -> Option<Format> {
    let mut values = headers.get_all(ACCEPT).iter().peekable();
    if values.peek().is_none() {
        return Some(Format::Json);
    }
    let ranges = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let mut best: Option<(u16, Format)> = None;
    for (weight, format) in ranges.filter_map(range) {
        if weight > 0 && best.is_none_or(|(best, _)| weight > best) {
            best = Some((weight, format));
        }
    }
    best.map(|(_, format)| format)
}

/// One media range with its weight in thousandths.
fn range(text: &str) -> Option<(u16, Format)> {
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next()?.to_ascii_lowercase();
    let format = match essence.as_str() {
        "*/*" | "application/*" => Format::Json,
        "text/*" => Format::Xml,
        other => Format::of(other)?,
    };
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let weight = weight.map_or(Some(1.0), |text| text.trim().parse::<f32>().ok())?;
    // Clamped to 0..=1000 first, so the conversion is exact.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(((weight.clamp(0.0, 1.0) * 1000.0) as u16, format))
}

/// The request's media type without parameters, in lower case; empty where none was sent.
pub fn content_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, value.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_format_with_the_highest_weight_wins_and_the_first_among_equals() {
        assert_eq!(accepted(&HeaderMap::new()), Some(Format::Json));
        assert_eq!(accept("application/xml"), Some(Format::Xml));
        assert_eq!(
            accept("application/xml;q=0.5, application/json"),
            Some(Format::Json)
        );
        assert_eq!(accept("text/html, application/problem+json"), Some(Format::Json));
        assert_eq!(accept("text/html, */*;q=0.1"), Some(Format::Json));
    }

    #[test]
    fn what_the_service_does_not_have_is_nothing() {
        for value in [
            "text/plain",
            "application/json;q=0",
            "",
            "application/json;q=x",
            "image/*",
        ] {
            assert_eq!(accept(value), None, "{value}");
        }
    }
}
