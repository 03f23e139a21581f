//! A request as a command that can be pasted into a shell, its secrets left out.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, HeaderName, PROXY_AUTHORIZATION};

use super::Request;

/// A longer body does not fit a command line; the command then names a file that stands for it.
const MAX_INLINE: usize = 32 * 1024;

/// Headers that curl sets itself.
const CURLS_OWN: [HeaderName; 2] = [HOST, CONTENT_LENGTH];

/// The request as a curl command.
///
/// The token is the shell variable `$TOKEN`; other credentials are left out. A body that is not text is shown as bash
/// writes bytes (`$'\xff'`); one with NUL bytes, which no argument can hold, is read from standard input;
/// one of more than 32 KiB from a file.
pub fn curl(request: &Request) -> String {
    let mut command = String::from("curl");
    let default_method = if request.body.is_empty() { "GET" } else { "POST" };
    if request.method == http::Method::HEAD {
        command.push_str(" --head");
    } else if request.method != default_method {
        command.push_str(&format!(" -X {}", quoted(request.method.as_str().as_bytes())));
    }
    command.push_str(&format!(" {}", quoted(request.url.as_bytes())));
    for (name, value) in &request.headers {
        command.push_str(&header(name, value.as_bytes()));
    }
    if request.body.is_empty() {
        return command;
    }
    if !request.headers.contains_key(http::header::CONTENT_TYPE) {
        // Else curl says `application/x-www-form-urlencoded`.
        command.push_str(" -H 'Content-Type:'");
    }
    if request.body.len() > MAX_INLINE {
        return format!("{command} --data-binary @request-body.bin");
    }
    if request.body.contains(&0) {
        let octal = request
            .body
            .iter()
            .fold(String::new(), |octal, byte| octal + &format!("\\{byte:03o}"));
        return format!("printf '{octal}' | {command} --data-binary @-");
    }
    // A leading `@` would name a file.
    let option = if request.body.starts_with(b"@") {
        "--data-raw"
    } else {
        "--data-binary"
    };
    command.push_str(&format!(" {option} {}", quoted(&request.body)));
    command
}

fn header(name: &HeaderName, value: &[u8]) -> String {
    if CURLS_OWN.contains(name) || *name == COOKIE || *name == PROXY_AUTHORIZATION {
        return String::new();
    }
    if *name == AUTHORIZATION {
        let scheme = if value.starts_with(b"Bearer ") {
            "Bearer "
        } else {
            ""
        };
        return format!(" -H \"Authorization: {scheme}$TOKEN\"");
    }
    let separator: &[u8] = if value.is_empty() { b";" } else { b": " };
    let line = [name.as_str().as_bytes(), separator, value].concat();
    format!(" -H {}", quoted(&line))
}

/// One shell word: single quotes where they suffice, bash's `$'…'` for what is not plain text.
fn quoted(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') => {
            format!("'{}'", text.replace('\'', r"'\''"))
        }
        _ => {
            let escaped: String = bytes
                .iter()
                .map(|&byte| match byte {
                    b'\'' | b'\\' => format!("\\{}", byte as char),
                    b' '..=b'~' => (byte as char).to_string(),
                    _ => format!("\\x{byte:02x}"),
                })
                .collect();
            format!("$'{escaped}'")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, Method};

    fn request(method: Method, body: &[u8]) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(
            AUTHORIZATION,
            HeaderValue::from_static("Bearer eyJsecret.eyJsecret.sig"),
        );
        headers.insert("klientid", HeaderValue::from_static("it's"));
        Request {
            method,
            url: "http://127.0.0.1:1/a?b=c&d=$HOME".into(),
            headers,
            body: Bytes::copy_from_slice(body),
        }
    }

    #[test]
    fn the_token_is_a_variable_and_the_rest_is_quoted() {
        assert_eq!(
            curl(&request(Method::GET, b"")),
            r#"curl 'http://127.0.0.1:1/a?b=c&d=$HOME' -H "Authorization: Bearer $TOKEN" -H 'klientid: it'\''s'"#
        );
    }

    #[test]
    fn a_body_is_sent_as_it_is() {
        let command = curl(&request(Method::PUT, b"{\"a\": \"it's\"}"));
        assert!(command.starts_with("curl -X 'PUT' "), "{command}");
        assert!(
            command.ends_with(r#" -H 'Content-Type:' --data-binary '{"a": "it'\''s"}'"#),
            "{command}"
        );
        assert!(curl(&request(Method::POST, b"@/etc/passwd")).ends_with("--data-raw '@/etc/passwd'"));
    }

    #[test]
    fn bytes_that_are_no_text_are_escaped() {
        assert!(curl(&request(Method::POST, b"\xffa'\r")).ends_with(r"--data-binary $'\xffa\'\x0d'"));
        assert!(curl(&request(Method::POST, b"a\0b")).starts_with(r"printf '\141\000\142' | curl "));
    }
}
