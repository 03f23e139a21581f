//! What was found in requests: the form that every format is written from.

use serde::Serialize;

use super::unjudged::Unjudged;
use crate::begjaering::Phase;
use crate::contract::{Certainty, Provenance};
use crate::report::ExitCode;
use crate::source::{Place, Position, Severity};

/// Everything that one call found.
pub(super) struct Report {
    /// The information model checked against.
    pub(super) model: String,
    /// New or change.
    pub(super) phase: Phase,
    /// The inputs, in the order they were named.
    pub(super) files: Vec<Judged>,
    /// The conditions that could not be judged.
    pub(super) unjudged: Vec<Unjudged>,
}

/// One input and what was found in it.
pub(super) struct Judged {
    /// Its name as typed.
    pub(super) name: String,
    /// Schema first, then conditions, then notes.
    pub(super) findings: Vec<Finding>,
    /// A model that this request fits better.
    pub(super) fits_better: Option<String>,
}

/// One thing found.
pub(super) struct Finding {
    /// What kind of thing.
    pub(super) kind: Kind,
    /// The code the service would answer with, or the kind's own name.
    pub(super) code: String,
    /// What is wrong in general, in English.
    pub(super) title: String,
    /// What is wrong here.
    pub(super) message: String,
    /// When the code fires, in full.
    pub(super) trigger: Option<String>,
    /// RFC 6901 into the request.
    pub(super) pointer: Option<String>,
    /// Where that is in the input.
    pub(super) place: Option<Place>,
    /// A second place that explains the first.
    pub(super) related: Option<(Place, String)>,
    /// How sure the trigger of a condition is.
    pub(super) certainty: Option<Certainty>,
    /// Where the schema's rule comes from.
    pub(super) provenance: Option<Provenance>,
    /// Where the rule stands in the contract.
    pub(super) rule: Option<Position>,
    /// The values a condition's message is made from.
    pub(super) parameters: Vec<(&'static str, String)>,
    /// What to do.
    pub(super) help: Option<String>,
}

/// The kinds of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// The input cannot be read.
    Unreadable,
    /// The input is not JSON.
    NotJson,
    /// The schema is violated.
    Schema,
    /// A condition is violated.
    Condition,
    /// A key is given twice.
    DuplicateKey,
    /// The contract does not know the field.
    UnknownField,
}

impl Kind {
    /// The name, as rules and JSON spell it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NotJson => "not-json",
            Self::Schema => "schema",
            Self::Condition => "condition",
            Self::DuplicateKey => "duplicate-key",
            Self::UnknownField => "unknown-field",
        }
    }

    /// How bad it is.
    pub(super) fn severity(self) -> Severity {
        match self {
            Self::Unreadable | Self::NotJson | Self::Schema | Self::Condition => Severity::Error,
            Self::DuplicateKey => Severity::Warning,
            Self::UnknownField => Severity::Note,
        }
    }
}

impl Finding {
    /// Without anything but its kind, general and particular words.
    pub(super) fn new(kind: Kind, title: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: kind.name().to_owned(),
            title: title.into(),
            message: message.into(),
            trigger: None,
            pointer: None,
            place: None,
            related: None,
            certainty: None,
            provenance: None,
            rule: None,
            parameters: Vec::new(),
            help: None,
        }
    }
}

impl Judged {
    /// How many findings are of this severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        let of_it = |finding: &&Finding| finding.kind.severity() == severity;
        self.findings.iter().filter(of_it).count()
    }

    /// Whether nothing is wrong, as far as that can be judged offline.
    pub(super) fn is_valid(&self) -> bool {
        self.count(Severity::Error) == 0
    }
}

impl Report {
    /// What the process ends with.
    pub(super) fn exit_code(&self) -> ExitCode {
        let findings = || self.files.iter().flat_map(|file| &file.findings);
        if findings().any(|finding| matches!(finding.kind, Kind::Unreadable | Kind::NotJson)) {
            ExitCode::Invalid
        } else if findings().any(|finding| finding.kind.severity() == Severity::Error) {
            ExitCode::DoesNotConform
        } else {
            ExitCode::Conforms
        }
    }
}
