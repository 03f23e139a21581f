//! `multipart/form-data` (RFC 7578), the same bytes every time.

use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::{Bytes, BytesMut};

use crate::identity::in_letters;

/// One part of a form.
#[derive(Debug, Clone)]
pub struct FormPart {
    /// The form field's name.
    pub name: String,
    /// The file name, which makes it a file part.
    pub filename: Option<String>,
    /// The part's media type.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

/// Encodes a form: the `Content-Type`, and the body.
///
/// The boundary is drawn from the content, so that a run with the same seed sends the same bytes, and never occurs in it.
pub fn encode(parts: &[FormPart]) -> (String, Bytes) {
    let boundary = boundary(parts);
    let mut body = BytesMut::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n{}\r\n", head(part)).as_bytes());
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.freeze())
}

fn head(part: &FormPart) -> String {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(&part.name));
    if let Some(filename) = &part.filename {
        head.push_str(&format!("; filename=\"{}\"", quoted(filename)));
    }
    head.push_str("\r\n");
    if let Some(media_type) = &part.media_type {
        let one_line: String = media_type.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("Content-Type: {one_line}\r\n"));
    }
    head
}

/// What browsers do (WHATWG, *multipart/form-data encoding*): three characters are percent-encoded, all others stand
/// as UTF-8.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn boundary(parts: &[FormPart]) -> String {
    let mut attempt = 0_u32;
    loop {
        let mut hasher = DefaultHasher::new();
        attempt.hash(&mut hasher);
        for part in parts {
            (&part.name, &part.filename, &part.media_type, &part.content).hash(&mut hasher);
        }
        let boundary = format!("utlegg-{}", in_letters(hasher.finish()));
        if !parts
            .iter()
            .any(|part| occurs(&part.content, boundary.as_bytes()))
        {
            return boundary;
        }
        attempt += 1;
    }
}

fn occurs(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> FormPart {
        FormPart {
            name: "fil".into(),
            filename: Some("dom \"1\"\r\nX: y æ.pdf".into()),
            media_type: Some("application/pdf\r\nX: y".into()),
            content: Bytes::copy_from_slice(content),
        }
    }

    #[test]
    fn the_same_parts_give_the_same_bytes_and_others_another_boundary() {
        assert_eq!(encode(&[file(b"a")]), encode(&[file(b"a")]));
        assert_ne!(encode(&[file(b"a")]).0, encode(&[file(b"b")]).0);
    }

    #[test]
    fn names_cannot_break_out_of_their_header() {
        let (content_type, body) = encode(&[file(b"\xff\x00")]);
        let boundary = content_type
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let expected = [
            format!("--{boundary}\r\n").as_bytes(),
            "Content-Disposition: form-data; name=\"fil\"; filename=\"dom %221%22%0D%0AX: y æ.pdf\"\r\n"
                .as_bytes(),
            b"Content-Type: application/pdfX: y\r\n\r\n\xff\x00\r\n",
            format!("--{boundary}--\r\n").as_bytes(),
        ]
        .concat();
        assert_eq!(body, expected);
    }

    #[test]
    fn the_boundary_never_occurs_in_the_content() {
        let (content_type, body) = encode(&[file(b"x")]);
        let (nested_type, _) = encode(&[file(&body)]);
        assert_ne!(content_type, nested_type);
    }
}
