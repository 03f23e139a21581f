//! What an access token says, in the three variants of `protocols.md` §1.3.

use serde::{Deserialize, Serialize};

/// The authority under which Norwegian organisation numbers are named (ISO 6523, 0192).
pub const AUTHORITY: &str = "iso6523-actorid-upis";
const PREFIX: &str = "0192:";
/// The only type of authorisation detail the service takes.
pub const SYSTEM_USER: &str = "urn:altinn:systemuser";

/// An organisation as tokens name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganisationId {
    /// Always [`AUTHORITY`].
    pub authority: String,
    /// `0192:` and nine digits.
    #[serde(rename = "ID")]
    pub id: String,
}

impl OrganisationId {
    /// Of a plain organisation number.
    pub fn of(number: &str) -> Self {
        Self {
            authority: AUTHORITY.into(),
            id: format!("{PREFIX}{number}"),
        }
    }

    /// The plain organisation number; none where the identifier is of another kind.
    pub fn number(&self) -> Option<&str> {
        (self.authority == AUTHORITY).then(|| self.id.strip_prefix(PREFIX))?
    }
}

/// The system user in a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemUser {
    /// Always [`SYSTEM_USER`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The customer for whom the vendor's system acts.
    pub systemuser_org: OrganisationId,
    /// One identifier, in a list.
    pub systemuser_id: Vec<String>,
    /// The vendor's system, `<organisation>_<name>`.
    pub system_id: String,
}

/// The claims of an access token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who issued it.
    pub iss: String,
    /// The client that asked for it.
    pub client_id: String,
    /// How the client proved itself.
    pub client_amr: String,
    /// Whose access it is (the vendor itself where a system user acts).
    pub consumer: OrganisationId,
    /// The vendor, where the consumer delegated its access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<OrganisationId>,
    /// Where the delegation is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation_source: Option<String>,
    /// The system user, at most one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_details: Option<Vec<SystemUser>>,
    /// Space separated.
    pub scope: String,
    /// `Bearer`.
    pub token_type: String,
    /// Issued, seconds since 1970.
    pub iat: i64,
    /// Ends, seconds since 1970.
    pub exp: i64,
    /// Unique.
    pub jti: String,
}

impl AccessClaims {
    /// The organisation that counts as the submitter: the system user's where there is one, else the consumer.
    pub fn submitter(&self) -> Option<&str> {
        let system_user = self.authorization_details.iter().flatten().next();
        system_user
            .map_or(&self.consumer, |user| &user.systemuser_org)
            .number()
    }
}
