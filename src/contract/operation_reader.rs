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

/// The methods a path item can have.
const METHODS: [Method; 8] = [
    Method::GET,
    Method::PUT,
    Method::POST,
    Method::DELETE,
    Method::OPTIONS,
    Method::HEAD,
    Method::PATCH,
    Method::TRACE,
];

/// Where one operation stands.
struct Site<'a> {
    method: Method,
    path: &'a str,
    /// Pointer to the path item.
    item: &'a str,
    /// Pointer to the operation.
    pointer: String,
}

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
                let pointer = member(&item, &method.as_str().to_ascii_lowercase());
                if self.document.at(&pointer).is_none() {
                    continue;
                }
                match self.operation(Site {
                    method,
                    path,
                    item: &item,
                    pointer,
                }) {
                    Ok(operation) => operations.push(operation),
                    Err(diagnostic) => found.push(diagnostic),
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

    fn operation(&mut self, site: Site<'_>) -> Result<Operation, Diagnostic> {
        let id = self.text(&site, "operationId");
        let name = self.name(&site, id)?;
        let api = self.text(&site, "x-utlegg-api").map(str::to_owned);
        let marked = self.mark(&site.pointer).or_else(|| self.mark(site.item));
        let provenance = marked.unwrap_or_default();
        let lists = [site.item, &site.pointer].map(|owner| member(owner, "parameters"));
        let parameters = self.parameters(&lists, provenance);
        let place = self.document.place(&site.pointer);
        check_template(site.path, &parameters).map_err(|diagnostic| diagnostic.at(place.clone()))?;
        Ok(Operation {
            published_id: id.map(str::to_owned),
            request: self.request(&member(&site.pointer, "requestBody"), provenance),
            responses: self.responses(&member(&site.pointer, "responses"), provenance)?,
            api: api
                .or_else(|| self.naming.api(&name))
                .unwrap_or_else(|| "default".to_owned()),
            path: site.path.to_owned(),
            method: site.method,
            name,
            place,
            provenance,
            parameters,
        })
    }

    fn text(&self, site: &Site<'_>, key: &str) -> Option<&'a str> {
        self.document
            .at(&member(&site.pointer, key))
            .and_then(Value::as_str)
    }

    /// The document's own logical name, else the one [`Naming`] finds.
    fn name(&self, site: &Site<'_>, operation_id: Option<&str>) -> Result<String, Diagnostic> {
        let Some(name) = self.text(site, "x-utlegg-operation") else {
            return Ok(self.naming.name(&Declared {
                method: &site.method,
                path: site.path,
                operation_id,
            }));
        };
        match slip(name) {
            None => Ok(name.to_owned()),
            Some(known) => Err(Diagnostic::error(format!("unknown logical operation `{name}`"))
                .at(self.document.place(&member(&site.pointer, "x-utlegg-operation")))
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

/// Holds the parameters of a path template against the declared ones.
fn check_template(path: &str, parameters: &[Parameter]) -> Result<(), Diagnostic> {
    for segment in path.split('/').filter(|segment| segment.contains(['{', '}'])) {
        let Some(name) = parameter_of(segment) else {
            return Err(
                Diagnostic::error(format!("`{segment}` of `{path}` is a parameter only in part"))
                    .help("only whole path segments can be parameters"),
            );
        };
        let is_declared = |known: &Parameter| known.location == Location::Path && known.name == name;
        if !parameters.iter().any(is_declared) {
            let undeclared = format!("path parameter `{name}` of `{path}` is not declared");
            return Err(Diagnostic::error(undeclared).help("add it under `parameters` with `in: path`"));
        }
    }
    Ok(())
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
