//! Reads the operations of one document.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::Method;
use serde_json::Value;

use super::document::{Document, member};
use super::naming::{Declared, Naming, slip};
use super::operation::{Content, RequestBody, Response, StatusKey, parameter_of};
use super::schema::Schema;
use super::{Location, Operation, Parameter, Provenance};
use crate::source::{Diagnostic, Diagnostics};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Reads a document's operations, sharing one [`Schema`] between all references to the same one.
pub(super) struct Reader<'a> {
    document: &'a Arc<Document>,
    naming: &'a Naming<'a>,
    schemas: BTreeMap<String, Arc<Schema>>,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Arc<Document>, naming: &'a Naming<'a>) -> Self {
        Self {
            document,
            naming,
            schemas: BTreeMap::new(),
        }
    }

    /// All operations of the document.
    ///
    /// # Errors
    /// Diagnostics for each that cannot be understood.
    pub fn read(&mut self) -> Result<Vec<Operation>, Diagnostics> {
        let mut operations = Vec::new();
        let mut found = Diagnostics::default();
        for path in keys(self.document.at("/paths")) {
            let item = self.follow(&member("/paths", path));
            for method in METHODS {
                let pointer = member(&item, method);
                if self.document.at(&pointer).is_some() {
                    match self.operation(path, method, &item, &pointer) {
                        Ok(operation) => operations.push(operation),
                        Err(diagnostic) => found.push(diagnostic),
                    }
                }
            }
        }
        if operations.is_empty() && !found.has_errors() {
            let place = self.document.place("/paths");
            found.push(Diagnostic::error("the contract declares no operation under `paths`").at(place));
        }
        if found.has_errors() {
            Err(found)
        } else {
            Ok(operations)
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        item: &str,
        pointer: &str,
    ) -> Result<Operation, Diagnostic> {
        let text = |key: &str| self.document.at(&member(pointer, key)).and_then(Value::as_str);
        let place = self.document.place(pointer);
        let upper = method.to_ascii_uppercase();
        let declared = Declared {
            method: &upper,
            path,
            operation_id: text("operationId"),
        };
        let name = match text("x-utlegg-operation") {
            Some(name) => self.checked_name(name, pointer)?,
            None => self.naming.name(&declared),
        };
        let api = text("x-utlegg-api")
            .map(str::to_owned)
            .or_else(|| self.naming.api(&name));
        let not_a_method = |_| Diagnostic::error(format!("`{upper}` is no HTTP method")).at(place.clone());
        let method = Method::from_bytes(upper.as_bytes()).map_err(not_a_method)?;
        let provenance = self.mark(pointer).or_else(|| self.mark(item)).unwrap_or_default();
        let parameters = self.parameters(
            &[member(item, "parameters"), member(pointer, "parameters")],
            provenance,
        );
        let template = path.split('/').filter_map(parameter_of);
        if let Some(undeclared) = template.into_iter().find(|name| {
            !parameters
                .iter()
                .any(|known: &Parameter| known.location == Location::Path && known.name == *name)
        }) {
            return Err(Diagnostic::error(format!(
                "path parameter `{undeclared}` of `{path}` is not declared"
            ))
            .at(place)
            .help("add it under `parameters` with `in: path`"));
        }
        Ok(Operation {
            operation_id: declared.operation_id.map(str::to_owned),
            request: self.request(&member(pointer, "requestBody"), provenance),
            responses: self.responses(&member(pointer, "responses"), provenance)?,
            api: api.unwrap_or_else(|| "request".to_owned()),
            path: path.to_owned(),
            name,
            method,
            place,
            provenance,
            parameters,
        })
    }

    fn checked_name(&self, name: &str, pointer: &str) -> Result<String, Diagnostic> {
        match slip(name) {
            None => Ok(name.to_owned()),
            Some(known) => Err(Diagnostic::error(format!("unknown logical operation `{name}`"))
                .at(self.document.place(&member(pointer, "x-utlegg-operation")))
                .help(format!("did you mean `{known}`?"))),
        }
    }

    /// Parameters of the path item and the operation; the operation's win.
    fn parameters(&mut self, lists: &[String], inherited: Provenance) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in lists {
            let count = self
                .document
                .at(list)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                if let Some(parameter) = self.parameter(&format!("{list}/{index}"), inherited) {
                    parameters
                        .retain(|known| known.location != parameter.location || known.name != parameter.name);
                    parameters.push(parameter);
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, site: &str, inherited: Provenance) -> Option<Parameter> {
        let pointer = self.follow(site);
        let value = self.document.at(&pointer)?;
        let location = match value.get("in")?.as_str()? {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            _ => return None,
        };
        let required = location == Location::Path || value.get("required") == Some(&Value::Bool(true));
        let name = value.get("name")?.as_str()?.to_owned();
        let provenance = self
            .mark(&pointer)
            .or_else(|| self.mark(site))
            .unwrap_or(inherited);
        Some(Parameter {
            name,
            location,
            required,
            provenance,
            schema: self.schema(&member(&pointer, "schema")),
        })
    }

    fn request(&mut self, site: &str, inherited: Provenance) -> Option<RequestBody> {
        let pointer = self.follow(site);
        let body = self.document.at(&pointer)?;
        let required = body.get("required") == Some(&Value::Bool(true));
        let inherited = self
            .mark(&pointer)
            .or_else(|| self.mark(site))
            .unwrap_or(inherited);
        Some(RequestBody {
            required,
            content: self.content(&member(&pointer, "content"), inherited),
        })
    }

    fn responses(&mut self, list: &str, inherited: Provenance) -> Result<Vec<Response>, Diagnostic> {
        let mut responses = Vec::new();
        for key in keys(self.document.at(list)).filter(|key| !key.starts_with("x-")) {
            let site = member(list, key);
            let status = status_key(key).ok_or_else(|| {
                Diagnostic::error(format!("`{key}` is no HTTP status"))
                    .at(self.document.place(&site))
                    .help("responses are keyed by `200`, `2XX` or `default`")
            })?;
            let pointer = self.follow(&site);
            let provenance = self
                .mark(&site)
                .or_else(|| self.mark(&pointer))
                .unwrap_or(inherited);
            let content = self.content(&member(&pointer, "content"), provenance);
            responses.push(Response {
                status,
                provenance,
                content,
            });
        }
        Ok(responses)
    }

    fn content(&mut self, list: &str, inherited: Provenance) -> Vec<Content> {
        let media_types: Vec<&str> = keys(self.document.at(list)).collect();
        media_types
            .into_iter()
            .map(|media_type| {
                let site = member(list, media_type);
                let schema = self.schema(&member(&site, "schema"));
                let marked = schema.as_ref().and_then(|schema| self.mark(schema.pointer()));
                let provenance = marked.or_else(|| self.mark(&site)).unwrap_or(inherited);
                Content {
                    media_type: media_type.to_owned(),
                    schema,
                    provenance,
                }
            })
            .collect()
    }

    fn schema(&mut self, site: &str) -> Option<Arc<Schema>> {
        let pointer = self.document.resolve(site)?;
        let schema = self.schemas.entry(pointer.clone());
        Some(Arc::clone(
            schema.or_insert_with(|| Arc::new(Schema::new(self.document, pointer))),
        ))
    }

    fn mark(&self, pointer: &str) -> Option<Provenance> {
        self.document.provenance(pointer)
    }

    /// The pointer behind a reference. References were checked when the document was read.
    fn follow(&self, pointer: &str) -> String {
        self.document
            .resolve(pointer)
            .unwrap_or_else(|| pointer.to_owned())
    }
}

fn keys(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|object| object.keys().map(String::as_str))
}

fn status_key(key: &str) -> Option<StatusKey> {
    if key == "default" {
        return Some(StatusKey::Default);
    }
    match key.as_bytes() {
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(StatusKey::Class(u16::from(class - b'0'))),
        _ => key
            .parse()
            .ok()
            .filter(|status| (100..600).contains(status))
            .map(StatusKey::Exact),
    }
}
