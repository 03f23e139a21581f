//! What differs from run to run without meaning anything, replaced by its name.

use regex::Regex;
use serde_json::Value;
use serde_json_path::{JsonPath, NormalizedPath};

use super::content::{Content, ContentBody};

/// Fields whose values are identifiers the service or the run made up, or data of the leased parties, in any answer.
pub(super) const FIELDS: &[&str] = &[
    "adressetekst",
    "eksternSaksreferanse",
    "etternavn",
    "feilid",
    "fornavn",
    "innsenderReferanse",
    "kommunenummer",
    "korrelasjonsid",
    "kravgrunnlagsidentifikator",
    "meldingsid",
    "mellomnavn",
    "navn",
    "postnummer",
    "poststedsnavn",
    "saksnummer",
    "sekvensnummer",
    "tiltaksidentifikator",
    "uuid",
];

/// Fields of an error whose text may vary for the same code, as the administration says.
const ERROR_TEXTS: &[&str] = &["beskrivelse", "detail", "instance", "melding", "title"];

/// Forms of values, wherever they stand, most specific first.
const FORMS: &[(&str, &str)] = &[
    (r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "[uuid]"),
    (
        r"\b\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?",
        "[timestamp]",
    ),
    (r"\b\d{4}-\d{2}-\d{2}\b", "[date]"),
    (r"\b(?:\d{11}|\d{9})\b", "[identifikator]"),
];

/// What stands for a value that a scenario redacts by its path.
const BY_PATH: &str = "[redacted]";

/// Replaces what differs from run to run; its patterns compiled once.
#[derive(Debug)]
pub(super) struct Redaction {
    forms: Vec<(Regex, &'static str)>,
    elements: Option<Regex>,
}

impl Redaction {
    pub(super) fn new() -> Self {
        let forms = FORMS
            .iter()
            .filter_map(|(form, name)| Some((Regex::new(form).ok()?, *name)));
        let names: Vec<_> = FIELDS.iter().chain(ERROR_TEXTS).copied().collect();
        let element = format!(r"<((?:[\w.-]+:)?({}))(\s[^<>]*)?>[^<]+</", names.join("|"));
        Self {
            forms: forms.collect(),
            elements: Regex::new(&element).ok(),
        }
    }

    /// Redacts an answer; twice is the same as once.
    pub(super) fn apply(&self, content: &mut Content, paths: &[&JsonPath]) {
        let error = !content.status_line.starts_with("HTTP 2");
        match &mut content.body {
            ContentBody::Empty => {}
            ContentBody::Json(body) => {
                by_path(body, paths);
                self.value(body, error);
            }
            ContentBody::Text(text) => *text = self.markup(text),
        }
    }

    fn value(&self, value: &mut Value, error: bool) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    let named =
                        FIELDS.contains(&name.as_str()) || error && ERROR_TEXTS.contains(&name.as_str());
                    if named && (value.is_string() || value.is_number()) {
                        *value = Value::String(format!("[{name}]"));
                    } else {
                        self.value(value, error);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item, error)),
            Value::String(text) => {
                if let Some(redacted) = self.forms(text) {
                    *text = redacted;
                }
            }
            _ => {}
        }
    }

    /// The text with values of a known form replaced, if it has any.
    pub(super) fn forms(&self, text: &str) -> Option<String> {
        // Every form has digits, or the dashes of a UUID that happens to be all letters; a look is cheaper than a search.
        let dashes = || text.bytes().filter(|byte| *byte == b'-').count();
        if !text.bytes().any(|byte| byte.is_ascii_digit()) && dashes() < 4 {
            return None;
        }
        let mut redacted = text.to_owned();
        for (form, name) in &self.forms {
            if form.is_match(&redacted) {
                redacted = form.replace_all(&redacted, *name).into_owned();
            }
        }
        (redacted != text).then_some(redacted)
    }

    /// Text or XML: elements by name, then values by form.
    fn markup(&self, text: &str) -> String {
        let text = match &self.elements {
            Some(elements) => elements.replace_all(text, "<$1$3>[$2]</"),
            None => text.into(),
        };
        self.forms(&text).unwrap_or_else(|| text.into_owned())
    }
}

fn by_path(body: &mut Value, paths: &[&JsonPath]) {
    let pointers: Vec<String> = paths
        .iter()
        .flat_map(|path| {
            path.query_located(body)
                .locations()
                .map(NormalizedPath::to_json_pointer)
                .collect::<Vec<_>>()
        })
        .collect();
    for pointer in pointers {
        if let Some(value) = body.pointer_mut(&pointer) {
            *value = Value::String(BY_PATH.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;
    use serde_json::json;

    fn redacted(status: u16, body: Value, paths: &[&str]) -> Value {
        let paths: Vec<JsonPath> = paths.iter().map(|path| JsonPath::parse(path).unwrap()).collect();
        let mut content = Content::of(status, &Body::Json(body));
        let redaction = Redaction::new();
        let paths: Vec<_> = paths.iter().collect();
        redaction.apply(&mut content, &paths);
        let once = content.clone();
        redaction.apply(&mut content, &paths);
        assert_eq!(once, content, "twice is the same as once");
        match content.body {
            ContentBody::Json(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_pattern_compiles() {
        let redaction = Redaction::new();
        assert_eq!(redaction.forms.len(), FORMS.len());
        assert!(redaction.elements.is_some());
    }

    #[test]
    fn made_up_values_are_replaced_by_name_and_by_form() {
        assert_eq!(
            redacted(
                200,
                json!({
                    "eksternSaksreferanse": 17, "saksnummer": "UTLBGJ/2026/XX", "innsenderReferanse": null,
                    "uuid": {"verdi": "01234567890"}, "saksstatus": "sakBesluttet", "beloep": 100.5,
                    "melding": "sendt 2026-11-23T12:00:00.123+01:00 av 912345678",
                    "frist": "2026-12-01", "liste": ["0F8FAD5B-D9CB-469F-A165-70867728950E", "2026-11-23T12:00Z"],
                    "kid": "0123456789",
                }),
                &[],
            ),
            json!({
                "eksternSaksreferanse": "[eksternSaksreferanse]", "saksnummer": "[saksnummer]", "innsenderReferanse": null,
                "uuid": {"verdi": "[identifikator]"}, "saksstatus": "sakBesluttet", "beloep": 100.5,
                "melding": "sendt [timestamp] av [identifikator]",
                "frist": "[date]", "liste": ["[uuid]", "[timestamp]"],
                "kid": "0123456789",
            })
        );
    }

    #[test]
    fn the_words_of_an_error_may_vary() {
        assert_eq!(
            redacted(
                422,
                json!({"kode": "KB-006", "kontrollutslag": [{"kode": "A", "melding": "x"}]}),
                &[]
            ),
            json!({"kode": "KB-006", "kontrollutslag": [{"kode": "A", "melding": "[melding]"}]})
        );
    }

    #[test]
    fn paths_of_the_scenario_are_replaced_whatever_stands_there() {
        assert_eq!(
            redacted(
                200,
                json!({"a": [{"b": {"c": 1}}, {"b": 2}], "d": 3}),
                &["$.a[*].b", "$.nothing", "$..c"]
            ),
            json!({"a": [{"b": "[redacted]"}, {"b": "[redacted]"}], "d": 3})
        );
    }

    #[test]
    fn xml_is_redacted_by_element() {
        let text = "<f:feil><f:kode>KB-003</f:kode><f:korrelasjonsid a='b'>k 1</f:korrelasjonsid><melding/></f:feil>";
        let mut content = Content::of(
            404,
            &Body::Other {
                why: String::new(),
                text: text.into(),
            },
        );
        Redaction::new().apply(&mut content, &[]);
        assert_eq!(
            content.body,
            ContentBody::Text(
                "<f:feil><f:kode>KB-003</f:kode><f:korrelasjonsid a='b'>[korrelasjonsid]</f:korrelasjonsid><melding/></f:feil>"
                    .into()
            )
        );
    }
}
