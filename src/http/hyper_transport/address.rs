//! Which host a URL names, and what of it stands on the request line.

use std::sync::Arc;

use bytes::Bytes;
pub(super) use http::uri::PathAndQuery;

use super::origin::Origin;
use crate::http::reqwest_transport::parse;
use crate::http::turns::Turns;
use crate::http::{TransportError, failure};

/// The address, where `url` begins with a known origin and the rest needs no rewriting; `None` leaves it to a parser.
pub(super) fn of_known(known: &[Arc<Origin>], url: &str) -> Option<(Arc<Origin>, PathAndQuery)> {
    let (origin, path) = known
        .iter()
        .find_map(|origin| Some((origin, url.strip_prefix(origin.prefix.as_str())?)))
        .filter(|(_, path)| is_plain(path))?;
    let path = PathAndQuery::from_maybe_shared(Bytes::copy_from_slice(path.as_bytes())).ok()?;
    Some((Arc::clone(origin), path))
}

/// The address of any URL, rewritten as the URL standard has it.
///
/// # Errors
/// When it is no URL, not one of HTTP, or not one that a request line can hold.
pub(super) fn of_url(text: &str, turns: &Turns) -> Result<(Origin, PathAndQuery), TransportError> {
    let url = parse(text)?;
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    let path =
        PathAndQuery::from_maybe_shared(path).map_err(|error| failure::unsendable(&error.to_string()))?;
    Ok((Origin::of(&url, turns)?, path))
}

/// Whether a path with its query is what the URL standard makes of it: no byte that would be encoded, no segment of
/// dots, which would be resolved, and no fragment. What is plain may be called something else; then it is parsed.
fn is_plain(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.first() == Some(&b'/') && bytes.iter().all(|byte| PLAIN[usize::from(*byte)]) && !has_dots(bytes)
}

/// Whether a segment begins with a dot, also a percent-encoded one.
fn has_dots(path: &[u8]) -> bool {
    path.windows(3)
        .any(|three| three.starts_with(b"/.") || three.eq_ignore_ascii_case(b"%2e"))
        || path.ends_with(b"/.")
}

/// The bytes that stand in a path or a query as they are.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let bytes = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~/%&=+!$()*,;:@.?";
    let mut at = 0;
    while at < bytes.len() {
        plain[bytes[at] as usize] = true;
        at += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known() -> Vec<Arc<Origin>> {
        let url = parse("http://127.0.0.1:8080/").unwrap();
        vec![Arc::new(Origin::of(&url, &Turns::new(None)).unwrap())]
    }

    #[test]
    fn another_host_that_begins_alike_is_another_host() {
        for url in [
            "http://127.0.0.1:80801/",
            "http://127.0.0.1:8080.example.no/",
            "http://127.0.0.1:8080@example.no/",
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080?a",
            "https://127.0.0.1:8080/",
        ] {
            assert!(of_known(&known(), url).is_none(), "{url}");
        }
        let (_, path) = of_known(&known(), "http://127.0.0.1:8080/a%20b/c.d?e=%C3%A6").unwrap();
        assert_eq!(path, "/a%20b/c.d?e=%C3%A6");
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_parser_gives(
            path in "(/|\\.|\\.\\.|%2[eEfF]|\\?|#|a|é|'|\\^|\\||\\{|\\\\| |\t|%|[ -~]){0,12}",
        ) {
            let url = format!("http://127.0.0.1:8080/{path}");
            if let Some((_, short)) = of_known(&known(), &url) {
                let (origin, long) = of_url(&url, &Turns::new(None)).unwrap();
                prop_assert_eq!(short, long);
                prop_assert!(origin.is_same(&known()[0]));
            }
        }
    }
}
