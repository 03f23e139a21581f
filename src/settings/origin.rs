//! A value and where it came from.

use std::fmt;

use crate::source::Position;

/// Where a setting's value came from, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A command-line flag, by its name.
    Flag(&'static str),
    /// An environment variable, by its name.
    Variable(String),
    /// A line of the settings file.
    File(Position),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) => write!(f, "flag {name}"),
            Self::Variable(name) => write!(f, "variable {name}"),
            Self::File(position) => position.fmt(f),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// A default.
    pub fn default_value(value: T) -> Self {
        Self {
            value,
            origin: Origin::Default,
        }
    }

    /// This setting, unless a flag was given.
    #[must_use]
    pub fn or_flag(self, name: &'static str, flag: Option<T>) -> Self {
        match flag {
            Some(value) => Self {
                value,
                origin: Origin::Flag(name),
            },
            None => self,
        }
    }
}
