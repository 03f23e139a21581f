//! The error answers of the token endpoint, numbered as Digdir numbers them.

use serde_json::{Value, json};

/// Why a grant was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {description}")]
pub struct GrantError {
    /// The OAuth 2 error name.
    pub error: &'static str,
    /// The number, `MP-nnn`, where one is documented.
    pub number: Option<&'static str>,
    /// What was wrong, in English as Maskinporten writes.
    pub description: String,
    /// Whether it is about access, which older versions answered with 403.
    pub forbidden: bool,
}

impl GrantError {
    fn new(error: &'static str, number: &'static str, description: impl Into<String>) -> Self {
        Self {
            error,
            number: Some(number),
            description: description.into(),
            forbidden: false,
        }
    }

    /// MP-011, and also what has no number: a malformed or unexpected parameter.
    pub fn invalid_assertion(detail: &str) -> Self {
        Self::new(
            "invalid_request",
            "MP-011",
            format!("Invalid assertion. {detail}"),
        )
    }

    /// MP-012: the grant was used before.
    pub fn replay() -> Self {
        Self::new(
            "invalid_grant",
            "MP-012",
            "Invalid assertion. Grant is used before",
        )
    }

    /// MP-1xx: the client could not be authenticated.
    pub fn authentication(number: &'static str, detail: &str) -> Self {
        Self::new(
            "invalid_grant",
            number,
            format!("Invalid assertion. Client authentication failed. {detail}"),
        )
    }

    /// MP-200: the client does not have the scope.
    pub fn scope(scope: &str) -> Self {
        let text = format!("Token request contains invalid scopes for client, {scope}");
        Self::new("invalid_scope", "MP-200", text)
    }

    /// MP-251: nobody delegated the access.
    pub fn not_delegated(consumer: &str, scope: &str, supplier: &str) -> Self {
        let text = format!(
            "Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}"
        );
        Self {
            forbidden: true,
            ..Self::new("invalid_scope", "MP-251", text)
        }
    }

    /// MP-301, MP-302: authorisation details of an unknown type or with unknown fields.
    pub fn details(number: &'static str, detail: &str) -> Self {
        Self::new(
            "invalid_request",
            number,
            format!("Invalid authorization_details. {detail}"),
        )
    }

    /// MP-303: the system user does not fit.
    pub fn system_user(detail: &str) -> Self {
        Self::new("invalid_altinn_customer_configuration", "MP-303", detail)
    }

    /// `consumer_org` names the client's own organisation: documented without a number.
    pub fn own_consumer() -> Self {
        let text = "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope \
                    on client is invalid";
        Self {
            error: "invalid_request",
            number: None,
            description: text.into(),
            forbidden: false,
        }
    }

    /// Another grant type than the JWT grant (RFC 6749 §5.2).
    pub fn grant_type(found: &str) -> Self {
        let description = format!("Unsupported grant_type: {found}");
        Self {
            error: "unsupported_grant_type",
            number: None,
            description,
            forbidden: false,
        }
    }

    /// The answer's body.
    pub fn body(&self, issuer: &str) -> Value {
        let trace = uuid::Uuid::new_v4().simple();
        let mut body = json!({
            "error": self.error,
            "error_description": format!("{} (trace_id: {trace})", self.description),
        });
        if let Some(number) = self.number {
            body["error_uri"] = json!(format!("{issuer}errors/{number}"));
        }
        body
    }
}
