//! Media types compared as RFC 9110 wants it: without case, without parameters, `*` in the declared one.

/// Whether a sent media type such as `application/json; charset=utf-8` is covered by a declared one.
pub(super) fn covers(declared: &str, sent: &str) -> bool {
    let (declared, sent) = (essence(declared), essence(sent));
    if declared == "*/*" || declared.eq_ignore_ascii_case(sent) {
        return true;
    }
    match (declared.split_once("/*"), sent.split_once('/')) {
        (Some((family, "")), Some((sent_family, _))) => family.eq_ignore_ascii_case(sent_family),
        _ => false,
    }
}

/// Whether bodies of this type are JSON (`application/json`, `…+json`) or a form, so that a schema can judge them.
pub(super) fn is_structured(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.ends_with("/json")
        || essence.ends_with("+json")
        || essence == "multipart/form-data"
        || essence == "application/x-www-form-urlencoded"
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::{covers, is_structured};

    #[test]
    fn parameters_and_case_do_not_matter() {
        assert!(covers("application/json", "Application/JSON; charset=utf-8"));
        assert!(covers("application/*", "application/xml"));
        assert!(covers("*/*", "text/plain"));
        assert!(!covers("application/json", "application/problem+json"));
        assert!(!covers("application/json", ""));
        assert!(!covers("application/*", "text/plain"));
    }

    #[test]
    fn xml_is_not_held_against_a_json_schema() {
        assert!(is_structured("application/problem+json; charset=utf-8"));
        assert!(is_structured("multipart/form-data; boundary=x"));
        assert!(!is_structured("application/xml"));
        assert!(!is_structured("text/plain"));
    }
}
