//! The host that a URL names, as far as the rules about hosts need it.

use std::net::IpAddr;

/// The host of a URL: no scheme, user, port or path, in lower case.
pub(super) fn host_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = after_scheme
        .split(['/', '?', '#', '\\'])
        .next()
        .unwrap_or_default();
    // What stands before an `@` is a user, whatever it looks like.
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether a host is this machine by a loopback address or as `localhost`.
pub(super) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_what_stands_between_user_and_port() {
        for (url, host) in [
            ("https://API-test.example.no:8443/v2", "api-test.example.no"),
            ("http://127.0.0.1:80@example.no/", "example.no"),
            ("http://[::1]:4/x", "::1"),
            ("http://localhost.?a", "localhost"),
            ("example.no/x", "example.no"),
            ("http://evil.example\\@127.0.0.1/", "evil.example"),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
        assert!(is_loopback("127.9.9.9") && is_loopback("::1") && is_loopback("localhost"));
        assert!(!is_loopback("128.0.0.1") && !is_loopback("localhost.example.no") && !is_loopback(""));
    }
}
