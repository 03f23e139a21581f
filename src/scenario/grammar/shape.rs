//! The vocabulary grammars are written in.

use super::Form;

/// What may stand somewhere.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario) enum Shape {
    /// Any value, with expressions anywhere.
    Any,
    /// A scalar or a list, with expressions.
    NotAMapping,
    /// Text, with expressions.
    Text,
    /// Text, a number or a boolean, with expressions.
    Scalar,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number within bounds.
    Integer(u64, u64),
    /// A number.
    Number,
    /// Text of a certain form.
    Formed(Form),
    /// One of a few words, each with what it means.
    Choice(&'static [(&'static str, &'static str)]),
    /// A list.
    List(&'static Shape),
    /// A mapping whose keys are the user's.
    Entries(&'static Entries),
    /// A mapping with known keys.
    Mapping(&'static Mapping),
    /// A mapping whose first duty is to say what it is, by exactly one of several keys.
    Variants(&'static Variants),
    /// Whichever of these fits the kind of node.
    Either(&'static [Shape]),
}

/// A mapping with known keys.
#[derive(Debug)]
pub(in crate::scenario) struct Mapping {
    /// Its name in the JSON Schema and in messages.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
    /// What any other key holds, where others are allowed.
    pub rest: Option<&'static Entries>,
    /// What to say to somebody who wrote an unknown key.
    pub hint: Option<&'static str>,
}

/// A mapping whose keys are the user's.
#[derive(Debug)]
pub(in crate::scenario) struct Entries {
    /// What a key is, in a user's words.
    pub noun: &'static str,
    /// The form of its keys.
    pub key: KeyForm,
    /// What each holds.
    pub value: Shape,
}

/// The form of a user's key.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario) enum KeyForm {
    /// Anything.
    Free,
    /// Something with a form.
    Formed(Form),
}

/// Mappings told apart by which key they have.
#[derive(Debug)]
pub(in crate::scenario) struct Variants {
    /// What it is, in a user's words, with its article.
    pub noun: &'static str,
    /// What to say to somebody who has none of them.
    pub hint: Option<&'static str>,
    /// The key that tells, and the mapping it tells of.
    pub kinds: &'static [(&'static str, &'static Mapping)],
}

/// A key of a mapping.
#[derive(Debug)]
pub(in crate::scenario) struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
    /// An example, as JSON.
    pub example: &'static str,
}

impl Key {
    /// A key that may be left out.
    pub const fn optional(
        name: &'static str,
        shape: Shape,
        doc: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            name,
            shape,
            required: false,
            doc,
            example,
        }
    }

    /// A key that must be there.
    pub const fn required(
        name: &'static str,
        shape: Shape,
        doc: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            name,
            shape,
            required: true,
            doc,
            example,
        }
    }
}

impl Mapping {
    /// A mapping with these keys and no others.
    pub const fn new(name: &'static str, doc: &'static str, keys: &'static [Key]) -> Self {
        Self {
            name,
            doc,
            keys,
            rest: None,
            hint: None,
        }
    }

    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}
