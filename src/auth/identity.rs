//! The identities that a scenario names with `as:`.

/// Names that every environment knows without settings: no token at all, and three broken ones.
pub const BUILT_IN: [&str; 4] = ["none", "expired", "wrong-scope", "wrong-signature"];

/// Who a step acts as, and so which token it carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Identity {
    /// No `Authorization` header.
    Anonymous,
    /// The client's own organisation.
    Own,
    /// A customer, through a system user.
    SystemUser {
        /// The customer's organisation number.
        organisation: String,
        /// The `externalRef` the system user was created with.
        external_ref: Option<String>,
    },
    /// A customer, through Altinn delegation.
    Delegated {
        /// The customer's organisation number.
        organisation: String,
    },
    /// A token that must be refused.
    Forged(Forgery),
}

/// What is wrong with a token that must be refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Forgery {
    /// It has expired.
    Expired,
    /// It is for another scope.
    WrongScope,
    /// Its signature belongs to another text.
    WrongSignature,
}

impl Identity {
    /// The built-in identity of that name.
    pub fn built_in(name: &str) -> Option<Self> {
        Some(match name {
            "none" => Self::Anonymous,
            "expired" => Self::Forged(Forgery::Expired),
            "wrong-scope" => Self::Forged(Forgery::WrongScope),
            "wrong-signature" => Self::Forged(Forgery::WrongSignature),
            _ => return None,
        })
    }
}

impl Forgery {
    /// The name that a stand-in server issues such a token by, and that scenarios use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::WrongScope => "wrong-scope",
            Self::WrongSignature => "wrong-signature",
        }
    }
}
