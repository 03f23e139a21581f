//! Names in thresholds against the mix: what kind of thing each is, and whether there is one.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Metric, SubjectKind, Threshold};
use crate::scenario::{StepAction, Test};
use crate::source::Diagnostic;

/// What the scenarios of a mix have that a threshold can name.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<String, BTreeSet<SubjectKind>>);

impl Names {
    /// The names of a mix.
    pub fn of<'a>(tests: impl IntoIterator<Item = &'a Test>) -> Self {
        let mut names = Self::default();
        for test in tests {
            names.add(&test.scenario.id.value, SubjectKind::Scenario);
            for step in &test.steps {
                match &step.action {
                    StepAction::Call(call) => {
                        names.add(&step.id, SubjectKind::Call);
                        names.add(&call.operation.value, SubjectKind::Call);
                    }
                    StepAction::Poll(_) => names.add(&step.id, SubjectKind::Poll),
                    StepAction::Raw(_) => names.add(&step.id, SubjectKind::Call),
                }
                if let Some(measure) = &step.measure {
                    names.add(&measure.value, SubjectKind::Measure);
                }
            }
        }
        names
    }

    fn add(&mut self, name: &str, kind: SubjectKind) {
        self.0.entry(name.to_owned()).or_default().insert(kind);
    }

    /// Says of what kind the subject of a threshold is.
    ///
    /// # Errors
    /// A name that the mix does not have or has of several kinds, and one of a kind that the number cannot be asked of.
    pub fn resolve(&self, threshold: &mut Threshold) -> Result<(), Diagnostic> {
        let Some(subject) = &mut threshold.subject else {
            return Ok(());
        };
        let known = self.0.get(&subject.name);
        let kinds: Vec<SubjectKind> = known
            .into_iter()
            .flatten()
            .copied()
            .filter(|kind| subject.kind.is_none_or(|wanted| wanted == *kind))
            .collect();
        let kind = match kinds.as_slice() {
            [kind] => *kind,
            [] => {
                return Err(self
                    .unknown(&subject.name, subject.kind)
                    .at(subject.place.clone()));
            }
            several => {
                let words: Vec<_> = several
                    .iter()
                    .map(|kind| format!("`{} {}`", kind.word(), subject.name))
                    .collect();
                return Err(
                    Diagnostic::error(format!("`{}` is the name of several things", subject.name))
                        .at(subject.place.clone())
                        .help(format!("write {}", words.join(" or "))),
                );
            }
        };
        subject.kind = Some(kind);
        refused(&threshold.metric, kind).map_or(Ok(()), |message| {
            Err(Diagnostic::error(message).at(subject.place.clone()))
        })
    }

    fn unknown(&self, name: &str, kind: Option<SubjectKind>) -> Diagnostic {
        let of_kind = |(known, kinds): (&'_ String, &BTreeSet<SubjectKind>)| {
            kind.is_none_or(|kind| kinds.contains(&kind))
                .then(|| known.clone())
        };
        let known: Vec<String> = self.0.iter().filter_map(of_kind).collect();
        let what = kind.map_or("step, operation, scenario or measure", SubjectKind::noun);
        let listed = known
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let help = match known.len() {
            0 => format!("no scenario of the mix has a {what}"),
            1..=12 => format!("there are {listed}"),
            _ => "a name is the id of a step or a scenario, an operation, or what is named with `measure:`"
                .to_owned(),
        };
        Diagnostic::error(format!("the mix has no {what} `{name}`"))
            .help(help)
            .suggest(name, known.iter().map(String::as_str))
    }
}

/// Why a number cannot be asked of such a thing.
fn refused(metric: &Metric, kind: SubjectKind) -> Option<&'static str> {
    match (metric, kind) {
        (Metric::Errors, SubjectKind::Measure) => {
            Some("a measure is only there where its steps went well, so it has no errors")
        }
        (
            Metric::Code(_) | Metric::Status(_) | Metric::Requests,
            SubjectKind::Scenario | SubjectKind::Measure,
        ) => Some("answers are counted of steps and operations only"),
        _ => None,
    }
}

impl SubjectKind {
    /// The word before a name that says what kind of thing it is.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Poll => "poll",
            Self::Scenario => "scenario",
            Self::Measure => "measure",
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Call => "calling step or operation",
            Self::Poll => "polling step",
            Self::Scenario => "scenario",
            Self::Measure => "measure",
        }
    }
}
