//! What a schema says of structure alone: fields, items, types, and their names in XML. For formats that have no types
//! of their own.

use serde_json::Value;

use super::Operation;
use super::operation::{Content, content_for};
use super::unknown_fields::{flattened, itself};

/// How a value is written in XML, by the `xml:` of its schema (OpenAPI 3, XML Object).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct XmlHint<'a> {
    /// The element's or the attribute's name, where it is not the field's.
    pub name: Option<&'a str>,
    /// The namespace that the element declares.
    pub namespace: Option<&'a str>,
    /// The prefix of its name.
    pub prefix: Option<&'a str>,
    /// Whether it is an attribute of the element around it.
    pub attribute: bool,
    /// Of a list: whether an element of its own stands around its items.
    pub wrapped: bool,
}

/// The structure at one place of a body. An empty one knows nothing.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    root: &'a Value,
    schemas: Vec<&'a Value>,
    /// Of those, the ones that hold whatever alternative a value takes; what was written last comes first.
    certain: Vec<&'a Value>,
}

impl<'a> Shape<'a> {
    /// The structure a schema describes, together with everything it combines or refers to.
    pub(super) fn of(root: &'a Value, schema: &'a Value) -> Self {
        let schemas = flattened(root, schema);
        let certain = itself(root, schema);
        Self {
            root,
            schemas,
            certain,
        }
    }

    fn below(&self, schemas: impl Iterator<Item = &'a Value>) -> Self {
        let root = self.root;
        let mut below = Self {
            root,
            schemas: Vec::new(),
            certain: Vec::new(),
        };
        for schema in schemas {
            below.schemas.extend(flattened(root, schema));
            below.certain.extend(itself(root, schema));
        }
        below
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.schemas.is_empty()
    }

    /// The structure of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.below(
            self.schemas
                .iter()
                .filter_map(|schema| schema.get("properties")?.get(name)),
        )
    }

    /// The names of all fields, each once.
    pub fn names(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        let fields = self
            .schemas
            .iter()
            .filter_map(|schema| schema.get("properties")?.as_object());
        for name in fields.flat_map(serde_json::Map::keys) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// How it is written in XML; of two that say so, the one that is nearest counts.
    pub fn xml(&self) -> XmlHint<'a> {
        let said: Vec<&Value> = self
            .certain
            .iter()
            .filter_map(|schema| schema.get("xml"))
            .collect();
        let text = |key: &str| said.iter().find_map(|xml| xml.get(key)?.as_str());
        let flag = |key: &str| {
            said.iter()
                .find_map(|xml| xml.get(key)?.as_bool())
                .unwrap_or(false)
        };
        XmlHint {
            name: text("name"),
            namespace: text("namespace"),
            prefix: text("prefix"),
            attribute: flag("attribute"),
            wrapped: flag("wrapped"),
        }
    }

    /// The structure of a list's items.
    #[must_use]
    pub fn items(&self) -> Self {
        self.below(self.schemas.iter().filter_map(|schema| schema.get("items")))
    }

    /// Whether values may be of this JSON Schema type, by what is said aloud.
    pub fn may_be(&self, kind: &str) -> bool {
        self.schemas.iter().any(|schema| match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
            Some(one) => one == kind,
            None => false,
        })
    }
}

impl Operation {
    /// The structure of a request body of this media type; nothing where the contract declares none.
    pub fn request_shape(&self, media_type: &str) -> Option<Shape<'_>> {
        shape_in(&self.request.as_ref()?.content, media_type)
    }

    /// The structure of an answer's body of this status and media type; nothing where the contract declares none.
    pub fn response_shape(&self, status: u16, media_type: &str) -> Option<Shape<'_>> {
        shape_in(&self.response(status)?.content, media_type)
    }
}

fn shape_in<'a>(contents: &'a [Content], media_type: &str) -> Option<Shape<'a>> {
    content_for(contents, media_type)?.schema.as_ref()?.shape()
}

#[cfg(test)]
mod tests {
    use crate::contract::Contract;

    #[test]
    fn the_structure_of_a_request_is_found_through_references_and_combinations() {
        let contract = Contract::builtin("v2").unwrap();
        let shape = contract
            .operation("submit")
            .unwrap()
            .request_shape("application/xml")
            .unwrap();
        let claims = shape.field("kravTilInnkreving");
        assert!(claims.may_be("array") && !claims.may_be("object"));
        let amount = claims.items().field("gjenstaaendeBeloep").field("beloep");
        assert!(amount.may_be("number"));
        assert!(!shape.field("finnes").field("ikke").items().may_be("string"));
    }
}
