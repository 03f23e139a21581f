//! Holds requests and answers against an operation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::operation::{Content, content_for};
use super::{Location, Operation, Provenance, SchemaViolation, TextRule, media_type};

/// What the contract says of one answer. All of it is reported; nothing of it is a verdict yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseFindings {
    /// The operation does not declare this status.
    pub undeclared_status: bool,
    /// The status is declared, but not with a body of this media type.
    pub undeclared_media_type: bool,
    /// What in the body breaks its schema.
    pub violations: Vec<SchemaViolation>,
    /// Pointers of fields the contract does not know; tolerated, since the administration may add fields at any time.
    pub unknown_fields: Vec<String>,
    /// Whether what was checked against is reconstructed rather than documented.
    pub reconstructed: bool,
}

impl ResponseFindings {
    /// Whether the answer is as declared; unknown fields do not count against it.
    pub fn conforms(&self) -> bool {
        !self.undeclared_status && !self.undeclared_media_type && self.violations.is_empty()
    }
}

impl Operation {
    /// Everything in a request body that breaks the contract. Unknown fields pass.
    pub fn check_request(&self, media_type: &str, body: &Value) -> Vec<SchemaViolation> {
        let Some(request) = &self.request else {
            return Vec::new();
        };
        if body.is_null() && !request.required {
            return Vec::new();
        }
        match content_for(&request.content, media_type) {
            Some(content) => content.check(media_type, body),
            None => vec![self.violation(format!(
                "a body of type `{media_type}` is not declared; declared: {}",
                listed(self.request_media_types())
            ))],
        }
    }

    /// Pointers of the fields of a request body that the contract does not know: the receiver ignores them.
    pub fn unknown_request_fields(&self, media_type: &str, body: &Value) -> Vec<String> {
        let contents = self
            .request
            .as_ref()
            .map(|request| request.content.as_slice())
            .unwrap_or_default();
        content_for(contents, media_type)
            .map(|content| content.unknown(media_type, body))
            .unwrap_or_default()
    }

    /// Holds an answer against the contract; `body` is `Null` for an empty one.
    ///
    /// A body that is neither JSON nor a form is judged by its media type only.
    pub fn check_response(&self, status: u16, media_type: Option<&str>, body: &Value) -> ResponseFindings {
        let Some(response) = self.response(status) else {
            return ResponseFindings {
                undeclared_status: true,
                reconstructed: self.provenance == Provenance::Reconstructed,
                ..ResponseFindings::default()
            };
        };
        let mut findings = ResponseFindings {
            reconstructed: response.provenance == Provenance::Reconstructed,
            ..ResponseFindings::default()
        };
        let Some(sent) = media_type else {
            if !response.content.is_empty() && body.is_null() {
                let declared = listed(self.response_media_types(status));
                findings
                    .violations
                    .push(self.violation(format!("the answer has no body; declared: {declared}")));
            } else if !body.is_null() {
                findings.undeclared_media_type = true;
            }
            return findings;
        };
        let Some(content) = content_for(&response.content, sent) else {
            findings.undeclared_media_type = !(body.is_null() && response.content.is_empty());
            return findings;
        };
        findings.violations = content.check(sent, body);
        findings.unknown_fields = content.unknown(sent, body);
        findings.reconstructed |= content.provenance == Provenance::Reconstructed
            || findings
                .violations
                .iter()
                .any(|found| found.provenance == Provenance::Reconstructed);
        findings
    }

    /// The rules for the text at an RFC 6901 pointer of an answer that is as declared; `None` where they hang on more than
    /// the text itself, so that the whole answer must be held against the contract.
    pub fn text_rule(
        &self,
        status: u16,
        media_type: Option<&str>,
        body: &Value,
        pointer: &str,
    ) -> Option<TextRule> {
        let sent = media_type?;
        let content = content_for(&self.response(status)?.content, sent)?;
        match &content.schema {
            Some(schema) if media_type::is_structured(sent) => {
                let tokens: Vec<String> = pointer
                    .split('/')
                    .skip(1)
                    .map(|token| token.replace("~1", "/").replace("~0", "~"))
                    .collect();
                schema.text_rule(body, &tokens)
            }
            _ => Some(TextRule::default()),
        }
    }

    /// Pointers of the fields of an answer that the contract does not know.
    pub fn unknown_fields(&self, status: u16, media_type: Option<&str>, body: &Value) -> Vec<String> {
        let contents = self
            .response(status)
            .map(|response| response.content.as_slice())
            .unwrap_or_default();
        media_type
            .and_then(|sent| content_for(contents, sent).map(|content| content.unknown(sent, body)))
            .unwrap_or_default()
    }

    /// What in path, query or header values breaks the contract: a required one that is missing, a wrong type or form.
    ///
    /// Parameters the contract does not know pass.
    pub fn check_parameters(
        &self,
        location: Location,
        values: &BTreeMap<String, String>,
    ) -> Vec<SchemaViolation> {
        let mut found = Vec::new();
        for parameter in self
            .parameters
            .iter()
            .filter(|parameter| parameter.location == location)
        {
            let sent = values.iter().find(|(name, _)| parameter.is_called(name));
            match (sent, &parameter.schema) {
                (Some((_, text)), Some(schema)) => {
                    let violations = schema.violations(&parameter.typed(text), parameter.provenance);
                    found.extend(violations.into_iter().map(|mut violation| {
                        violation.message = format!("`{}`: {}", parameter.name, violation.message);
                        violation
                    }));
                }
                (None, _) if parameter.required => {
                    found.push(self.violation(format!("`{}` is missing", parameter.name)));
                }
                _ => {}
            }
        }
        found
    }

    fn violation(&self, message: String) -> SchemaViolation {
        SchemaViolation {
            pointer: String::new(),
            message,
            schema: format!("{} {}", self.method, self.path),
            place: self.place.position(),
            provenance: self.provenance,
        }
    }
}

impl Content {
    fn check(&self, sent: &str, body: &Value) -> Vec<SchemaViolation> {
        match &self.schema {
            Some(schema) if media_type::is_structured(sent) => schema.violations(body, self.provenance),
            _ => Vec::new(),
        }
    }

    fn unknown(&self, sent: &str, body: &Value) -> Vec<String> {
        match &self.schema {
            Some(schema) if media_type::is_structured(sent) => schema.unknown_fields(body),
            _ => Vec::new(),
        }
    }
}

fn listed<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<_> = items.map(|item| format!("`{item}`")).collect();
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}
