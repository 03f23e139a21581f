//! One operation of the service, under its logical name.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::schema::Schema;
use super::{MissingParameters, Parameter, Provenance, media_type};
use crate::source::Place;

/// What a URL carries as it is: the unreserved characters of RFC 3986.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An operation: where it is called, what it takes and what it answers.
#[derive(Debug)]
pub struct Operation {
    pub(super) name: String,
    pub(super) api: String,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) published_id: Option<String>,
    pub(super) place: Place,
    pub(super) provenance: Provenance,
    pub(super) parameters: Vec<Parameter>,
    pub(super) request: Option<RequestBody>,
    pub(super) responses: Vec<Response>,
}

/// What an operation takes as body.
#[derive(Debug)]
pub(super) struct RequestBody {
    pub required: bool,
    pub content: Vec<Content>,
}

/// One declared answer.
#[derive(Debug)]
pub(super) struct Response {
    pub status: StatusKey,
    pub provenance: Provenance,
    pub content: Vec<Content>,
}

/// The key of a declared answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatusKey {
    Exact(u16),
    /// `4XX`: the first digit.
    Class(u16),
    Default,
}

/// A body in one media type.
#[derive(Debug)]
pub(super) struct Content {
    pub media_type: String,
    pub schema: Option<Arc<Schema>>,
    pub provenance: Provenance,
}

impl Operation {
    /// The logical name scenarios use, such as `submit`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which of the published APIs it belongs to; base URLs are per API.
    pub fn api(&self) -> &str {
        &self.api
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path template below the base URL, such as `/status/{eksternSaksreferanse}`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The published `operationId`, when there is one.
    pub fn operation_id(&self) -> Option<&str> {
        self.published_id.as_deref()
    }

    /// Where the contract declares it.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// How sure we are that method and path are these.
    pub fn provenance(&self) -> Provenance {
        self.provenance
    }

    /// Its parameters in path, query and headers.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The path with its parameters filled in, percent-encoded.
    ///
    /// # Errors
    /// Names every path parameter that has no value, or an empty one, which would be another path.
    pub fn fill_path(&self, values: &BTreeMap<String, String>) -> Result<String, MissingParameters> {
        let mut names = Vec::new();
        let mut path = String::with_capacity(self.path.len() + 64);
        for (position, segment) in self.path.split('/').enumerate() {
            if position > 0 {
                path.push('/');
            }
            let Some(name) = parameter_of(segment) else {
                path.push_str(segment);
                continue;
            };
            match values.get(name).filter(|value| !value.is_empty()) {
                Some(value) => path.push_str(&encode_segment(value)),
                None => names.push(name.to_owned()),
            }
        }
        if names.is_empty() {
            return Ok(path);
        }
        Err(MissingParameters {
            operation: self.name.clone(),
            template: self.path.clone(),
            names,
        })
    }

    /// The media types a request body may have.
    pub fn request_media_types(&self) -> impl Iterator<Item = &str> {
        self.request
            .iter()
            .flat_map(|body| &body.content)
            .map(|content| content.media_type.as_str())
    }

    /// Every status the contract declares by number.
    pub fn statuses(&self) -> impl Iterator<Item = u16> {
        self.responses
            .iter()
            .filter_map(|response| match response.status {
                StatusKey::Exact(status) => Some(status),
                StatusKey::Class(_) | StatusKey::Default => None,
            })
    }

    /// Every status that counts as success: the declared ones from 200 to 299, all of them where `2XX` is declared.
    pub fn success_statuses(&self) -> impl Iterator<Item = u16> {
        (200..300).filter(|status| {
            self.responses.iter().any(|response| match response.status {
                StatusKey::Exact(declared) => declared == *status,
                StatusKey::Class(class) => class == 2,
                StatusKey::Default => false,
            })
        })
    }

    /// The media types declared for the answer with this status.
    pub fn response_media_types(&self, status: u16) -> impl Iterator<Item = &str> {
        self.response(status)
            .into_iter()
            .flat_map(|response| &response.content)
            .map(|content| content.media_type.as_str())
    }

    /// How sure we are that the operation answers with this status; `None` when the contract does not declare it.
    pub fn status_provenance(&self, status: u16) -> Option<Provenance> {
        self.response(status).map(|response| response.provenance)
    }

    /// Every schema it rests on.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &Arc<Schema>> {
        let request = self.request.iter().flat_map(|body| &body.content);
        let responses = self.responses.iter().flat_map(|response| &response.content);
        let bodies = request
            .chain(responses)
            .filter_map(|content| content.schema.as_ref());
        bodies.chain(
            self.parameters
                .iter()
                .filter_map(|parameter| parameter.schema.as_ref()),
        )
    }

    /// The answer declared for a status: by number, else by class, else the default.
    pub(super) fn response(&self, status: u16) -> Option<&Response> {
        [
            StatusKey::Exact(status),
            StatusKey::Class(status / 100),
            StatusKey::Default,
        ]
        .iter()
        .find_map(|key| self.responses.iter().find(|response| response.status == *key))
    }
}

/// The content declared for a sent media type, the literal ones before those with `*`.
pub(super) fn content_for<'a>(contents: &'a [Content], sent: &str) -> Option<&'a Content> {
    let covering = || {
        contents
            .iter()
            .filter(|content| media_type::covers(&content.media_type, sent))
    };
    covering()
        .find(|content| !content.media_type.contains('*'))
        .or_else(|| covering().next())
}

/// The parameter's name when a segment of a path template is one.
pub(super) fn parameter_of(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// A value as one path segment. Dots alone would be taken for a relative path, so they are encoded too.
fn encode_segment(value: &str) -> String {
    if matches!(value, "." | "..") {
        return value.replace('.', "%2E");
    }
    percent_encoded(value)
}

/// A value as it stands in a path or a query: everything but the unreserved characters of RFC 3986 is encoded.
pub fn percent_encoded(value: &str) -> String {
    utf8_percent_encode(value, UNRESERVED).to_string()
}
