//! What a schema says of structure alone: fields, items, types. For readers of formats that have no types of their
//! own, such as XML.

use serde_json::Value;

use super::Operation;
use super::operation::content_for;
use super::unknown_fields::flattened;

/// The structure at one place of a body. An empty one knows nothing.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    root: &'a Value,
    schemas: Vec<&'a Value>,
}

impl<'a> Shape<'a> {
    /// The structure a schema describes, together with everything it combines or refers to.
    pub(super) fn of(root: &'a Value, schema: &'a Value) -> Self {
        let schemas = flattened(root, schema);
        Self { root, schemas }
    }

    fn below(&self, schemas: impl Iterator<Item = &'a Value>) -> Self {
        let root = self.root;
        let schemas = schemas.flat_map(|schema| flattened(root, schema)).collect();
        Self { root, schemas }
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
        let content = content_for(&self.request.as_ref()?.content, media_type)?;
        content.schema.as_ref()?.shape()
    }
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
